"""The witness of a walk: notes every breach of the content policy, every page error and every foreign request."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  window.noteBreach(`${event.violatedDirective} ${event.blockedURI || event.sample} ${event.sourceFile || ""}`);
});
"""
LOCAL = {"data", "blob", "about"}


class Witness:
    """Watches all pages of a context. `faults` are sentences; `testify` fails the test when there is one."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.expose_binding("noteBreach", lambda _source, words: self.faults.append(f"policy: {words}"))
        context.add_init_script(LISTEN)
        context.on("page", self.watch)
        context.on("request", self.see_request)
        context.on("response", self.see_response)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("console", self.hear)

    def hear(self, line: ConsoleMessage) -> None:
        # Without scripts there is no event; then the console alone tells of a breach.
        if line.type in {"error", "warning"} and "Content Security Policy" in line.text:
            self.faults.append(f"policy: {line.text}")

    def see_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme not in LOCAL and host != "localhost" and not host.endswith(".localhost"):
            self.faults.append(f"foreign request: {request.url}")

    def see_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type in {"stylesheet", "script", "image", "font"}:
            self.faults.append(f"missing: {response.url}")

    def testify(self) -> None:
        found, self.faults = self.faults, []
        assert found == [], found

"""Driving the shipped worker from a test: each call goes through `client.js`, and nothing else of the page is used."""

from playwright.sync_api import Page

START = """async ({base, hostIsLoopback, name}) => {
    globalThis[name] = new sealing.client.SealingClient("/static/sealing/worker.js");
    await globalThis[name].call("start", {base, csrf: "token", hostIsLoopback});
}"""

CALL = """async ({operation, options, files, name}) => {
    for (const [key, {parts, filename, type}] of Object.entries(files)) {
        const pieces = parts.flatMap(([text, times]) => Array(times).fill(sealing.octets.fromB64(text)));
        options[key] = new File(pieces, filename, {type});
    }
    try {
        const result = await globalThis[name].call(operation, options);
        if (result?.blob) result.octets = sealing.octets.b64(new Uint8Array(await result.blob.arrayBuffer()));
        return {result: result ?? null};
    } catch (error) {
        if (!(error instanceof sealing.client.SealingFault)) throw error;
        return {fault: [error.code, error.detail, error.status, error.position], message: error.message};
    }
}"""


class Fault(Exception):  # noqa: N818  # the name that the worker and the pages have for it
    """The worker refused: code, detail, status, position."""

    def __init__(self, told: list, message: str) -> None:
        super().__init__(f"{told}: {message}")
        self.code, self.detail, self.status, self.position = told


class Worker:
    """One worker of one page."""

    made = 0

    def __init__(self, page: Page, *, base: str = "/en/aid/sealed/", host_is_loopback: bool = False) -> None:
        Worker.made += 1
        self.page = page
        self.name = f"worker{Worker.made}"
        page.evaluate(START, {"base": base, "hostIsLoopback": host_is_loopback, "name": self.name})

    def __call__(self, operation: str, options: dict | None = None, files: dict | None = None) -> object:
        asked = {"operation": operation, "options": options or {}, "files": files or {}, "name": self.name}
        answer = self.page.evaluate(CALL, asked)
        if "fault" in answer:
            raise Fault(answer["fault"], answer["message"])
        return answer["result"]

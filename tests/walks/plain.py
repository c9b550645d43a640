"""A visitor with plain HTTP: follows links and sends forms as the HTML says, and keeps cookies by hand.

A cookie jar would refuse `__Host-` cookies on http://localhost, though a browser takes them there; and by hand each
cookie can be held against what its prefix promises (RFC 6265bis, section 4.1.3).
"""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

import requests

from tests.walks.forms import Document, Form

FILE = tuple[str, bytes, str]


@dataclass
class PlainPage:
    """An answer: status, headers, and what its HTML offers."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes
    document: Document = field(init=False)

    def __post_init__(self) -> None:
        html = self.headers.get("content-type", "").startswith("text/html")
        self.document = Document(self.body.decode() if html else "")

    @property
    def text(self) -> str:
        return self.document.text

    def form(self, containing: str = "") -> Form:
        """The first form whose action or field names contain a word."""
        return next(form for form in self.document.forms if containing in form.action or containing in form.names)

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        return next(href for label, href in self.document.links if words in label)


class PlainVisitor:
    """Keeps `page`, the last answer, and `cookies`."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.cookies: dict[str, str] = {}
        self.headers = {"User-Agent": "plain visitor", "Accept-Language": "fr", "Accept": "text/html"}
        self.page: PlainPage | None = None

    def visit(self, address: str, *, status: int = 200) -> PlainPage:
        """Opens a path, following redirects within the site."""
        return self._expect(self._send("GET", urljoin(self.origin, address)), status)

    def follow(self, words: str) -> PlainPage:
        """Follows the link with these words."""
        return self.visit(urljoin(self.page.address, self.page.link(words)))

    def submit(
        self,
        form: Form,
        values: dict[str, str | list[str]] | None = None,
        *,
        button: tuple[str, str] | None = None,
        files: dict[str, FILE | list[FILE]] | None = None,
        status: int = 200,
    ) -> PlainPage:
        """Sends a form with its own values, changed by `values`; `button` is the name and value of the pressed one."""
        pairs = form.filled(values or {}, button)
        target = urljoin(self.page.address, form.action)
        if form.method == "get":
            return self._expect(self._send("GET", target, params=pairs), status)
        headers = {"Origin": self.origin, "Referer": self.page.address}
        if form.multipart:
            # Fields first, then files, each in the order of the page: a server that seals while reading relies on it.
            parts = [(name, (None, value)) for name, value in pairs]
            for name, given in (files or {}).items():
                parts += [(name, file) for file in (given if isinstance(given, list) else [given])]
            return self._expect(self._send("POST", target, files=parts, headers=headers), status)
        return self._expect(self._send("POST", target, data=pairs, headers=headers), status)

    def _expect(self, page: PlainPage, status: int) -> PlainPage:
        assert page.status == status, f"{page.address}: {page.status}, {page.text[:200]}"
        return page

    def _send(self, method: str, address: str, **options: object) -> PlainPage:
        for _hop in range(6):
            assert urlsplit(address).netloc == urlsplit(self.origin).netloc, f"led away to {address}"
            headers = {**self.headers, **options.pop("headers", {})}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            answer = requests.request(method, address, headers=headers, allow_redirects=False, timeout=60, **options)
            self._keep(answer)
            lowered = {name.lower(): value for name, value in answer.headers.items()}
            self.page = PlainPage(address, answer.status_code, lowered, answer.content)
            if answer.status_code not in {301, 302, 303, 307, 308}:
                return self.page
            assert answer.status_code not in {307, 308}, "a form would be sent twice"
            address, method, options = urljoin(address, answer.headers["Location"]), "GET", {}
        raise AssertionError(f"too many redirects at {address}")

    def _keep(self, answer: requests.Response) -> None:
        for line in answer.raw.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                if name.startswith("__Host-"):
                    assert morsel["secure"], line
                    assert morsel["path"] == "/", line
                    assert not morsel["domain"], line
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value

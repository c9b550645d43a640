"""A visitor without scripts: reads forms out of pages with the standard parser, fills them in and sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


class Page(HTMLParser):
    """The forms of a page with their fields, its words of a receipt, where its links lead, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._textarea = self._select = None
        self._in_words = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        value = given.get("value", "on" if given.get("type") == "checkbox" else "")
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": {}})
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "ol" and given.get("class") == "words":
            self._in_words = True
        fields = self.forms[-1]["fields"] if self.forms else {}
        if tag == "input" and name and given.get("type") not in {"file", "submit"}:
            if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                fields.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._textarea = name
            fields[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            fields[self._select] = [value]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None
        elif tag == "ol":
            self._in_words = False

    def handle_data(self, data):
        self.text += data
        if self._textarea:
            self.forms[-1]["fields"][self._textarea][0] += data
        if self._in_words and data.strip():
            self.words.append(data.strip())

    @property
    def errors(self) -> list[str]:
        """The lines of the summary above a form."""
        return [line for line in self.text.splitlines() if line.strip()][:30]

    def form(self, action_end: str) -> dict:
        return next(form for form in self.forms if form["action"].endswith(action_end))


@dataclass
class Visitor:
    """A browser with scripts switched off, on the address https://testserver."""

    language: str = "en"
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    page: Page | None = None
    status: int = 0

    def go(self, path: str) -> Page:
        return self._took(self.client.get(f"/{self.language}/aid/{path}", secure=True, follow=True))

    def send(self, action_end: str, files: tuple = (), **typed) -> Page:
        """Fill in a form of the page as a browser would and press the button named in `typed`."""
        form = self.page.form(action_end)
        data = {
            **form["fields"],
            **{name: value if isinstance(value, list) else [value] for name, value in typed.items()},
        }
        data["files"] = [SimpleUploadedFile(name, content, kind) for name, content, kind in files]
        if not files:
            del data["files"]
        for name in [name for name, value in data.items() if value == [None]]:
            del data[name]
        self.data = data
        answer = self.client.post(
            form["action"], data, secure=True, follow=True, headers={"Referer": "https://testserver/"}
        )
        return self._took(answer)

    def again(self, action_end: str) -> Page:
        """The second click of a double click: the very same form once more."""
        answer = self.client.post(
            self._action(action_end), self.data, secure=True, follow=True, headers={"Referer": "https://testserver/"}
        )
        return self._took(answer)

    def _action(self, action_end: str) -> str:
        return {"plain/": f"/{self.language}/aid/request/plain/"}.get(action_end, action_end)

    def open_case(self, text: str = "They took my phone.", files: tuple = (), **typed) -> list[str]:
        """Through the three screens to the receipt; returns its words."""
        self.go("request/plain/")
        self.send("request/plain/", files, story=text, go="contact", **typed)
        self.send("request/plain/", go="check")
        self.send("request/plain/", go="send")
        assert len(self.page.words) == 8, self.page.errors
        return self.page.words

    def confirm(self, words: list[str]) -> Page:
        from legal_aid.domain.plain_receipt import asked_places

        first, second = asked_places(self.page.form("receipt/")["fields"]["form"][0])
        return self.send("receipt/", first=words[first - 1], second=words[second - 1])

    def come_back(self, words: list[str]) -> Page:
        self.go("return/plain/")
        return self.send("return/plain/", words=" ".join(words))

    def _took(self, answer) -> Page:
        self.status, self.answer = answer.status_code, answer
        self.page = Page(answer.content.decode()) if not answer.streaming else None
        return self.page

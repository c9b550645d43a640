"""What an HTML page offers a visitor without scripts: its text, links and forms, read with the standard library."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str | None]


@dataclass
class Form:
    """A form as a browser would send it. `pairs` are the values that are set, in the order of the page."""

    action: str
    method: str
    multipart: bool
    pairs: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def filled(self, values: dict[str, str | list[str]], button: tuple[str, str] | None) -> list[tuple[str, str]]:
        """All pairs, with `values` in place of the form's own. Raises AssertionError for a field that is not there."""
        assert set(values) <= self.names, f"no field {sorted(set(values) - self.names)} among {sorted(self.names)}"
        pairs = [(name, value) for name, value in self.pairs if name not in values]
        for name, given in values.items():
            pairs += [(name, value) for value in (given if isinstance(given, list) else [given])]
        if button is not None:
            assert button in self.buttons, f"no button {button} among {self.buttons}"
            pairs.append(button)
        return pairs


class Document(HTMLParser):
    """`text` without markup, `links` as (words, address), `forms`, `title`, `headings` of the first level."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self.title = ""
        self.words: list[str] = []
        self._link: tuple[str, int] | None = None
        self._heading: int | None = None
        self._title: int | None = None
        self._area: tuple[str, int] | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        opener = getattr(self, f"open_{tag}", None)
        if opener:
            opener(given)

    def handle_endtag(self, tag: str) -> None:
        closer = getattr(self, f"close_{tag}", None)
        if closer:
            closer()

    def open_form(self, given: Attributes) -> None:
        multipart = given.get("enctype") == "multipart/form-data"
        self.forms.append(Form(given.get("action") or "", (given.get("method") or "get").lower(), multipart))

    def open_input(self, given: Attributes) -> None:
        name, kind = given.get("name"), (given.get("type") or "text").lower()
        if not self.forms or not name or "disabled" in given:
            return
        form = self.forms[-1]
        value = given.get("value")
        if kind == "submit":
            form.buttons.append((name, value or ""))
            return
        form.names.add(name)
        if kind in {"checkbox", "radio"}:
            if "checked" in given:
                form.pairs.append((name, value if value is not None else "on"))
        elif kind not in {"file", "button", "reset", "image"}:
            form.pairs.append((name, value or ""))

    def open_button(self, given: Attributes) -> None:
        if self.forms and given.get("name") and (given.get("type") or "submit") == "submit":
            self.forms[-1].buttons.append((given["name"] or "", given.get("value") or ""))

    def open_textarea(self, given: Attributes) -> None:
        if given.get("name"):
            self._area = (given["name"] or "", len(self.words))

    def close_textarea(self) -> None:
        if self._area and self.forms:
            name, start = self._area
            self.forms[-1].names.add(name)
            self.forms[-1].pairs.append((name, "".join(self.words[start:]).removeprefix("\n")))
        self._area = None

    def open_select(self, given: Attributes) -> None:
        if given.get("name"):
            self._select = (given["name"] or "", [])

    def open_option(self, given: Attributes) -> None:
        if self._select:
            self._select[1].append((given.get("value") or "", "selected" in given))

    def close_select(self) -> None:
        if self._select and self.forms:
            name, options = self._select
            chosen = [value for value, selected in options if selected] or [value for value, _ in options[:1]]
            self.forms[-1].names.add(name)
            self.forms[-1].pairs += [(name, value) for value in chosen]
        self._select = None

    def open_a(self, given: Attributes) -> None:
        if given.get("href"):
            self._link = (given["href"] or "", len(self.words))

    def close_a(self) -> None:
        if self._link:
            href, start = self._link
            self.links.append((" ".join("".join(self.words[start:]).split()), href))
        self._link = None

    def open_h1(self, given: Attributes) -> None:
        self._heading = len(self.words)

    def close_h1(self) -> None:
        if self._heading is not None:
            self.headings.append(" ".join("".join(self.words[self._heading :]).split()))
        self._heading = None

    def open_title(self, given: Attributes) -> None:
        self._title = len(self.words)

    def close_title(self) -> None:
        if self._title is not None:
            self.title = "".join(self.words[self._title :]).strip()
        self._title = None

"""Languages: which are offered at which door, how an address is said in another one, and which one a visitor reads."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from hrdplatform.web.doors import Door

NAMES = {
    "fr": "Français",
    "de": "Deutsch",
    "lb": "Lëtzebuergesch",
    "en": "English",
    "pt": "Português",
    "ar": "العربية",
}
DEFAULT = "fr"
PUBLIC = ("fr", "de", "lb", "en")
AID = (*PUBLIC, "pt", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True)
class Choice:
    """One line of the language menu; `href` is empty where the address carries no language."""

    code: str
    name: str
    href: str
    current: bool

    @property
    def direction(self) -> str:
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"


def offered(door: Door | str) -> tuple[str, ...]:
    """The languages that are complete at a door."""
    return AID if door == Door.AID else PUBLIC


def preferred(request: HttpRequest, among: tuple[str, ...]) -> str:
    """The first offered language of the Accept-Language header, else French. Reads no cookie."""
    for code, _weight in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:500].lower()):
        short = code.split("-")[0]
        if short in among:
            return short
    return DEFAULT


def spoken(request: HttpRequest) -> str:
    """The language of an answer: the address's, else the chosen one of the account pages, else the browser's."""
    return translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)


def with_fallback(translations: list[dict[str, str]]) -> list[dict[str, str]]:
    """The translations of a page for search engines, and the one for readers of any other language (`x-default`).

    Each has a `language` and a `full` address. The first pages fall back on the address that asks the browser.
    """
    spare = next((known["full"] for known in translations if known["language"] == DEFAULT), "")
    if not spare:
        return translations
    first = f"/{DEFAULT}/"
    start = spare.endswith(first) and spare.count("/") == 4
    return [*translations, {"language": "x-default", "full": spare.removesuffix(first) + "/" if start else spare}]


def choices(request: HttpRequest) -> list[Choice]:
    """The language menu for this address; the language that is read stands in it also where it is not offered.

    A view whose other languages have other addresses puts them in `request.alternates` (code -> path).
    """
    door = getattr(request, "door", Door.PUBLIC)
    alternates: dict[str, str] = getattr(request, "alternates", {})
    here = translation.get_language_from_path(request.path_info)
    current = here or translation.get_language() or DEFAULT
    listed = offered(door)
    if current in NAMES and current not in listed:
        listed = (*listed, current)
    tail = request.path_info[len(here) + 1 :] if here else ""
    return [
        Choice(code, NAMES[code], alternates.get(code) or (f"/{code}{tail}" if here else ""), code == current)
        for code in listed
    ]

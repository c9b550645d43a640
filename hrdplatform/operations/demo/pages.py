"""Demo pages: a short front hall in four languages, written in `pages/<language>.toml`, published as editors do.

A way in from a home page leads to one of these, or to a page that `NAMED` knows.
"""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from cms.domain.trees import HOME_KEY, LANGUAGES, LEARN_KEY
from cms.models import FooterLink, HomePage, StandardPage
from hrdplatform.operations.demo.leaflets import key_of

FOLDER = Path(__file__).with_name("pages")
NAMED = {"learn": LEARN_KEY, "which-channel": key_of("which-channel")}


@dataclass(frozen=True)
class Written:
    """A page as the file has it. `key` is the same in all languages, which makes them translations of each other."""

    key: str
    slug: str
    title: str
    lead: str
    body: list[dict[str, Any]]
    menu: bool = False
    foot: bool = False

    @property
    def translation_key(self) -> uuid.UUID:
        """What the translations of this page share."""
        return uuid.uuid5(HOME_KEY, self.key)


def read(language: str) -> list[Written]:
    """The pages of one language, in their order."""
    return [Written(**row) for row in _file(language)["page"]]


def lay(written: Written, language: str) -> None:
    """Publish one page below the home page of its language, unless there is one."""
    home = _home(language)
    standing = StandardPage.objects.filter(translation_key=written.translation_key, locale=home.locale)
    if standing.exists() or home.get_children().filter(slug=written.slug).exists():
        return
    page = StandardPage(
        title=written.title,
        slug=written.slug,
        lead=written.lead,
        locale=home.locale,
        translation_key=written.translation_key,
        show_in_menus=written.menu,
        body=[_block(row) for row in written.body],
    )
    home.add_child(instance=page)
    page.save_revision().publish()


def lay_home(language: str) -> None:
    """Give the home page its ways in, and the French one the links at the foot; a page that has some keeps them."""
    home = _home(language)
    if not home.ways:
        keys = NAMED | {written.key: written.translation_key for written in read(language)}
        ways = [(row, _page(keys[row["page"]], home)) for row in _file(language)["way"]]
        home.ways = [("way", {**row, "page": page}) for row, page in ways if page is not None]
    if language == LANGUAGES[0] and not home.footer_links.exists():
        foot = [_page(written.translation_key, home) for written in read(language) if written.foot]
        home.footer_links = [FooterLink(page=page, sort_order=place) for place, page in enumerate(foot) if page]
    home.save_revision().publish()


def _page(key: uuid.UUID, home: HomePage) -> Page | None:
    found: Page | None = Page.objects.filter(locale=home.locale, translation_key=key).first()
    return found


def _home(language: str) -> HomePage:
    locale = Locale.objects.get(language_code=language)
    home: HomePage = HomePage.objects.get(translation_key=HOME_KEY, locale=locale)
    return home


def _file(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _block(row: dict[str, Any]) -> tuple[str, Any]:
    """A block of the file as the page takes it: rich texts are wrapped, everything else is plain."""
    kind = row["type"]
    if kind == "text":
        return kind, RichText(row["text"])
    if kind == "callout":
        return kind, {"tone": row["tone"], "text": RichText(row["text"])}
    items = [{"title": one["title"], "text": RichText(one["text"])} for one in row["items"]]
    return kind, {"steps" if kind == "steps" else "items": items}


__all__ = ["LANGUAGES", "Written", "lay", "lay_home", "read"]

"""Pages of the library that no folder carries: trainings, news, and the guide to channels."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.blocks import TEXT
from cms.domain.sections import sections_of
from cms.domain.trees import HOME_KEY, LEARN_KEY
from cms.folders.errors import Ledger, Place
from cms.folders.markdown import Fence, Reader
from cms.folders.richtext import to_html
from cms.models import ChannelsPage, HomePage, NewsPage, Topic, TrainingPage
from hrdplatform.organisations.models import Organisation

SATURDAY: Final = 5
SHARED: Final = ("title", "slug", "lead")
LEARNING: Final = ("audience", "level")
TRAINING: Final = ("place", "online", "spoken", "registration")


@dataclass(frozen=True)
class Written:
    """A page as its file has it: the fields in front, the Markdown below, and whose it is."""

    name: str
    language: str
    fields: dict[str, Any] = field(repr=False)
    body: str = field(repr=False)
    owner: Organisation | None = None

    @property
    def key(self) -> uuid.UUID:
        """What the translations of this page share."""
        return key_of(self.name)

    def values(self, *names: str) -> dict[str, Any]:
        """Those of the fields that are written."""
        return {name: self.fields[name] for name in names if name in self.fields}


def key_of(name: str) -> uuid.UUID:
    """The key of the pages of this name in all languages."""
    return uuid.uuid5(LEARN_KEY, f"demo:{name}")


def lay_training(written: Written, *, at: datetime) -> None:
    """A training some days after `at`, moved to a Monday where it would fall on a weekend."""
    day = _working_day(timezone.localdate(at) + timedelta(days=written.fields["days"]))
    begin = timezone.make_aware(datetime.combine(day, time.fromisoformat(written.fields["at"])))
    page = TrainingPage(
        starts_at=begin,
        ends_at=begin + timedelta(minutes=written.fields["minutes"]),
        register_by=day - timedelta(days=written.fields["closes"]),
        **written.values(*TRAINING),
        **_learning(written),
    )
    _publish(page, _section(written), written)


def lay_news(written: Written) -> None:
    """A piece of news."""
    _publish(NewsPage(**_learning(written)), _section(written), written)


def lay_channels(written: Written) -> None:
    """The guide to channels, below the home page."""
    channels = [
        ("channel", {**one, "use": _rich(one["use"]), "limits": _rich(one["limits"])})
        for one in written.fields["channels"]
    ]
    page = ChannelsPage(
        introduction=[("text", _rich(written.fields["introduction"]))], channels=channels, **written.values(*SHARED)
    )
    _publish(page, HomePage.objects.get(translation_key=HOME_KEY, locale__language_code=written.language), written)


def _learning(written: Written) -> dict[str, Any]:
    return {
        **written.values(*SHARED, *LEARNING),
        "topic": Topic.objects.get(slug=written.fields["topic"]),
        "body": [("text", _rich(written.body))],
    }


def _publish(page: Any, parent: Page, written: Written) -> None:
    """Put the page below `parent` and publish it, unless it stands."""
    if Page.objects.filter(translation_key=written.key, locale=parent.locale).exists():
        return
    page.locale, page.translation_key, page.live = parent.locale, written.key, False
    parent.add_child(instance=page)
    page.save_revision().publish()


def _section(written: Written) -> Page:
    if written.owner is None:
        raise LookupError(written.name)
    return next(page for page in sections_of(written.owner) if page.language == written.language)


def _rich(text: str) -> RichText:
    """Markdown as the editor stores it. Raises `BrokenFolderError` for what it does not take."""
    ledger = Ledger()
    parts = Reader(Place(ledger, "", 1), frozenset(TEXT), lambda _address, _place: None).read(text)
    ledger.settle()
    return RichText("".join(to_html(part) for part in parts if not isinstance(part, Fence)))


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day

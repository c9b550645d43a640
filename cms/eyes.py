"""Whose words would go live that nobody else has said yes to. The versions of a page and its log tell; nothing of it is
kept a second time.

Publishing settles all words up to a version, since `cms.guard` asked here first; so does setting its day. An approval
says yes to the words of others. So does handing in, by somebody who wrote on: she read what stood there. Sending back
says no to what others wrote since the page went live, taking a day away to the version that had it, taking off to all.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, Revision

from hrdplatform.web import clock

PUBLISHES: Final = frozenset({"wagtail.publish", "wagtail.publish.scheduled"})
DATES: Final = "wagtail.publish.schedule"
SETTLES: Final = PUBLISHES | {DATES}
APPROVES: Final = "wagtail.workflow.approve"
HANDS_IN: Final = frozenset({"wagtail.workflow.start", "wagtail.workflow.resume"})
SENDS_BACK: Final = "wagtail.workflow.reject"
TAKES_OFF: Final = "wagtail.unpublish"
UNDATES: Final = "wagtail.schedule.cancel"
SAYS_NO: Final = frozenset({SENDS_BACK, TAKES_OFF, UNDATES})

NO_WORDS: Final = frozenset(
    {
        *("pk", "path", "depth", "numchild", "url_path", "translation_key", "locale", "content_type", "alias_of"),
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "expired"),
        *("latest_revision", "latest_revision_created_at", "draft_title", "owner"),
        *("locked", "locked_at", "locked_by", COMMENTS_RELATION_NAME),
    }
)
"""What a version stores of a page that is not what somebody wrote there."""


def words_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody wrote, of all that a version stores."""
    return {name: value for name, value in content.items() if name not in NO_WORDS}


class Version(NamedTuple):
    """One version: its number, who saved it, and when."""

    number: int
    by: int | None
    at: datetime


class Said(NamedTuple):
    """What somebody did with a version; None is the platform itself."""

    what: str
    by: int | None
    at: datetime
    number: int | None


def ends(said: Said, yes: Said) -> bool:
    """Whether `said` takes back what `yes` said."""
    if said.what == SENDS_BACK:
        return yes.what not in SETTLES
    return said.what == TAKES_OFF or (said.what == UNDATES and said.number == yes.number)


@dataclass(frozen=True)
class Story:
    """What the versions and the log of one page tell, the oldest first."""

    versions: tuple[Version, ...]
    said: tuple[Said, ...]

    def handed_in(self, by: int | None) -> Story:
        """The story in which `by` hands in the newest version just now; Wagtail tells before it writes its log."""
        return Story(self.versions, (*self.said, Said(min(HANDS_IN), by, clock.now(), None)))

    def unheard(self, number: int) -> frozenset[int]:
        """The people some of whose words in the version `number` nobody else has said yes to."""
        writers = {version.by for version in self.versions if version.number <= number and version.by is not None}
        return frozenset(person for person in writers if self.waits(number, person))

    def waits(self, number: int, person: int) -> bool:
        """Whether words of `person` in the version `number` wait for somebody else."""
        heard = max((upto for said in self.said if (upto := self.heard(said, number, person))), default=0)
        return self.wrote(person, after=heard, upto=number)

    def settled_at(self, person: int) -> datetime | None:
        """When the newest version was written that went live and that nobody but `person` took off again."""
        settled = {one.number for one in self.said if one.what in SETTLES and self.stands(one, person)}
        return max((version.at for version in self.versions if version.number in settled), default=None)

    def heard(self, said: Said, number: int, person: int) -> int:
        """Up to which version `said` is a yes to the words of `person` in the version `number`; 0 for none of them."""
        upto = said.number or 0
        if said.what in HANDS_IN:
            upto = max((version.number for version in self.versions if version.at <= said.at), default=0)
        if upto > number or not self.stands(said, person):
            return 0
        if said.what in SETTLES:
            return upto
        if said.by is None or said.by == person:
            return 0
        wrote_on = said.what in HANDS_IN and self.wrote(said.by, after=self.settled(upto), upto=upto)
        return upto if said.what == APPROVES or wrote_on else 0

    def stands(self, yes: Said, person: int) -> bool:
        """Whether nobody but `person` said no to it after `yes`."""
        later = self.said[self.said.index(yes) + 1 :]
        return not any(one.by not in {None, person} and ends(one, yes) for one in later)

    def settled(self, number: int) -> int:
        """The newest version up to `number` that went live or was given a day."""
        return max(
            (one.number or 0 for one in self.said if one.what in SETTLES and (one.number or 0) <= number), default=0
        )

    def wrote(self, person: int, *, after: int, upto: int) -> bool:
        """Whether `person` changed words after the version `after`, up to `upto`; saving as it stands is no writing."""
        return any(
            version.by == person and after < version.number <= upto and self.changed(place)
            for place, version in reversed(list(enumerate(self.versions)))
        )

    def changed(self, place: int) -> bool:
        """Whether the version at `place` says something else than the one before it."""
        numbers = [version.number for version in self.versions[max(place - 1, 0) : place + 1]]
        contents = Revision.objects.filter(pk__in=numbers).values_list("content", flat=True)
        words = [words_in(content) for content in contents]
        return len(words) == 1 or words[0] != words[1]


def stories(pages: Collection[int]) -> dict[int, Story]:
    """The stories of pages by their numbers, looked up at once."""
    versions: dict[int, list[Version]] = defaultdict(list)
    rows = Revision.page_revisions.filter(object_id__in=[str(page) for page in pages]).order_by("pk")
    for page, *version in rows.values_list("object_id", "pk", "user", "created_at"):
        versions[int(page)].append(Version(*version))
    said: dict[int, list[Said]] = defaultdict(list)
    entries = PageLogEntry.objects.filter(page__in=pages, action__in={APPROVES, *SETTLES, *HANDS_IN, *SAYS_NO})
    rows = entries.order_by("timestamp", "pk").values_list("page", "action", "user", "timestamp", "revision")
    for page, *one in rows:
        said[page].append(Said(*one))
    return {page: Story(tuple(versions[page]), tuple(said[page])) for page in pages}


def story(page: int) -> Story:
    """The story of one page."""
    return stories([page])[page]


def waits(revision: Revision, person: int) -> bool:
    """Whether words of `person` in `revision` wait for somebody else to say yes to them."""
    return story(int(revision.object_id)).waits(revision.pk, person)


def has_a_day(revision: Revision) -> bool:
    """Whether `cms.guard` was asked before the day was set on which `revision` goes live."""
    return bool(PageLogEntry.objects.filter(revision=revision, action=DATES).exists())


def were_public(page: Page, content: Mapping[str, Any]) -> bool:
    """Whether readers see on `page` what `content` says, as a version stores it, or saw it there."""
    words = words_in(content)
    published = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLISHES).values("revision")
    public = Revision.objects.filter(pk__in=published).values_list("content", flat=True)
    return words == words_in(json.loads(page.to_json())) or any(words == words_in(one) for one in public)

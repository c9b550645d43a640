"""Laying the demo: everything in its order, each thing once, and lists renewed before they run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from cms.domain.rights import let_editors_write
from hrdplatform.operations.demo import (
    houses,
    library,
    pages,
    people,
    record,
    requests,
    signing,
    stories,
    teams,
    words,
)
from hrdplatform.operations.demo.cast import HOUSES, PEOPLE, TROUPES
from hrdplatform.operations.demo.record import Record
from legal_aid.domain import installation

BEGAN = timedelta(days=7)
"""The demo began a week ago, so that its requests have days of their own."""


def lay(path: Path, *, at: datetime, say: Callable[[str], None]) -> Record:
    """Lay what is missing, and return the record, which is kept at `path`."""
    found = record.read(path, database=installation.salt().hex())
    began = at - BEGAN
    if _houses(found, at=began):
        say("Organisations and accounts stand.")
    if _library(found, at=at):
        say("The library of three organisations stands in four languages.")
    if _pages(found):
        say("Pages in four languages stand.")
    if _teams(found, at=at, began=began):
        say("Two legal-aid teams and their sealed requests stand.")
    for troupe in TROUPES:
        team = teams.find(troupe)
        renewed = signing.renew(team, troupe, at=at) if team is not None else None
        if renewed is not None:
            say(f"{troupe.name}: list {renewed.seq} is signed, good until {renewed.expires}.")
    return found


def _houses(found: Record, *, at: datetime) -> bool:
    done = [found.once("organisation:platform", partial(houses.lay_platform, at=at))]
    done += [found.once(f"organisation:{one.slug}", partial(houses.lay, one, at=at)) for one in HOUSES]
    done += [found.once(f"account:{one.email}", partial(people.lay, one, found, at=at)) for one in PEOPLE]
    return any(done)


def _library(found: Record, *, at: datetime) -> bool:
    done = [found.once(f"library:{kind}", partial(words.lay, kind)) for kind in words.ROWS]
    done += [found.once(piece.label, partial(library.lay, piece, at=at)) for piece in library.pieces()]
    return any(done)


def _pages(found: Record) -> bool:
    done = [
        found.once(f"page:{language}:{page.key}", partial(pages.lay, page, language))
        for language in pages.LANGUAGES
        for page in pages.read(language)
    ]
    done += [found.once(f"home:{language}", partial(pages.lay_home, language)) for language in pages.LANGUAGES]
    done.append(found.once("rights:editor", let_editors_write))
    return any(done)


def _teams(found: Record, *, at: datetime, began: datetime) -> bool:
    done = [found.once(f"team:{one.house}", partial(teams.lay, one, found, at=began)) for one in TROUPES]
    standing = {one.house: teams.find(one) for one in TROUPES}
    for story in stories.read():
        team = standing[story.team]
        if team is not None:
            done.append(found.once(f"request:{story.key}", partial(requests.lay, story, team, found, at=at)))
    return any(done)

"""The current versions of an entity: what stands after everybody's changes, also those made at the same time.

Current are the versions that no verified version of the same entity and kind replaces; two stand side by side until a
third replaces both. `data` null removes; replaced ids that one cannot see are ignored. sealing.md 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hrdplatform.sealing.bodies import Entity


@dataclass(frozen=True)
class Version:
    """A verified record that carries an entity: record id, name of its kind, body."""

    id: str
    kind: str
    body: Entity


def current(versions: Iterable[Version]) -> dict[tuple[str, str], tuple[Version, ...]]:
    """Return the current versions by (kind, entity), ordered by `sent`, then id.

    `versions` are verified records only. An entity whose current versions all carry null is removed and left out;
    beside one that is not null a removal stays visible, because its author and another's change must both be seen.
    """
    families: dict[tuple[str, str], dict[str, Version]] = {}
    for version in versions:
        families.setdefault((version.kind, version.body.entity), {})[version.id] = version
    standing = {family: _standing(members) for family, members in families.items()}
    return {family: kept for family, kept in standing.items() if any(version.body.data is not None for version in kept)}


def _standing(members: dict[str, Version]) -> tuple[Version, ...]:
    replaced = {older for version in members.values() for older in version.body.replaces if older != version.id}
    kept = [version for version in members.values() if version.id not in replaced]
    return tuple(sorted(kept, key=lambda version: (version.body.place.sent, version.id)))

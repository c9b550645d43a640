"""What holds for every answer: its HTML carries the one policy of its place, and looking changes nothing."""

import fnmatch
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.http import HttpResponseBase  # noqa: TID251 - a test reads answers

PUBLIC = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "media-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
AID = PUBLIC | {"img-src": ["'self'", "blob:"]}
OFFICE = PUBLIC | {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}

SESSION = ("*", "UPDATE accounts_session")
CHANGES = {
    SESSION: "once a minute the session's row notes that it is in use",
    ("spoken:leave", "DELETE accounts_session"): "who leaves in a hurry, without scripts, follows a link",
    ("*:sealed_*", "INSERT legal_aid_installation"): "the installation's salt is made by who first asks for it",
    ("legal_aid:return", "INSERT legal_aid_installation"): "as above",
    ("desk:sealed_case", "INSERT audit_entry"): "who read which case is recorded",
    ("desk:request_file", "INSERT audit_entry"): "who took a copy of a team's keys to sign is recorded",
    (
        "wagtailadmin_pages:edit",
        "INSERT wagtailcore_pagesubscription",
    ): "Wagtail lays a row: no mail of comments",
    ("wagtailadmin_pages:edit", "INSERT wagtailadmin_editingsession"): "Wagtail tells others who edits now",
    ("wagtailadmin_pages:edit", "DELETE wagtailadmin_editingsession"): "and forgets who did an hour ago",
}
"""What a GET may change: (address, sentence) -> why. Everything else stays as it was."""

_CHANGE = re.compile(r"\b(INSERT|DELETE|(?<!FOR )(?<!DO )UPDATE)(?: OR \w+)?(?: INTO| FROM)?\s+\"?(\w+)")
_LOOKING = re.compile(r"\s*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK TO)\b")


def parsed(policy: str) -> dict[str, list[str]]:
    """Directive -> sources. Raises `AssertionError` where one stands twice: browsers take the first alone."""
    directives = [part.split() for part in policy.split(";") if part.strip()]
    names = [name for name, *_sources in directives]
    assert len(names) == len(set(names)), policy
    return {name: sources for name, *sources in directives}


def policy_of(path: str) -> dict[str, list[str]]:
    """The policy at a path of the host that answers for all doors."""
    if path.startswith("/office/"):
        return OFFICE
    return AID if re.match(r"/(desk|[a-z]{2}/aid)/", path) else PUBLIC


def wrong_policy(path: str, response: HttpResponseBase) -> list[str]:
    """A line where HTML comes with another policy than that of its place."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return []
    found = parsed(response.get("Content-Security-Policy", ""))
    return [] if found == policy_of(path) else [f"policy {found}"]


def changes_in(sql: str) -> set[str]:
    """Verb and table of each thing that a sentence changes, or the whole where it is of no known kind."""
    found = {f"{verb} {table}" for verb, table in _CHANGE.findall(sql)}
    return found or (set() if _LOOKING.match(sql) else {sql})


@contextmanager
def changes() -> Iterator[set[str]]:
    """All that is changed in the meantime. Django's own log of queries forgets the oldest; this forgets none."""
    found: set[str] = set()

    def listen(execute, sql, params, many, context):
        found.update(changes_in(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found


def reason(address: str, change: str) -> tuple[str, str] | None:
    """The entry of `CHANGES` that allows a GET of this address to change this."""
    return next((key for key in CHANGES if key[1] == change and fnmatch.fnmatchcase(address, key[0])), None)

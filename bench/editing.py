"""The office's page for editing a lesson with every kind of block: how many queries it takes to open it while it has no
draft, to open its draft, and to save one. Two further figures have no target: a save by the editor's own clock, whose
answer draws the page's bars anew, and a save of a lesson that is not public, which writes and indexes the row itself.
"""

from __future__ import annotations

from typing import Any

from bench.library import pages, queries

JSON = "application/json"
"""What the editor asks for when it saves by its own clock."""


def measure() -> dict[str, list[float]]:
    with pages() as library:
        from hrdplatform.organisations.models import Organisation
        from tests.factories.accounts import signed_in
        from tests.factories.editing import sent
        from tests.factories.office import all_rounder

        client = signed_in(all_rounder(Organisation.objects.get(slug="passerelle")))
        lesson = library.lessons[-1]
        address, form = f"/office/pages/{lesson.pk}/edit/", sent(lesson)
        found = {
            "queries": queries(address, client),
            "saving_queries": saving(address, client, form),
            "draft_queries": queries(address, client),
        }
        overwritten = {"overwrite_revision_id": str(type(lesson).objects.get(pk=lesson.pk).latest_revision_id)}
        found["clock_queries"] = saving(address, client, form | overwritten, accept=JSON)
        lesson.unpublish()
        found["unpublished_queries"] = saving(address, client, form)
        return {name: [float(number)] for name, number in found.items()}


def saving(address: str, client: Any, form: dict[str, str], accept: str = "text/html") -> int:
    """How many queries it takes to save a draft with every block, for the second time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    headers = {"host": "localhost", "accept": accept}
    client.post(address, form, headers=headers)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, form, headers=headers)
    if answer.status_code != (200 if accept == JSON else 302):
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(captured)

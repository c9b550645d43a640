"""The office's page for editing a lesson with every kind of block: how many queries it takes to open it, and, as a
further figure without a target, to save a draft of it.
"""

from __future__ import annotations

from typing import Any

from bench.library import pages, queries


def measure() -> dict[str, list[float]]:
    with pages() as library:
        from hrdplatform.organisations.models import Organisation
        from tests.factories.accounts import signed_in
        from tests.factories.editing import sent
        from tests.factories.office import all_rounder

        client = signed_in(all_rounder(Organisation.objects.get(slug="passerelle")))
        lesson = library.lessons[-1]
        address = f"/office/pages/{lesson.pk}/edit/"
        return {
            "queries": [float(queries(address, client))],
            "saving_queries": [float(saving(address, client, sent(lesson)))],
        }


def saving(address: str, client: Any, form: dict[str, str]) -> int:
    """How many queries it takes to save a draft with every block, for the second time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.post(address, form, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, form, headers={"host": "localhost"})
    if answer.status_code != 302:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(captured)

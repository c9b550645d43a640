"""The office's page for editing a lesson with every kind of block: how many queries it takes."""

from __future__ import annotations

from bench.library import pages, queries


def measure() -> dict[str, list[float]]:
    with pages() as library:
        from hrdplatform.organisations.models import Organisation
        from tests.factories.accounts import signed_in
        from tests.factories.office import all_rounder

        client = signed_in(all_rounder(Organisation.objects.get(slug="passerelle")))
        return {"queries": [float(queries(f"/office/pages/{library.lessons[-1].pk}/edit/", client))]}

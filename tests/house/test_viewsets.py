"""No list of ours in the office stands beside the one base class, and no chooser without the policy of its model."""

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import Topic
from hrdplatform.office.people import PeopleViewSet
from hrdplatform.office.views.owned import policy_of
from hrdplatform.office.viewsets import OwnedChooserViewSet, OwnedViewSet

OUTSIDE = {PeopleViewSet}
"""Asks a policy of its own: people belong to no organisation."""


def registered() -> list[ViewSet]:
    """Everything that Wagtail knows, once it has looked."""
    reverse("wagtailadmin_home")
    return list(viewsets.viewsets)


def astray(known: Iterable[ViewSet]) -> list[ViewSet]:
    """What is written by us, but not on our base; and what is on it, but has no policy."""
    return [
        viewset
        for viewset in known
        if isinstance(viewset, ModelViewSet | ChooserViewSet)
        and type(viewset) not in OUTSIDE
        and not type(viewset).__module__.startswith("wagtail")
        and not (isinstance(viewset, OwnedViewSet | OwnedChooserViewSet) and policy_of(viewset.model))
    ]


def test_every_list_and_chooser_of_ours_stands_on_the_one_base_and_has_its_policy():
    known = registered()
    assert {viewset.model for viewset in known if isinstance(viewset, OwnedViewSet)} >= {Topic}
    assert any(isinstance(viewset, OwnedChooserViewSet) for viewset in known)
    assert astray(known) == []


def test_what_stands_outside_is_still_there():
    assert {type(viewset) for viewset in registered()} >= OUTSIDE


@pytest.mark.parametrize("kind", [ModelViewSet, SnippetViewSet, ChooserViewSet])
def test_a_seeded_one_beside_it_is_reported(kind):
    seeded = type("Seeded", (kind,), {"name": "seeded", "model": Topic, "icon": "list", "form_fields": ["slug"]})()
    assert astray([*registered(), seeded]) == [seeded]


def test_a_seeded_chooser_without_a_policy_is_reported():
    seeded = type("Seeded", (OwnedChooserViewSet,), {"model": Permission})("seeded")
    assert astray([seeded]) == [seeded]

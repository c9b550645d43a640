"""Relations between models point down or stay in their room; import-linter cannot see those that are strings."""

import pytest
from django.apps import apps
from django.db import models

FLOORS = [
    {"cms", "legal_aid"},
    {"strategies"},
    {"consultations"},
    {"office"},
    {"media"},
    {"organisations"},
    {"accounts"},
    {"web"},
    {"notices"},
    {"audit"},
]
OURS = {label for floor in FLOORS for label in floor} | {"operations"}
CONFIDENTIAL = {"legal_aid"}


def floor(label: str) -> int:
    """Counted from the top; what is not ours lies below everything."""
    return next((number for number, labels in enumerate(FLOORS) if label in labels), len(FLOORS))


def upward(source: str, target: str) -> bool:
    """Whether a key from one room to another climbs, or walks to a neighbour on the same floor."""
    return source != target and floor(target) <= floor(source)


def keys() -> list[tuple[str, str, str]]:
    """Every key of our models: (room, field, room it points to)."""
    own = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]
    return [
        (model._meta.app_label, str(field), field.related_model._meta.app_label)
        for model in own
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and not field.auto_created
    ]


def test_no_key_climbs():
    assert [field for source, field, target in keys() if upward(source, target)] == []


def test_keys_are_seen_at_all():
    assert len(keys()) > 10


@pytest.mark.parametrize(
    ("source", "target"),
    [("accounts", "organisations"), ("audit", "accounts"), ("web", "legal_aid"), ("cms", "legal_aid")],
)
def test_a_seeded_key_upward_is_reported(source, target):
    assert upward(source, target)


@pytest.mark.parametrize(
    ("source", "target"), [("organisations", "accounts"), ("legal_aid", "accounts"), ("cms", "wagtailcore")]
)
def test_a_key_downward_is_not(source, target):
    assert not upward(source, target)


def test_nothing_confidential_stands_in_wagtail_s_registries():
    from wagtail.models import ReferenceIndex
    from wagtail.search.index import Indexed
    from wagtail.snippets.models import get_snippet_models

    confidential = [model for model in apps.get_models() if model._meta.app_label in CONFIDENTIAL]
    assert confidential
    assert not set(confidential) & set(get_snippet_models())
    assert [model for model in confidential if issubclass(model, Indexed)] == []
    assert [model for model in confidential if ReferenceIndex.is_indexed(model)] == []


def test_django_s_own_admin_is_not_installed():
    assert not apps.is_installed("django.contrib.admin")

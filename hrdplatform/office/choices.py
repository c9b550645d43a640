"""What somebody may choose: the one rule that choosers list by, and that forms ask about what they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import page_permission_policy, policy_registry

from hrdplatform.office.policies import OwnedPolicy

SEE: Final = ("view", "choose", "change", "delete")

MOST_DIGITS: Final = 18
"""No database takes a longer number for a key; what is longer is the key of nothing."""

Named = set[tuple[type[models.Model], str]]
"""Things that something names: kind and key."""


def offered(model: type[models.Model], user: Any) -> models.QuerySet[Any]:
    """What choosers offer `user` of a kind: of pages all public and the own ones, of what belongs to organisations or
    lies on their shelves the own, of other kinds everything.
    """
    everything: models.QuerySet[Any] = model._default_manager.all()  # noqa: SLF001  # Django's documented name
    if issubclass(model, Page):
        own = page_permission_policy.instances_user_has_permission_for(user, "change")
        return everything.filter(models.Q(live=True) | models.Q(pk__in=own.values("pk")))
    policy = policy_registry.get_by_type(model, fallback=False)
    if isinstance(policy, OwnedPolicy | CollectionOwnershipPermissionPolicy):
        found: models.QuerySet[Any] = policy.instances_user_has_any_permission_for(user, SEE)
        return found
    return everything


def is_key(text: str) -> bool:
    """Whether a text can be the key of anything."""
    return text.isdecimal() and len(text) <= MOST_DIGITS


def not_offered(named: Named, user: Any) -> Named:
    """Those that `user` could not have chosen, whether they are somebody else's or not there at all."""
    left: Named = set()
    for model in {model for model, _key in named}:
        keys = {key for kind, key in named if kind is model}
        numbers = [int(key) for key in keys if is_key(key)]
        known = {str(key) for key in offered(model, user).filter(pk__in=numbers).values_list("pk", flat=True)}
        left |= {(model, key) for key in keys - known}
    return left


def named_in(field: Any, value: Any) -> Named:
    """What the value of a model's field names: the row of a foreign key, all that texts and blocks show or link to."""
    if hasattr(field, "extract_references"):
        return as_named((model, key) for model, key, *_place in field.extract_references(value))
    if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey) and value is not None:
        return as_named([(field.related_model, getattr(value, "pk", value))])
    return set()


def named_by(page: models.Model) -> Named:
    """What a page and the rows that belong to it name, also in a version that is not stored; but not what Wagtail notes
    about every page.
    """
    own = [field for field in page._meta.get_fields() if field.model is not Page and not field.one_to_one]  # noqa: SLF001  # as above
    named = {named for field in own for named in named_in(field, value_in(field, page))}
    for relation in get_all_child_relations(type(page)):
        if relation.model is not Page:
            named |= {one for row in getattr(page, relation.get_accessor_name()).all() for one in named_by(row)}
    return named


def value_in(field: Any, row: models.Model) -> Any:
    """The value of a field; none for what only points to the row from elsewhere."""
    return field.value_from_object(row) if isinstance(field, models.Field) else None


def as_named(pairs: Iterable[tuple[Any, Any]]) -> Named:
    """Pages of every kind under one."""
    return {(Page if issubclass(model, Page) else model, str(key)) for model, key in pairs}

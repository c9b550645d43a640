"""People in the office: administrators see who is there and put them into groups. Nobody is made or deleted here.

Accounts come from invitations; passwords, devices and switching off belong to accounts, with their audit lines.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.urls import URLPattern
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from hrdplatform.accounts.models import User
from hrdplatform.audit import Event
from hrdplatform.office.views.owned import Recorded

OPEN = {"index", "index_results", "edit", "history", "history_results"}


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """The groups of one person."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["groups"]
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *arguments: Any, editing_self: bool = False, **words: Any) -> None:
        super().__init__(*arguments, **words)


class PeopleIndex(IndexView):
    """The list, without ticks for deleting in bulk."""

    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        return columns[1:]


class PeopleEdit(Recorded, EditView):
    """Groups of one person, with an audit line."""

    event = Event.GROUPS_CHANGED


class PeopleViewSet(UserViewSet):
    """Only looking, groups and history have an address."""

    index_view_class = PeopleIndex
    edit_view_class = PeopleEdit
    copy_view_enabled = False
    template_prefix = ""

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return PersonForm

    def get_common_view_kwargs(self, **words: Any) -> dict[str, Any]:
        missing = dict.fromkeys(("add_url_name", "delete_url_name", "usage_url_name"))
        return {**super().get_common_view_kwargs(**words), **missing}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in OPEN]


class PeoplePolicy(ModelPermissionPolicy):
    """Administrators of the platform look and change; nobody adds or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser and action in {"view", "change"})

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: list[str]) -> models.QuerySet[User]:
        everybody = User.objects.filter(is_active=True, is_superuser=True)
        return everybody if {"view", "change"} & set(actions) else everybody.none()

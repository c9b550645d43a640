"""The one base of every viewset of ours, and its chooser: no list and no address without asking about each object."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import URLPattern
from django.utils.text import capfirst
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from hrdplatform.audit import Event
from hrdplatform.office.policies import HousePolicy, OwnedPolicy, Roles, ShelfPolicy, WatchedPolicy
from hrdplatform.office.views import owned
from hrdplatform.office.views.owned import yes_or_no

registered: list[OwnedViewSet] = []
"""Every viewset of this base that Wagtail knows; the foreign-user test visits each of their addresses."""


class YesNoColumn(Column):
    """A field that is true or false, in words of the reader's language."""

    def __init__(self, field: models.Field[Any, Any]) -> None:
        super().__init__(field.name, label=capfirst(field.verbose_name), sort_key=field.name)

    def get_value(self, instance: models.Model) -> str:
        return yes_or_no(super().get_value(instance))


class OwnedViewSet(ModelViewSet):
    """List, add, edit, delete, inspect, history, usage, copy and export of what belongs to organisations.

    A room names `model`, `owner` (the lookup to the organisation), `roles` (who may what in the own organisation), the
    audit `events` of `add`, `change` and `delete`, and the `rooms` whose public pages show it.
    """

    owner: str = "organisation"
    roles: Roles
    events: ClassVar[dict[str, Event]] = {}
    rooms: tuple[str, ...] = ()

    index_view_class = owned.OwnIndex
    add_view_class = owned.OwnCreate
    edit_view_class = owned.OwnEdit
    delete_view_class = owned.OwnDelete
    copy_view_class = owned.OwnCopy
    inspect_view_class = owned.OwnInspect
    history_view_class = owned.OwnHistory
    usage_view_class = owned.OwnUsage

    inspect_view_enabled = True
    sort_order_field = None  # Wagtail's reorder view asks about no object
    search_backend_name = None  # with an index of its own, searching on SQLite answers 500
    add_to_admin_menu = True

    def __init__(self, name: str | None = None, **words: Any) -> None:
        super().__init__(name, **words)
        model: type[models.Model] = self.model
        if owned.policy_of(model) is None:
            register_permission_policy(model, self.make_policy())

    def make_policy(self) -> OwnedPolicy | ShelfPolicy:
        """Who may what with the model."""
        return OwnedPolicy(self.model, owner=self.owner, roles=self.roles)

    def get_add_view_kwargs(self, **words: Any) -> dict[str, Any]:
        return {**super().get_add_view_kwargs(**words), "event": self.events.get("add"), "rooms": self.rooms}

    def get_edit_view_kwargs(self, **words: Any) -> dict[str, Any]:
        return {**super().get_edit_view_kwargs(**words), "event": self.events.get("change"), "rooms": self.rooms}

    def get_delete_view_kwargs(self, **words: Any) -> dict[str, Any]:
        return {**super().get_delete_view_kwargs(**words), "event": self.events.get("delete"), "rooms": self.rooms}

    def on_register(self) -> None:
        super().on_register()
        registered.append(self)


class ShelvedViewSet(OwnedViewSet):
    """The same for what lies in a collection; `keeper` names the field of who brought it."""

    keeper: str

    def make_policy(self) -> ShelfPolicy:
        return ShelfPolicy(self.model, owner_field_name=self.keeper)


class WatchedViewSet(OwnedViewSet):
    """What belongs to organisations, and the house's editors look after everybody's."""

    def make_policy(self) -> OwnedPolicy:
        return WatchedPolicy(self.model, owner=self.owner, roles=self.roles)


class HouseViewSet(OwnedViewSet):
    """What belongs to nobody in particular: the house's editors look after it, everybody in the office sees it."""

    owner = "pk"
    roles: Roles = {}

    def make_policy(self) -> OwnedPolicy:
        return HousePolicy(self.model)


class OwnedChooserViewSet(ChooserViewSet):
    """Choosing among what belongs to organisations: the own ones only. Nothing is made inside the chooser."""

    choose_view_class = owned.OwnChoose
    choose_results_view_class = owned.OwnChooseResults
    chosen_view_class = owned.OwnChosen
    chosen_multiple_view_class = owned.OwnChosenMultiple

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]

    def on_register(self) -> None:
        super().on_register()
        choosers.append(self)


choosers: list[OwnedChooserViewSet] = []
"""Every chooser of this base that Wagtail knows."""

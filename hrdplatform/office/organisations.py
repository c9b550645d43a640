"""Organisations in the office: the first viewset on the base, with a tab for each language."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from hrdplatform.audit import Event
from hrdplatform.office.access import OFFICE_ROLES
from hrdplatform.office.forms import TextsForm
from hrdplatform.office.panels import language_tabs
from hrdplatform.office.policies import Roles
from hrdplatform.office.views.owned import OwnCreate, OwnDelete, OwnEdit
from hrdplatform.office.viewsets import OwnedChooserViewSet, OwnedViewSet
from hrdplatform.organisations.domain.founding import clear, furnish
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Kind, Role


class OrganisationForm(TextsForm):
    """The kind of an organisation is not its own to say, and the platform stays the platform: rights hang on it."""

    def __init__(self, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        said = self.for_user is not None and self.for_user.is_superuser
        self.fields["kind"].disabled = not said or self.instance.kind == Kind.PLATFORM


class OrganisationCreate(OwnCreate):
    """Adding: a new organisation gets its place in every room at once."""

    def save_instance(self) -> Any:
        """Saves and furnishes, in the view's own transaction."""
        made = super().save_instance()
        furnish(made)
        return made


class OrganisationEdit(OwnEdit):
    """Editing: its places in the rooms are called as it is called now."""

    def save_instance(self) -> Any:
        """Saves and furnishes, in the view's own transaction."""
        saved = super().save_instance()
        furnish(saved)
        return saved


class OrganisationDelete(OwnDelete):
    """Deleting: what is still in use somewhere refuses, with words."""

    def delete_action(self) -> None:
        """Clears and deletes, in the view's own transaction."""
        clear(self.object)
        super().delete_action()


class OrganisationViewSet(OwnedViewSet):
    """Members see their own organisation, editors and administrators of it change its words.

    Making and removing organisations is for the platform's administrators alone.
    """

    model = Organisation
    owner = "pk"
    roles: Roles = {"view": OFFICE_ROLES, "change": frozenset({Role.EDITOR, Role.ADMINISTRATOR})}
    events: ClassVar[dict[str, Event]] = {
        "add": Event.ORGANISATION_MADE,
        "change": Event.ORGANISATION_CHANGED,
        "delete": Event.ORGANISATION_DELETED,
    }

    rooms = ("cms",)  # its words stand on the pages of its section

    add_view_class = OrganisationCreate
    edit_view_class = OrganisationEdit
    delete_view_class = OrganisationDelete

    icon = "group"
    menu_order = 250
    copy_view_enabled = False
    list_display: ClassVar[list[str]] = ["name", "kind"]
    list_export: ClassVar[list[str]] = ["slug", "kind", "website", "name_fr", "name_de", "name_lb", "name_en"]
    search_fields: ClassVar[list[str]] = ["name_fr", "name_de", "name_lb", "name_en", "slug"]
    edit_handler = language_tabs(
        Organisation,
        [FieldPanel("slug"), FieldPanel("kind"), FieldPanel("website")],
        heading=_("Organisation"),
        form=OrganisationForm,
    )


class OrganisationChooserViewSet(OwnedChooserViewSet):
    """Choosing an organisation."""

    model = Organisation
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")


organisations = OrganisationViewSet("office_organisations", url_prefix="organisations")
organisation_chooser = OrganisationChooserViewSet("office_organisation_chooser")

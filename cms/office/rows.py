"""Rows that public pages show: topics, glossary and emergency contacts of the house, initiatives of organisations."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cms.domain.catalogue import ROOM
from cms.models import EmergencyContact, Initiative, Term, Topic
from cms.office.initiatives import InitiativeEdit, InitiativeForm
from hrdplatform.audit import Event
from hrdplatform.office.access import OFFICE_ROLES
from hrdplatform.office.panels import language_tabs
from hrdplatform.office.policies import Roles
from hrdplatform.office.viewsets import HouseViewSet, WatchedViewSet, YesNoColumn
from hrdplatform.organisations.states import Role

EVENTS: Final[dict[str, Event]] = {
    "add": Event.ROW_MADE,
    "change": Event.ROW_CHANGED,
    "delete": Event.ROW_DELETED,
}


class TopicViewSet(HouseViewSet):
    """What pages are about."""

    model = Topic
    events = EVENTS
    rooms = (ROOM,)

    icon = "tag"
    add_to_admin_menu = False
    list_display: ClassVar[list[str]] = ["name", "slug", "place"]
    list_export: ClassVar[list[str]] = ["slug", "place", "name_fr", "name_de", "name_lb", "name_en"]
    search_fields: ClassVar[list[str]] = ["slug", "name_fr", "name_de", "name_lb", "name_en"]
    edit_handler = language_tabs(Topic, [FieldPanel("slug"), FieldPanel("place")], heading=_("Topic"))


class TermViewSet(HouseViewSet):
    """The glossary."""

    model = Term
    events = EVENTS
    rooms = (ROOM,)

    icon = "bold"
    add_to_admin_menu = False
    list_display: ClassVar[list[str]] = ["word", "slug"]
    list_export: ClassVar[list[str]] = ["slug", "word_fr", "word_de", "word_lb", "word_en"]
    search_fields: ClassVar[list[str]] = ["slug", "word_fr", "word_de", "word_lb", "word_en"]
    edit_handler = language_tabs(Term, [FieldPanel("slug")], heading=_("Glossary term"))


class ContactViewSet(HouseViewSet):
    """Numbers to call."""

    model = EmergencyContact
    events = EVENTS
    rooms = (ROOM,)

    icon = "warning"
    add_to_admin_menu = False
    list_display: ClassVar[list[Any]] = [
        "name",
        "telephone",
        YesNoColumn(EmergencyContact.immediate.field),
        "checked_on",
    ]
    list_export: ClassVar[list[str]] = ["telephone", "website", "immediate", "checked_on", "name_fr", "name_en"]
    search_fields: ClassVar[list[str]] = ["telephone", "name_fr", "name_de", "name_lb", "name_en"]
    edit_handler = language_tabs(
        EmergencyContact,
        [
            FieldRowPanel([FieldPanel("telephone"), FieldPanel("website")]),
            FieldPanel("spoken"),
            FieldRowPanel([FieldPanel("immediate"), FieldPanel("place"), FieldPanel("checked_on")]),
        ],
        heading=_("Emergency contact"),
    )


class InitiativeViewSet(WatchedViewSet):
    """The directory of initiatives: each organisation looks after its own entries."""

    model = Initiative
    roles: Roles = {
        "view": OFFICE_ROLES,
        "add": frozenset({Role.AUTHOR, Role.EDITOR, Role.ADMINISTRATOR}),
        "change": frozenset({Role.AUTHOR, Role.EDITOR, Role.ADMINISTRATOR}),
        "delete": frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
        "show": frozenset({Role.EDITOR}),
    }
    events = EVENTS
    rooms = (ROOM,)

    icon = "group"
    add_to_admin_menu = False
    edit_view_class = InitiativeEdit
    inspect_view_fields_exclude: ClassVar[list[str]] = ["proposed"]
    list_display: ClassVar[list[Any]] = [
        "name",
        "organisation",
        "occupation",
        "town",
        YesNoColumn(Initiative.shown.field),
    ]
    list_export: ClassVar[list[str]] = ["slug", "occupation", "town", "website", "email", "telephone", "shown"]
    search_fields: ClassVar[list[str]] = ["slug", "town", "name_fr", "name_de", "name_lb", "name_en"]
    edit_handler = language_tabs(
        Initiative,
        [
            FieldPanel("drop"),
            FieldPanel("organisation"),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("occupation"), FieldPanel("town")]),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldRowPanel([FieldPanel("website"), FieldPanel("email"), FieldPanel("telephone")]),
            FieldPanel("shown"),
        ],
        heading=_("Initiative"),
        form=InitiativeForm,
    )


class LearningGroup(ModelViewSetGroup):
    """One entry of the menu for all of them."""

    menu_label = _("Directories")
    menu_icon = "list-ul"
    menu_order = 240
    items = (
        InitiativeViewSet("office_initiatives", url_prefix="initiatives"),
        TopicViewSet("office_topics", url_prefix="topics"),
        TermViewSet("office_terms", url_prefix="terms"),
        ContactViewSet("office_contacts", url_prefix="contacts"),
    )


learning_group = LearningGroup()

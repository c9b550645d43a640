"""The office's door into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from hrdplatform.office.counting import OwnPagesItem
from hrdplatform.office.organisations import organisation_chooser, organisations
from hrdplatform.office.questions import OfficePages
from hrdplatform.office.unfinished import list_address
from hrdplatform.office.videos import video_chooser, videos, videos_in
from hrdplatform.office.views.around import administrators_only
from hrdplatform.office.views.parked import ParkedView
from hrdplatform.office.views.signed_in import signed_in
from hrdplatform.office.views.unfinished import UnfinishedView
from hrdplatform.office.viewsets import OwnedChooserViewSet, OwnedViewSet
from hrdplatform.office.waiting import SLOT, WaitingPanel, parked, parked_address, translations
from hrdplatform.web import slots

slots.register(SLOT, "office.translations", translations)
slots.register(SLOT, "office.parked", parked)

HOUSE_WIDE = ("site-history", "page-types-usage", "parked")
"""The menu items of reports that show everybody's pages; see `urls`."""

ELSEWHERE = ("whats-new", "editor-guide")
"""How the menu items begin that lead to somebody else's site."""


def our_viewsets() -> list[OwnedViewSet | OwnedChooserViewSet]:
    """Organisations, videos and their choosers."""
    return [organisations, organisation_chooser, videos, video_chooser]


def start_script() -> SafeString:
    """The script that does what inline scripts did."""
    return format_html('<script src="{}"></script>', static("office/start.js"))


def signed_in_script() -> SafeString:
    """The script that holds a form back from a sign-in page that would swallow it, with its words."""
    return render_to_string("office/signed_in.html")


def phone_style() -> SafeString:
    """What Wagtail's own stylesheet lacks on a narrow screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("office/phone.css"))


def our_addresses() -> list[URLPattern]:
    """The list of unfinished translations, what was set aside, and whether one is signed in."""
    return [
        path("signed-in/", signed_in, name="office_signed_in"),
        path("unfinished/", UnfinishedView.as_view(), name="office_unfinished"),
        path("parked/", administrators_only(ParkedView.as_view()), name="office_parked"),
    ]


def unfinished_item() -> MenuItem:
    """The list of unfinished translations, among the reports."""
    return MenuItem(_("Translations to look after"), list_address(), name="unfinished", icon_name="globe", order=100)


def parked_item() -> MenuItem:
    """What was set aside, among the reports of administrators."""
    return MenuItem(_("Work that was set aside"), parked_address(), name="parked", icon_name="mail", order=900)


def what_waits(_request: HttpRequest, panels: list[Any]) -> None:
    """What waits for this person comes first."""
    panels.insert(0, WaitingPanel())


def own_pages(request: HttpRequest, items: list[Any]) -> None:
    """How many pages this person may change, in place of how many there are."""
    items[:] = [OwnPagesItem(request) if isinstance(item, PagesSummaryItem) else item for item in items]


def no_house_wide_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """The history of everything is for administrators of the platform; translations have our list."""
    items[:] = [item for item in items if "/localize/" not in item.url]
    if not getattr(request.user, "is_superuser", False):
        items[:] = [item for item in items if item.name not in HOUSE_WIDE]


def no_help_elsewhere(_request: HttpRequest, items: list[MenuItem]) -> None:
    """No links to other people's sites."""
    items[:] = [item for item in items if not item.name.startswith(ELSEWHERE)]


def possible_questions(router: WagtailAPIRouter) -> None:
    """The office's list of pages refuses what cannot be asked, instead of failing."""
    router.register_endpoint("pages", OfficePages)


def movable_only(request: HttpRequest, page: Page, destination: Page) -> None:
    """Asks before Wagtail shows what it would move; it asks only when the move is confirmed."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


hooks.register("before_move_page", movable_only)
hooks.register("register_admin_viewset", our_viewsets)
hooks.register("insert_global_admin_js", start_script, order=-100)
hooks.register("insert_global_admin_js", signed_in_script)
hooks.register("insert_global_admin_css", phone_style)
hooks.register("register_admin_urls", our_addresses)
hooks.register("register_reports_menu_item", unfinished_item)
hooks.register("register_reports_menu_item", parked_item)
hooks.register("construct_homepage_panels", what_waits)
hooks.register("construct_homepage_summary_items", own_pages, order=100)
hooks.register("construct_reports_menu", no_house_wide_reports)
hooks.register("construct_help_menu", no_help_elsewhere)
hooks.register("construct_admin_api", possible_questions)
hooks.register("describe_collection_contents", videos_in)

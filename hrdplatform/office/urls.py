"""Addresses of the office: Wagtail's admin, without the doors that would go round our sign-in or our rights.

Closed are also: hiding live pages and shelves from some readers, passwords, own profile and avatar (they live under
/account/), making, deleting and switching off people in bulk (people are invited), and the page that only throws an
error.
"""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtail_admin
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from hrdplatform.office.views import around, doors, shown, translating


def of_the_whole_house(report: Any) -> list[URLPattern | URLResolver]:
    """A report that asks nobody whose pages it lists: for administrators of the platform."""
    found: list[URLPattern | URLResolver] = [
        path("", around.administrators_only(report.as_view())),
        path("results/", around.administrators_only(report.as_view(results_only=True))),
    ]
    decorate_urlpatterns(found, around.spoken)
    return found


translations: list[URLPattern | URLResolver] = [
    path("localize/submit/page/<int:page_id>/", translating.OwnSubmit.as_view(), name="office_submit_translation"),
    path(
        "localize/update/<int:translation_source_id>/",
        translating.OwnUpdate.as_view(),
        name="office_update_translations",
    ),
    path(
        "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
        translating.own_override,
        name="office_override",
    ),
    path(
        "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        translating.own_string,
        name="office_string",
    ),
    path("localize/jsi18n/", translating.OwnWords.as_view(), name="office_words_of_translating"),
    path("localize/translate/<int:translation_id>/disable/", translating.own_stop, name="office_stop_translation"),
]
for around_each in (require_admin_access, around.refusable, around.spoken):
    decorate_urlpatterns(translations, around_each)

told: list[URLPattern | URLResolver] = [
    path("api/main/documents/<int:number>/", shown.document, name="office_document"),
    path("api/main/images/<int:number>/", shown.picture, name="office_picture"),
]
decorate_urlpatterns(told, require_admin_access)
decorate_urlpatterns(told, around.spoken)

link = around.spoken(require_admin_access(around.needing("external-link-chooser-url", ExternalLinkView.as_view())))

admin = decorate_urlpatterns(wagtail_admin.urlpatterns, around.own_pages_only)
decorate_urlpatterns(admin, around.refusable)
decorate_urlpatterns(admin, around.in_our_face)

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", doors.sign_in),
    path("logout/", doors.sign_out),
    path("account/", doors.own_account),
    re_path(r"^password_reset/", doors.closed),
    re_path(r"^bulk/accounts/user/", doors.closed),
    path("failwhale/", doors.closed),
    path("api/main/pages/<int:page_id>/action/<str:action>/", doors.closed, name="office_no_page_action"),
    path("localize/page/<int:page_id>/convert_to_alias/", doors.closed, name="office_no_alias"),
    path("pages/<int:page_id>/privacy/", doors.closed, name="office_no_page_privacy"),
    path("collections/<int:collection_id>/privacy/", doors.closed, name="office_no_collection_privacy"),
    path("", include(translations)),
    re_path(r"^localize/reports/", doors.closed),  # our list knows the same and asks whose pages they are
    path("choose-external-link/", link, name="wagtailadmin_choose_page_external_link"),
    path("", include(told)),
    re_path(r"^api/main/documents/", doors.closed),  # the choosers ask for rights, these lists do not
    re_path(r"^api/main/images/", doors.closed),
    path("reports/site-history/", include(of_the_whole_house(LogEntriesView))),
    path("reports/page-types-usage/", include(of_the_whole_house(PageTypesUsageReportView))),
    path("", include(decorate_urlpatterns(admin, around.spoken))),
]

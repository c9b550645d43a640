"""Offline packages in the office: what is made, how far, what went wrong, and the wish to have it made again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.middleware.csrf import get_token
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import page_permission_policy

from cms.domain.parcels import UNREADABLE
from cms.models import CourseParcel
from cms.office.folders import writes
from cms.states import Making, Parcel
from cms.views.parcels import again
from hrdplatform.office.policies import OwnedPolicy, Roles
from hrdplatform.office.views.owned import OwnIndex
from hrdplatform.office.viewsets import OwnedViewSet

SEE = "view"


class CoursesPolicy(OwnedPolicy):
    """Who may change a course sees its packages. Nobody makes, changes or deletes one by hand."""

    def everywhere(self, user: Any, actions: Iterable[str]) -> bool:
        return bool(user.is_superuser) and SEE in actions

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return SEE in actions and bool(user.is_active) and writes(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        if SEE not in actions or not user.is_active:
            return CourseParcel.objects.none()
        courses = page_permission_policy.instances_user_has_permission_for(user, "change")
        return CourseParcel.objects.filter(course__in=courses.values("pk"))


def state_words(parcel: CourseParcel) -> str:
    """Where a package stands, in plain words."""
    if parcel.state == Making.WANTED:
        return _("%(percent)s per cent made") % {"percent": parcel.done} if parcel.done else str(Making.WANTED.label)
    if parcel.state == Making.READY:
        return str(Making.READY.label)
    if parcel.failure.startswith(UNREADABLE):
        page = parcel.failure.removeprefix(UNREADABLE)
        return _("Not made: a picture or document in “%(page)s” cannot be read. Put it there anew.") % {"page": page}
    return _("Not made, because of a fault of the platform. It is tried again every night.")


def file_words(parcel: CourseParcel) -> str:
    """How large the file is that readers get; empty while there is none."""
    return filesizeformat(parcel.size) if parcel.file else ""


class AgainColumn(Column):
    """A button that asks for the package anew; a form, since it changes something."""

    cell_template_name = "cms/office/again.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        address = reverse("office_parcels:again", args=[instance.pk])
        return {**context, "address": address, "token": get_token(parent_context["request"])}


class ParcelIndex(OwnIndex):
    """The list, with all that it says of the courses in the same query; on a phone a block for each package."""

    table_classname = "listing stack"

    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().select_related("course__locale")


class ParcelViewSet(OwnedViewSet):
    """A list and nothing else: packages are made by the worker."""

    model = CourseParcel
    roles: Roles = {}
    index_view_class = ParcelIndex
    icon = "download"
    menu_label = gettext_lazy("Offline packages")
    menu_order = 246
    copy_view_enabled = False
    inspect_view_enabled = False
    ordering = ("course__title", "course_id", "form")
    list_filter: ClassVar[list[str]] = ["state", "form"]
    list_display: ClassVar[list[Any]] = [
        Column("course", label=gettext_lazy("Course"), accessor="course.title"),
        Column("language", label=gettext_lazy("Language"), accessor="course.language"),
        Column("form", label=gettext_lazy("Form"), accessor=lambda row: Parcel(row.form).label),
        Column("state", label=gettext_lazy("State"), accessor=state_words),
        Column("size", label=gettext_lazy("Size"), accessor=file_words),
        DateColumn("made_at", label=gettext_lazy("Made")),
        AgainColumn("again", label=gettext_lazy("Make again"), accessor="pk"),
    ]

    def make_policy(self) -> OwnedPolicy:
        return CoursesPolicy(self.model, owner="course", roles=self.roles)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("again/<int:pk>/", again, name="again"),
        ]


def seen_by(user: Any) -> models.QuerySet[CourseParcel]:
    """The packages that somebody looks after."""
    policy = CoursesPolicy(CourseParcel, owner="course", roles={})
    return policy.instances_user_has_any_permission_for(user, [SEE])


parcels = ParcelViewSet("office_parcels", url_prefix="packages")

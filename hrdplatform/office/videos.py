"""Videos in the office: sent, captioned and chosen by the people of the organisation on whose shelf they lie."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.models import Collection

from hrdplatform.media.forms import PlatformVideoForm
from hrdplatform.media.models import PlatformVideo
from hrdplatform.office.views.owned import OwnChoose, OwnChooseResults
from hrdplatform.office.viewsets import OwnedChooserViewSet, ShelvedViewSet


class VideoViewSet(ShelvedViewSet):
    """The list, and the form with file, captions and transcript."""

    model = PlatformVideo
    keeper = "uploaded_by"

    icon = "media"
    menu_order = 320
    copy_view_enabled = False  # two rows with one file: deleting one would take the other's
    list_display: ClassVar[list[str]] = ["title", "language", "collection"]
    search_fields: ClassVar[list[str]] = ["title"]
    inspect_view_fields_exclude: ClassVar[list[str]] = ["uploaded_by"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("collection"),
            FieldPanel("file"),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("language"), FieldPanel("seconds")]),
            FieldPanel("poster"),
            InlinePanel("tracks", label=_("Track"), heading=_("Captions, chapters, descriptions")),
            FieldPanel("wordless"),
            FieldPanel("transcript"),
            FieldPanel("described"),
        ],
        base_form_class=PlatformVideoForm,
    )


class VideoFilterForm(SearchFilterMixin, BaseFilterForm):
    """Looking for a video by its words; a list of everybody's collections is nobody's business."""


class VideoChoose(OwnChoose):
    """The chooser's window."""

    filter_form_class = VideoFilterForm


class VideoChooseResults(OwnChooseResults):
    """The chooser's list."""

    filter_form_class = VideoFilterForm


class VideoChooserViewSet(OwnedChooserViewSet):
    """Choosing a video."""

    model = PlatformVideo
    icon = "media"
    choose_one_text = _("Choose a video")
    choose_another_text = _("Choose another video")
    choose_view_class = VideoChoose
    choose_results_view_class = VideoChooseResults


videos = VideoViewSet("office_videos", url_prefix="videos")
video_chooser = VideoChooserViewSet("office_video_chooser")


def videos_in(collection: Collection) -> dict[str, Any] | None:
    """What keeps a collection from being deleted."""
    count = PlatformVideo.objects.filter(collection=collection).count()
    if not count:
        return None
    words = ngettext("%(count)s video", "%(count)s videos", count) % {"count": count}
    return {"count": count, "count_text": words}

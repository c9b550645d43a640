"""Videos in the office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hrdplatform.media.models import PlatformVideo
from hrdplatform.office.viewsets import OwnedChooserViewSet


class VideoChooserViewSet(OwnedChooserViewSet):
    """Choosing a video."""

    model = PlatformVideo
    icon = "media"
    choose_one_text = _("Choose a video")
    choose_another_text = _("Choose another video")


video_chooser = VideoChooserViewSet("office_video_chooser")

"""The nouns of media."""

from hrdplatform.media.models.document import PlatformDocument
from hrdplatform.media.models.image import PlatformImage, PlatformRendition
from hrdplatform.media.models.order import PictureOrder
from hrdplatform.media.models.video import PlatformVideo, Track

__all__ = ["PictureOrder", "PlatformDocument", "PlatformImage", "PlatformRendition", "PlatformVideo", "Track"]

"""The nouns of media."""

from hrdplatform.media.models.document import PlatformDocument
from hrdplatform.media.models.image import PlatformImage, PlatformRendition
from hrdplatform.media.models.video import PlatformVideo, Track

__all__ = ["PlatformDocument", "PlatformImage", "PlatformRendition", "PlatformVideo", "Track"]

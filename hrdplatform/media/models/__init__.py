"""The nouns of media."""

from hrdplatform.media.models.document import PlatformDocument
from hrdplatform.media.models.image import PlatformImage, PlatformRendition

__all__ = ["PlatformDocument", "PlatformImage", "PlatformRendition"]

"""What an editor may place on a page: a dozen blocks, each drawn in the face of the platform.

Shapes keep clear of two faults of wagtail-localize 1.14.5: an `ImageBlock` two structs deep and a `PageChooserBlock`
inside a `ListBlock` cannot be translated. There is no raw HTML and no embed.
"""

from cms.blocks.bodies import BodyBlock, LessonBlock
from cms.blocks.channels import ChannelsBlock
from cms.blocks.plain import TEXT, WORDS
from cms.blocks.ways import WaysBlock

__all__ = ["TEXT", "WORDS", "BodyBlock", "ChannelsBlock", "LessonBlock", "WaysBlock"]

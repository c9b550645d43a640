"""Tags of public pages: the way to the sealed door, and pictures in sizes that fit."""

from __future__ import annotations

from django import template
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.menus import aid_address
from hrdplatform.media import sizes

register = template.Library()


@register.simple_tag(takes_context=True, name="aid_address")
def aid_address_tag(context: template.Context, path: str = "") -> str:
    """The address of `path` on the sealed door, in the page's language."""
    return aid_address(context.get("request"), path)


@register.simple_tag
def plain_picture(image: AbstractImage | None) -> AbstractRendition | None:
    """The one size of an image that everything can show; none where it cannot be made."""
    return sizes.shown(image, sizes.PLAIN) if image is not None else None


@register.inclusion_tag("cms/parts/picture.html")
def picture(image: AbstractImage, description: str, *, decorative: bool = False) -> dict[str, object]:
    """The image in the sizes that the worker has made, with a JPEG that is made at once where it is missing.

    `description` is read aloud unless decorative; it stands in the place of a picture that cannot be made.
    """
    made = sizes.standing(image)
    formats = [("image/avif", sizes.AVIF), ("image/webp", sizes.WEBP)]
    sources = [(kind, [made[spec] for spec in specs if spec in made]) for kind, specs in formats]
    return {
        "sources": [(kind, renditions) for kind, renditions in sources if renditions],
        "plain": made.get(sizes.PLAIN) or sizes.shown(image, sizes.PLAIN),
        "description": "" if decorative else description,
    }

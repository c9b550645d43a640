"""Tags of public pages: the way to the sealed door, and pictures in sizes that fit."""

from __future__ import annotations

from django import template
from wagtail.images.models import AbstractImage

from cms.menus import aid_address

register = template.Library()


@register.simple_tag(takes_context=True, name="aid_address")
def aid_address_tag(context: template.Context, path: str = "") -> str:
    """The address of `path` on the sealed door, in the page's language."""
    return aid_address(context.get("request"), path)


@register.inclusion_tag("cms/parts/picture.html")
def picture(image: AbstractImage, description: str, *, decorative: bool = False) -> dict[str, object]:
    """The image as WebP in three widths with a JPEG to fall back on; `description` is read aloud unless decorative."""
    narrow, middle, wide = (image.get_rendition(f"width-{width}|format-webp") for width in (400, 800, 1216))
    plain = image.get_rendition("width-800|format-jpeg|jpegquality-80")
    return {
        "sources": [(rendition.url, rendition.width) for rendition in (narrow, middle, wide)],
        "plain": plain,
        "description": "" if decorative else description,
    }

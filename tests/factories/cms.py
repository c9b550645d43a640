"""Pages, images and documents for tests."""

from __future__ import annotations

import io
from importlib import import_module

from django.apps import apps
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, Locale

from cms.domain import trees
from cms.models import HomePage, StandardPage
from hrdplatform.media.models import PlatformDocument, PlatformImage

MAY_TRANSLATE = "wagtail_localize.migrations.0006_create_submit_translation_permission"


def planted(*languages: str) -> HomePage:
    """The trees of the complete languages and of `languages`; answers the French home page."""
    wanted = dict.fromkeys((*trees.LANGUAGES, *languages))
    trees.plant(apps.get_model, wanted)
    trees.plant_learning(apps.get_model, wanted)
    # A test with real transactions empties what migrations had made.
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    import_module(MAY_TRANSLATE).create_submit_translation_permission(apps, None)
    return home("fr")


def home(language: str) -> HomePage:
    return HomePage.objects.get(locale=Locale.objects.get(language_code=language), translation_key=trees.HOME_KEY)


def stored(body: list, kind: type = StandardPage) -> list:
    """A body as the editor stores it: each block, and each item of a list, with an id of its own."""
    blocks = kind.body.field.stream_block
    value = blocks.to_python(body)
    list(value)  # what was not looked at would be stored as it came
    return blocks.get_prep_value(value)


def standard_page(title: str = "Vie privée", *, parent=None, live: bool = True, body=None, **fields) -> StandardPage:
    page = StandardPage(title=title, live=live, locale=(parent or home("fr")).locale, body=stored(body or []), **fields)
    (parent or home("fr")).add_child(instance=page)
    return page


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (64, 48), **options) -> bytes:
    """A small valid picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, "#17466b").save(stream, kind, **options)
    return stream.getvalue()


def image(title: str = "Arches", name: str = "arches.png") -> PlatformImage:
    return PlatformImage.objects.create(title=title, file=ContentFile(picture_bytes(), name))


def document(title: str = "Fiche", name: str = "fiche.pdf") -> PlatformDocument:
    found = PlatformDocument(title=title, file=ContentFile(b"%PDF-1.7\n%fiche\n", name))
    found._set_document_file_metadata()
    found.save()
    return found

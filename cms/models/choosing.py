"""The form of every page: what it shows or links to is what its writer may choose, whatever was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Field
from django.forms import BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import RichText

from cms.models.changing import says_the_same
from cms.models.dating import DatedForm
from hrdplatform.office.choices import Named, as_named, named_by, named_in, not_offered

NOT_YOURS = _(
    "Nothing was saved: a picture, document, video or page here is not yours to use, or no longer there. Its place is "
    "empty now: choose another."
)
LINK: Final = re.compile(r"<a\b[^>]*>")
TEXT: Final = RichTextField()


class ReadOnce(BoundField):
    """A field of which what was sent is read once: each reading of blocks asks the database for all that they show."""

    @cached_property
    def data(self) -> Any:
        return super().data


class PageForm(DatedForm):
    """Refuses pictures, documents, videos and pages that the choosers would not have offered: published with this page
    they would be public. What the page names already may stay, whoever put it there.
    """

    bound_field_class = ReadOnce

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields that say something else than before."""
        return [name for name in super().changed_data if not says_the_same(self[name])]

    def clean(self) -> dict[str, Any]:
        """Adds an error where something is named that is not the writer's to choose. All that was typed stays; what
        was refused is not shown either, since its title is as private as itself.
        """
        cleaned: dict[str, Any] = super().clean()
        if self.for_user is None:  # the platform itself
            return cleaned
        places = [(form, name, field, value) for form in self.parts() for name, field, value in sent(form)]
        named = {one for _form, _name, field, value in places for one in named_in(field, value)}
        refused = self.not_there_before(not_offered(named, self.for_user))
        for form, name, field, value in places:
            if named_in(field, value) & refused:
                form.add_error(name, error_in(field, value, refused))
                left = without(field, value, refused)
                form.fields[name].bound_data = lambda _data, _initial, shown=left: shown
        if refused:
            self.add_error(None, ValidationError(NOT_YOURS, code="not_yours"))
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """As Wagtail's, whose editor writes to the row of a page that was not public when it looked. What went live
        since stays as readers see it; what was typed is kept as a draft.
        """
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            live = Page.objects.select_for_update().filter(pk=self.instance.pk).values_list("live", flat=True).first()
            return super().save(commit=not live)

    def parts(self) -> Iterator[Any]:
        """This form, and those of the rows that belong to the page and stay, looked at."""
        yield self
        for rows in self.formsets.values():
            looked_at = [form for form in rows.forms if form.is_valid() or form.errors]
            yield from (form for form in looked_at if not form.cleaned_data.get(DELETION_FIELD_NAME))

    def not_there_before(self, named: Named) -> Named:
        """Without what the row of the page names, and for what that leaves open its newest version; what stands in an
        older version that is opened to be restored is no reason.
        """
        if not named or self.instance.pk is None:
            return named
        rows = ReferenceIndex.get_references_for_object(self.instance).select_related("to_content_type")
        kinds = ((row.to_content_type.model_class(), row.to_object_id) for row in rows)
        left = named - as_named((kind, key) for kind, key in kinds if kind is not None)
        newest = self.instance.get_latest_revision() if left and self.instance.has_unpublished_changes else None
        if newest is None:
            return left
        return left - named_by(type(self.instance).from_serializable_data(newest.content, check_fks=False))


def sent(form: Any) -> Iterator[tuple[str, Field[Any, Any], Any]]:
    """The fields of a form that belong to its model, with what was sent. Texts and blocks come also where something
    else in them is wrong: they are shown again.
    """
    for name in form.fields:
        try:
            field = form._meta.model._meta.get_field(name)  # noqa: SLF001  # Django's documented name
        except FieldDoesNotExist:
            continue
        if name in form.cleaned_data:
            yield name, field, form.cleaned_data[name]
        elif hasattr(field, "extract_references"):
            yield name, field, form[name].data


def error_in(field: Any, value: Any, refused: Named) -> ValidationError:
    """The error, at the blocks that it is about."""
    error = ValidationError(NOT_YOURS, code="not_yours")
    if not isinstance(field, StreamField):
        return error
    wrong = [place for place, child in enumerate(value) if named_in(child.block, child.value) & refused]
    at_blocks: ValidationError = StreamBlockValidationError(block_errors=dict.fromkeys(wrong, error))
    return at_blocks


def without(field: Any, value: Any, refused: Named) -> Any:
    """The value with an empty place wherever something refused was named."""
    if isinstance(field, StreamField):
        return emptied(field.stream_block, value, refused)
    return unlinked(value, refused) if isinstance(field, RichTextField) else None


def emptied(block: Any, value: Any, refused: Named) -> Any:
    """The same for the value of one block."""
    if value is None or not named_in(block, value) & refused:
        return value
    if isinstance(block, RichTextBlock):
        return RichText(unlinked(value.source, refused))
    if isinstance(block, StreamBlock):
        for child in value:
            child.value = emptied(child.block, child.value, refused)
    elif isinstance(block, ListBlock):
        for child in value.bound_blocks:
            child.value = emptied(block.child_block, child.value, refused)
    elif isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        for name, inner in block.child_blocks.items():
            value[name] = emptied(inner, value.get(name), refused)
    else:  # a chooser
        return None
    return value


def unlinked(html: str, refused: Named) -> str:
    """Rich text in which links to something refused are only their words."""
    return LINK.sub(lambda tag: "<a>" if named_in(TEXT, tag[0]) & refused else tag[0], html)

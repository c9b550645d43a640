"""wagtail-localize's forms about a page, for those who may edit it. Its own ask for the right in general, and not whose
picture a translation shows instead of its source's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BooleanField, Form, HiddenInput, ModelMultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import JavaScriptCatalog
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.views.edit_translation import edit_override, edit_string_translation, stop_translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from hrdplatform.office.choices import named_by, not_offered
from hrdplatform.web.addresses import SCHEMES, local

QUOTE: Final = "'"
"""How the place of a link in a text ends: its path is the address, quoted."""


class OwnSubmit(SubmitPageTranslationView):
    """Asking for translations of a page."""

    def get_object(self) -> Page:
        """The page, if it is the visitor's to edit. Raises `Http404`."""
        page: Page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page

    def get_form(self) -> Form:
        """Offers the languages that the page above stands in, and says which ones want that first."""
        form: Form = super().get_form()
        above, field = self.object.get_parent(), form.fields["locales"]
        if above.depth > 1 and isinstance(field, ModelMultipleChoiceField):
            there = above.get_translations(inclusive=True).values("locale")
            offered = Locale.objects.filter(pk__in=field.queryset or ())
            missing = ", ".join(str(locale.get_display_name()) for locale in offered.exclude(pk__in=there))
            field.queryset = offered.filter(pk__in=there)
            words = _("“%(page)s”, the page above, does not stand there yet: %(languages)s. Translate it first.")
            field.help_text = words % {"page": above.get_admin_display_title(), "languages": missing} if missing else ""
        return form


class OwnUpdate(UpdateTranslationsView):
    """Bringing translations up to date with their source."""

    def get_object(self) -> Any:
        """The source, if its page is the visitor's to edit. Raises `Http404`."""
        source = super().get_object()
        page = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
        if page is None or not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return source

    def get_form(self) -> Form:
        """Without the choice to publish at once what needs four eyes: nobody is shown it here."""
        form: Form = super().get_form()
        if getattr(self.object.specific_content_type.model_class(), "four_eyes", False):
            form.fields["publish_translations"] = BooleanField(disabled=True, required=False, widget=HiddenInput)
        return form


class OwnWords(JavaScriptCatalog):
    """The words of the editor of translations. A blank at the end joins the name of a language: French lost it."""

    packages: list[str] | None = ["wagtail_localize"]  # typed as Django types it

    def get_catalog(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_catalog()
        return found | {said: f"{words.rstrip()} " for said, words in found.items() if said.endswith(" ")}


@contextmanager
def as_it_stood(number: int, user: Any, texts: QuerySet[Any], words: str) -> Iterator[None]:
    """What is sent again as it stands in the column `words` stays written by whom it was, and when. Waits while the
    translation is published. Raises `PermissionDenied` where somebody else locked its page.
    """
    with transaction.atomic():
        translation = Translation.objects.filter(pk=number).first()
        if translation is not None:
            source = TranslationSource.objects.select_for_update().get(pk=translation.source_id)
            key = {"translation_key": source.object_id, "locale_id": translation.target_locale_id}
            if Page.objects.filter(**key, locked=True).exclude(locked_by=user).exists():
                raise PermissionDenied
        before = texts.values(words, "last_translated_by", "updated_at").first()
        yield
        if before is not None:
            texts.filter(**{words: before.pop(words)}).update(**before)


def own_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """A text of a translation; see `as_it_stood`."""
    segment = StringSegment.objects.filter(pk=string_segment_id)
    texts = StringTranslation.objects.filter(
        locale__in=language_of(translation_id),
        translation_of__in=segment.values("string"),
        context__in=segment.values("context"),
    )
    with as_it_stood(translation_id, request.user, texts, "data"):
        answer: HttpResponse = edit_string_translation(request, translation_id, string_segment_id)
    return answer


def own_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponse:
    """A translation shows or links to something else than its source; see `as_it_stood`. Raises `PermissionDenied`
    where that is not the visitor's to choose, or no link that readers may be led by; then nothing was written.
    """
    context = OverridableSegment.objects.filter(pk=overridable_segment_id).values("context")
    shown = SegmentOverride.objects.filter(locale__in=language_of(translation_id), context__in=context)
    with as_it_stood(translation_id, request.user, shown, "data_json"):
        answer: HttpResponse = edit_override(request, translation_id, overridable_segment_id)
        if (
            request.method == "PUT"
            and answer.status_code < 400
            and (misleads(translation_id, overridable_segment_id) or names_foreign(request.user, translation_id))
        ):
            raise PermissionDenied
    return answer


@require_POST
def own_stop(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The page is no translation any more. Asks first: wagtail-localize's button stands where one looks for publishing.
    Raises `Http404` for a page that is not the visitor's to edit.
    """
    if "sure" in request.POST:
        answer: HttpResponse = stop_translation(request, translation_id)
        return answer
    page = get_object_or_404(Translation, pk=translation_id).get_target_instance()
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return render(request, "office/stop_translation.html", {"page": page, "next": request.POST.get("next", "")})


def language_of(number: int) -> QuerySet[Any]:
    """The language that a translation is into, for a query."""
    found: QuerySet[Any] = Translation.objects.filter(pk=number)
    return found.values("target_locale")


def misleads(number: int, segment: int) -> bool:
    """Whether what stands in the place of a link is none, but for example a program."""
    replaced = OverridableSegment.objects.select_related("context").get(pk=segment)
    if not replaced.context.path.endswith(QUOTE) and not leads_on(replaced.data):
        return False
    return not leads_on(SegmentOverride.objects.get(context=replaced.context, locale__in=language_of(number)).data)


def leads_on(address: object) -> bool:
    """Whether something is a link: of a scheme that people may write, to a place on the same page, or to one of our
    own pages.
    """
    if not isinstance(address, str):
        return False
    scheme, colon, _rest = address.partition(":")
    if address.startswith(("/", "#")):
        return address.startswith("#") or bool(local(address))
    return bool(colon) and scheme.lower() in SCHEMES


def names_foreign(user: Any, number: int) -> bool:
    """Whether a translation, as it stands, names what neither the source nor its own page names and what `user` could
    not choose.
    """
    translation = Translation.objects.select_related("source", "target_locale").get(pk=number)
    source, locale = translation.source, translation.target_locale
    before = named_by(source.as_instance()) | named_by(source.get_translated_instance(locale))
    try:
        after = named_by(source.get_ephemeral_translated_instance(locale, fallback=True))
    except (ObjectDoesNotExist, ValueError, TypeError):  # nothing that could be chosen
        return True
    return bool(not_offered(after - before, user))

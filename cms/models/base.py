"""What every page has: the language it is written in, and its place in the trees."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page, PagePermissionTester, Revision
from wagtail.search import index

from cms.models.choosing import PageForm
from cms.models.copying import PageCopyForm
from cms.rules import may_be_written_over
from hrdplatform.web import clock, doors
from hrdplatform.web.languages import PUBLIC, RIGHT_TO_LEFT, with_fallback

BELOW_HOME = frozenset({"aid", "emergency", "learn", "parts", "quetsch", "search"})
"""Words that stand in addresses right below the language for something other than a page of an editor's."""

OF_DRAFTS = frozenset({"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"})
"""What Wagtail writes on the row of a page when a draft is kept: nothing that is found, nothing that the row names."""

OF_THE_ROW = frozenset({"alias_of", "content_type", "latest_revision", "locale", "locked_by", "owner"})
"""What Wagtail takes from the row of a page, whatever a version of it says."""


class OpenPermissions(PagePermissionTester):
    """Nobody puts a page behind a password, an account or a group: what is not public is not published."""

    def can_set_view_restrictions(self) -> bool:
        return False


class BasePage(Page):
    """The abstract ground of our pages. Wagtail's own page model is not swapped: wagtail-localize cannot take that."""

    lead = models.TextField(_("lead"), blank=True, max_length=400, help_text=_("One or two sentences under the title."))

    base_form_class = PageForm
    copy_form_class = PageCopyForm
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("lead", boost=2)]
    search_auto_update: ClassVar[bool] = False
    """Wagtail would index the row anew with each draft. `cms.receivers` does it when the row changes."""

    private_page_options: ClassVar[list[str]] = []
    """No page behind a password: public addresses set no cookie. What is not public is not published."""

    taken_words: ClassVar[frozenset[str]] = frozenset()
    """Words that mean something else where such a page stands: no page of its kind has them in its address."""

    four_eyes: ClassVar[bool] = False
    """Whether nobody may publish alone what she wrote. `cms.guard` asks, whichever way it is published."""

    class Meta:
        abstract = True

    @property
    def given_slug(self) -> str:
        """The short name that the house gives, whatever a form, a file or a translation says; empty for most pages."""
        return ""

    def clean(self) -> None:
        """Raises `ValidationError` for a short name at whose address another answers, or another than the given one."""
        super().clean()
        if self.given_slug and self.slug != self.given_slug:
            raise ValidationError({"slug": _("This address is given: %(slug)s.") % {"slug": self.given_slug}})
        if self.slug in self.taken_words:
            raise ValidationError({"slug": _("This word has a meaning of its own in addresses. Take another.")})

    def save(self, *arguments: Any, **words: Any) -> None:
        """As Wagtail's. Where only a draft is noted on the row, what the row refers to is not looked through again."""
        from wagtail.signal_handlers import disable_reference_index_auto_update  # noqa: PLC0415  # needs loaded models

        if self.given_slug:
            self.slug = self.given_slug
        noted = words.get("update_fields")
        if noted is None or not OF_DRAFTS.issuperset(set(noted) - {COMMENTS_RELATION_NAME}) or self.commented():
            super().save(*arguments, **words)
            return
        words["update_fields"] = [name for name in noted if name != COMMENTS_RELATION_NAME]
        with disable_reference_index_auto_update():
            super().save(*arguments, **words)

    def save_revision(self, *arguments: Any, overwrite_revision: Revision | None = None, **words: Any) -> Revision:
        """As Wagtail's, whose editor writes over its last version by the clock. What others were asked about or said
        yes to stays as it is; newer words stand in a version of their own.
        """
        if overwrite_revision is None:
            return super().save_revision(*arguments, **words)
        with transaction.atomic():
            Page.objects.select_for_update().only("pk").get(pk=self.pk)  # nobody approves meanwhile
            stands = Revision.objects.get(pk=overwrite_revision.pk)
            over = stands if may_be_written_over(stands) else None
            return super().save_revision(*arguments, overwrite_revision=over, **words)

    def commented(self) -> bool:
        """Whether the page has comments, stored or about to be: their writers are references too."""
        comments = getattr(self, COMMENTS_RELATION_NAME)
        return bool(comments.all()) or Comment.objects.filter(page=self.pk).exists()

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """As Wagtail's. What it takes from the row is not looked up first as the version says it, nor the page above
        twice.
        """
        version = super().with_content_json({name: value for name, value in content.items() if name not in OF_THE_ROW})
        version._cached_parent_obj = self.get_parent()  # noqa: SLF001  # treebeard's own note on the object
        return version

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What `user` may do with this page."""
        return OpenPermissions(user, self)

    @property
    def language(self) -> str:
        """The code of the language that this page is written in."""
        return str(self.locale.language_code)

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for the editor's preview and for quotations."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds `alternates` (translations with their addresses), `way` (the pages above), `full_address`, `at` and
        `today`.

        The language menu leads to this page's translation or, where there is none, to that language's home page.
        """
        from cms import queries  # noqa: PLC0415  # queries stand above models
        from cms.above import above  # noqa: PLC0415

        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        origin = doors.origin(doors.Door.PUBLIC)
        translations = [
            {"language": language, "address": address, "full": f"{origin}{address}"}
            for language, address in queries.alternates(self)
        ]
        context["at"] = clock.now()
        context["today"] = timezone.localdate(context["at"])
        context["alternates"] = with_fallback(translations)
        context["full_address"] = f"{origin}{self.url_path}"
        context["way"] = above(self).way
        known = {translation["language"]: translation["address"] for translation in translations}
        request.alternates = {code: known.get(code) or f"/{code}/" for code in PUBLIC}
        return context

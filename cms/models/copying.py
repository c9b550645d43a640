"""The form that copies a page: a longer title or short name than a page can hold is refused with words."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page


class PageCopyForm(CopyForm):
    """Wagtail's own asks for no length, and PostgreSQL answers a longer name with a fault."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked, column in (("new_title", "title"), ("new_slug", "slug")):
            longest = Page._meta.get_field(column).max_length  # noqa: SLF001 - Django documents it
            self.fields[asked].validators.append(MaxLengthValidator(longest))

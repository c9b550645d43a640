"""Courses as folders in the office: the form, who may send one in, and the way there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.domain.arrivals import writable
from cms.folders.sources import MOST_BYTES
from cms.models import CoursePage, GuidePage, SentFolder
from cms.states import Arrival
from hrdplatform.office.access import roles_held
from hrdplatform.organisations.domain.roles import WRITING
from hrdplatform.organisations.models import Organisation

IMPORT = "office_import_course"
SENT = "office_sent_folder"
TAKE = "office_take_folder"
STOP = "office_stop_folder"
EXPORT = "office_export_course"


class FolderForm(forms.Form):
    """A zip file, and whose section it goes into."""

    organisation = forms.ModelChoiceField(label=_("Section of"), queryset=Organisation.objects.none())
    folder = forms.FileField(
        label=_("Folder as a zip file"),
        help_text=_("A course: course.yaml and its modules. A guide: its .md file, alone or in a zip file with media."),
    )

    def clean_folder(self) -> Any:
        """Raises `ValidationError` for a file that is larger than all that may be in it."""
        sent = self.cleaned_data["folder"]
        if sent.size > MOST_BYTES:
            raise ValidationError(_("Send less than %(most)s MB at once."), params={"most": MOST_BYTES // 1024**2})
        return sent

    def __init__(self, *arguments: Any, user: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices: Any = self.fields["organisation"]
        choices.queryset = writable(user)
        if choices.queryset.count() == 1:
            choices.initial = choices.queryset.first()


def state_words(row: SentFolder) -> str:
    """Where a folder stands, in plain words."""
    if row.state == Arrival.WANTED and row.done:
        return gettext("%(percent)s per cent read") % {"percent": row.done}
    return str(Arrival(row.state).label)


def writes(user: Any) -> bool:
    """Whether somebody is an author or editor anywhere; asked for the menu of every page, so without a query."""
    return bool(user.is_superuser) or any(roles & set(WRITING) for roles in roles_held(user).values())


class ImportItem(MenuItem):
    """The way to the import, for who writes somewhere."""

    def is_shown(self, request: Any) -> bool:
        return writes(request.user)


def import_item() -> MenuItem:
    """Beside the other things to learn from."""
    return ImportItem(_("Take in a course"), reverse(IMPORT), name="import-course", icon_name="upload", order=245)


def export_button(page: Page, user: Any, **_words: Any) -> list[Button]:
    """The download of a course or guide, for who may change it."""
    specific = page.specific_class
    if specific not in {CoursePage, GuidePage} or not page.permissions_for_user(user).can_edit():
        return []
    return [Button(_("Download as a folder"), reverse(EXPORT, args=[page.pk]), icon_name="download", priority=60)]

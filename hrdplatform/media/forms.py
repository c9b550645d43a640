"""The upload forms of the office, with our own gate in front of Wagtail's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hrdplatform.media import documents, pictures, videos
from hrdplatform.media.holding import HeldForm
from hrdplatform.media.models import Track
from hrdplatform.media.queries import is_public


class PictureField(WagtailImageField):
    """Takes a picture and hands on its clean copy. Looks at the header before Wagtail (and Willow) see the file."""

    def to_python(self, data: Any) -> Any:
        """The clean copy. Raises `PictureRefusedError`."""
        uploaded = forms.FileField.to_python(self, data)
        if uploaded is None:
            return None
        uploaded.seek(0)
        return super().to_python(pictures.clean_copy(uploaded, uploaded.name or "", uploaded.size or 0))


class PlatformImageForm(HeldForm, BaseImageForm):
    """Title, file, description, tags and focal point of an image."""

    stays = frozenset({"file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"})

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        stock = self.fields.get("file")
        if stock is not None:
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)


class PlatformDocumentForm(HeldForm, BaseDocumentForm):
    """Title, file and tags of a document."""

    said = frozenset({"title"})

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "The document is published as it is, with the names that its properties may hold. Look before you send."
            )

    def clean_file(self) -> Any:
        """The file, unchanged. Raises `DocumentRefusedError`."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and isinstance(file, UploadedFile):
            documents.check(file, file.name or "", file.size or 0)
        return file


class PlatformVideoForm(HeldForm, WagtailAdminModelForm):
    """A video with its tracks. The length is taken from the file."""

    stays = frozenset({"file", "address", "described", "poster"})
    said = frozenset({"title", "language", "transcript", "wordless"})

    seconds_found = 0

    def __init__(self, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        for name in ("file", "described"):
            self.fields[name].help_text = _(
                "MP4 (H.264 and AAC) or WebM. Place, time and device are taken out; what one sees and hears stays."
            )

    def clean_file(self) -> Any:
        """The file, without what its container said. Raises `VideoRefusedError`."""
        return self.cleaned("file")

    def clean_described(self) -> Any:
        """As `clean_file`."""
        return self.cleaned("described")

    def cleaned(self, name: str) -> Any:
        """The file of one field, cleaned in place if it has just come."""
        file = self.cleaned_data[name]
        if isinstance(file, UploadedFile):
            found = videos.clean(file, file.name or "", file.size or 0)
            self.seconds_found = self.seconds_found or found.seconds
        return file

    def _post_clean(self) -> None:
        """As Django's. Where a file or an address was refused, that none is there is no second reason."""
        self.instance.refused = not {"file", "address"}.isdisjoint(self.errors)
        super()._post_clean()

    def is_valid(self) -> bool:
        """Also refuses to leave a video that readers see without captions and transcript, and tracks by those who may
        not change its words. Says which file has to be chosen once more: a page that is shown again holds none.
        """
        valid: bool = super().is_valid() and not self.more_refused()
        for name in ("file", "described") if not valid else ():
            if name in self.files and not self.has_error(name, "again"):
                self.add_error(name, ValidationError(_("Choose the file once more."), code="again"))
        return valid

    def more_refused(self) -> bool:
        """Whether something is wrong that rows and form show together; it stands in the form then."""
        if self.formsets["tracks"].has_changed() and (refused := self.words_refused()):
            self.add_error(None, refused)
        elif self.instance.pk and (lacks := self.will_lack()) and is_public(self.instance):
            self.add_error("transcript", _("A page shows this video: it needs %(lacks)s.") % {"lacks": lacks})
        return bool(self.errors)

    def will_lack(self) -> str:
        """What it needs, in words, once this is saved."""
        rows = [form.cleaned_data for form in self.formsets["tracks"].forms if form.cleaned_data]
        kinds = [row["kind"] for row in rows if not row.get("DELETE")]
        lacks: str = self.instance.lacking(captioned=Track.Kind.CAPTIONS in kinds)
        return lacks

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """Saves, with the length that was found and who brought it."""
        if self.seconds_found:
            self.instance.seconds = self.seconds_found
        if self.instance.pk is None:
            self.instance.uploaded_by = self.for_user
        return super().save(commit=commit)

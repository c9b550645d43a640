"""The upload forms of the office, with our own gate in front of Wagtail's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hrdplatform.media import documents, pictures


class PictureField(WagtailImageField):
    """Takes a picture and hands on its clean copy. Looks at the header before Wagtail (and Willow) see the file."""

    def to_python(self, data: Any) -> Any:
        """The clean copy. Raises `PictureRefusedError`."""
        uploaded = forms.FileField.to_python(self, data)
        if uploaded is None:
            return None
        uploaded.seek(0)
        return super().to_python(pictures.clean_copy(uploaded, uploaded.name or "", uploaded.size or 0))


class PlatformImageForm(BaseImageForm):
    """Title, file, description, tags and focal point of an image."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        stock = self.fields.get("file")
        if stock is not None:
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)


class PlatformDocumentForm(BaseDocumentForm):
    """Title, file and tags of a document."""

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

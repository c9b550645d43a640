"""Documents to download."""

from __future__ import annotations

from wagtail.documents.models import AbstractDocument, Document


class PlatformDocument(AbstractDocument):
    """A file that a page offers for download; private until a live page offers it."""

    admin_form_fields = Document.admin_form_fields

    def clean(self) -> None:
        """Nothing here: the gate in front of the form (`media.documents`) looks at the ending and the content, once."""

"""Courses as folders in the office: sent in as a zip file, with a look before, and taken out as one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.models import Page

from cms.domain.folders import take_in
from cms.domain.lifting import export
from cms.folders.errors import BrokenFolderError, Ledger
from cms.folders.reading import MOST_TEXT
from cms.folders.sources import MemorySource, Source, ZipSource
from cms.models import CoursePage, GuidePage
from cms.office.folders import FolderForm, writable
from cms.packages.site import ascii_name
from cms.packages.zips import write_zip
from hrdplatform.office.views.pages import Headed

PIECE: Final = 64 * 1024


class ImportView(Headed, FormView):  # type: ignore[type-arg]  # as Wagtail's own views
    """Looks at a folder, or takes it in; either way everything that is wrong is listed."""

    form_class = FolderForm
    template_name = "cms/office/import.html"
    page_title = gettext_lazy("Take in a course")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *arguments: Any, **words: Any) -> HttpResponseBase:
        """For who may write in some section. Raises `PermissionDenied`."""
        if not writable(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *arguments, **words)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: FolderForm) -> HttpResponse:
        """The list of findings, the report of a look, or the way to the page that was made or changed."""
        dry, ledger = self.request.POST.get("do") != "take", Ledger()
        try:
            source = source_of(form.cleaned_data["folder"], ledger)
            ledger.settle()
            writer: Any = self.request.user
            report = take_in(source, organisation=form.cleaned_data["organisation"], by=writer, dry=dry)
        except BrokenFolderError as broken:
            return self.render_to_response(self.get_context_data(form=form, findings=broken.findings))
        if dry or report.page is None:
            return self.render_to_response(self.get_context_data(form=form, report=report))
        count = len(report.made) + len(report.changed)
        words = ngettext("%(count)s page was made or changed.", "%(count)s pages were made or changed.", count)
        messages.success(self.request, words % {"count": count})
        for left in report.left:
            messages.warning(self.request, gettext("Stays as it is: %(what)s") % {"what": left})
        return redirect("wagtailadmin_explore", report.page.pk)


def source_of(sent: UploadedFile[Any], ledger: Ledger) -> Source:
    """The files in what was sent: a zip file, or a guide without pictures as the one file that it is."""
    name = sent.name or ""
    if name.lower().endswith(".md"):
        return MemorySource({name: sent.read(MOST_TEXT + 1)})
    return ZipSource(sent, ledger)


@require_safe
def export_folder(request: HttpRequest, page_id: int) -> StreamingHttpResponse:
    """The zip file of a course or guide that the visitor may change; 404 for any other page."""
    page = Page.objects.filter(pk=page_id).first()
    specific = page.specific if page else None
    if not isinstance(specific, CoursePage | GuidePage) or not specific.permissions_for_user(request.user).can_edit():
        raise Http404
    name = f"{ascii_name(specific.slug)}.zip"
    headers = {"Content-Type": "application/zip", "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces(specific), headers=headers)


def pieces(page: CoursePage | GuidePage) -> Iterator[bytes]:
    """The zip file bit by bit; it lies on the disk while it is sent, since pictures may make it large."""
    with tempfile.TemporaryFile() as stream:
        write_zip(stream, export(page))
        stream.seek(0)
        while piece := stream.read(PIECE):
            yield piece

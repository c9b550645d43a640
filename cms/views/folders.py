"""Courses as folders in the office: sent in as a zip file, with a look before, and taken out as one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.models import Page

from cms.domain import arrivals
from cms.domain.lifting import export, too_large
from cms.models import CoursePage, GuidePage, SentFolder
from cms.office.folders import SENT, FolderForm, state_words
from cms.packages.site import ascii_name
from cms.packages.zips import write_zip
from cms.states import Arrival
from hrdplatform.office.views.pages import Headed, OfficePage
from hrdplatform.web import clock

SECONDS: Final = 2
"""After which the page of a folder that is read comes anew."""
PIECE: Final = 64 * 1024


class ImportView(Headed, FormView):  # type: ignore[type-arg]  # as Wagtail's own views
    """Takes a folder to be read by the worker, and lists those that lie here."""

    form_class = FolderForm
    template_name = "cms/office/import.html"
    page_title = gettext_lazy("Take in a course")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *arguments: Any, **words: Any) -> HttpResponseBase:
        """For who may write in some section. Raises `PermissionDenied`."""
        if not arrivals.writable(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *arguments, **words)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With what the visitor sent within a day, and where it stands."""
        sent = [(row, state_words(row)) for row in arrivals.seen_by(self.request.user)]
        return super().get_context_data(sent=sent, **words)

    def form_valid(self, form: FolderForm) -> HttpResponse:
        """The way to the page of what was sent."""
        writer: Any = self.request.user
        given, dry = form.cleaned_data, self.request.POST.get("do") != "take"
        try:
            row = arrivals.send(given["folder"], organisation=given["organisation"], by=writer, dry=dry, at=clock.now())
        except arrivals.TooManyError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        return redirect(SENT, row.pk)


class SentView(OfficePage):
    """One folder that the visitor sent: how far it is read, what is wrong, what would come of it, or what was made.

    While it is read the page comes anew by itself, unless `still` is in its address: then nothing moves.
    """

    template_name = "cms/office/sent.html"
    page_title = gettext_lazy("Take in a course")
    header_icon = "upload"

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """Raises `Http404`."""
        row = own(self.request, self.kwargs["pk"])
        names = ("file", "line", "words")
        findings = [dict(zip(names, finding, strict=True)) for finding in row.findings]
        changes = len(row.report.get("made", [])) + len(row.report.get("changed", []))
        still = "still" in self.request.GET
        return super().get_context_data(
            row=row, says=state_words(row), findings=findings, changes=changes, still=still, **words
        )

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        response = super().render_to_response(context, **options)
        if context["row"].state == Arrival.WANTED and not context["still"]:
            response["Refresh"] = str(SECONDS)
        return response


def own(request: HttpRequest, pk: int) -> SentFolder:
    """What the visitor sent, into a section in which she still writes. Raises `Http404`."""
    row = arrivals.seen_by(request.user).filter(pk=pk).select_related("organisation").first()
    if row is None:
        raise Http404
    return row


@require_POST
def take_folder(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes in what was looked at, from the file that lies here. 404 for anybody but its sender."""
    arrivals.take(own(request, pk), at=clock.now())
    return redirect(SENT, pk)


@require_POST
def stop_folder(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops the reading; what was not taken in is gone. 404 for anybody but its sender."""
    arrivals.stop(own(request, pk), at=clock.now())
    return redirect(SENT, pk)


class ExportView(OfficePage):
    """The zip file of a course or guide that the visitor may change; 404 for any other page. What would not be taken in
    again because of its size is said first, and given all the same if `all` is in the address.
    """

    template_name = "cms/office/export.html"
    page_title = gettext_lazy("Download as a folder")
    header_icon = "download"

    def get(self, request: HttpRequest, *_arguments: Any, **_words: Any) -> Any:
        """Raises `Http404`."""
        page = Page.objects.filter(pk=self.kwargs["page_id"]).first()
        specific = page.specific if page else None
        if not isinstance(specific, CoursePage | GuidePage):
            raise Http404
        if not specific.permissions_for_user(request.user).can_edit():
            raise Http404
        findings = [] if "all" in request.GET else too_large(specific)
        if findings:
            return self.render_to_response(self.get_context_data(findings=findings, page=specific))
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

"""Refusals of the sealed doors: every named error becomes one code, one status, one sentence, and nothing besides."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from legal_aid.domain.blobs import BlobMissingError
from legal_aid.domain.correspondence import EpochMovedError
from legal_aid.domain.desk import UnknownNameError
from legal_aid.domain.epochs import RowsMovedError
from legal_aid.domain.intake import ListMovedError, ListOverError, ReceiptTakenError
from legal_aid.domain.lists import NoSuchTeamError
from legal_aid.domain.sealed_rows import SealedRefusedError
from legal_aid.domain.space import MessageLargeError, StorageFullError, TextsFullError
from legal_aid.domain.speakers import UnknownCaseError
from legal_aid.domain.teams import NotNowError, ProposalRefusedError
from legal_aid.domain.uploads import (
    ClaimRefusedError,
    PartDiffersError,
    QuotaReachedError,
    UnknownUploadError,
    UploadMalformedError,
)
from legal_aid.forms.sealed import BodyMalformedError

Arguments = ParamSpec("Arguments")


class NotShownError(Exception):
    """The request does not show what this address asks for: no visit, no receipt, no member."""


class TooOftenError(Exception):
    """Too many wrong tries; `seconds` until the next is taken."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


FULL = _(
    "Our server is full and nothing was sent. Keep this page open and try again later. In immediate danger call 112, "
    "or the police at 113."
)

REFUSALS: dict[type[Exception], tuple[int, str, Promise]] = {
    UnknownCaseError: (404, "receipt", _("We find nothing for these words. Check each word and try again.")),
    NotShownError: (404, "receipt", _("We find nothing for these words. Check each word and try again.")),
    NoSuchTeamError: (404, "team", _("This team takes no requests now.")),
    UnknownUploadError: (404, "upload", _("This file has to be sent again from its beginning.")),
    BlobMissingError: (410, "lost", _("A piece of this file is missing on the server. Ask for the file once more.")),
    UnknownNameError: (404, "name", _("Nothing is kept under this name.")),
    BodyMalformedError: (400, "malformed", _("This did not arrive as it was meant. Try again.")),
    SealedRefusedError: (400, "malformed", _("This did not arrive as it was meant. Try again.")),
    UploadMalformedError: (400, "part", _("A piece of the file did not arrive whole. It is sent again.")),
    PartDiffersError: (409, "part", _("This file has to be sent again from its beginning.")),
    QuotaReachedError: (413, "quota", _("There is no room for more files now. What you sent is safe.")),
    StorageFullError: (507, "space", _("There is no room for files now. Your text can be sent.")),
    MessageLargeError: (507, "large", _("There is no room for a message this large now. Send a shorter one.")),
    TextsFullError: (507, "full", FULL),
    ClaimRefusedError: (409, "files", _("A file is missing. Send it again.")),
    EpochMovedError: (409, "epoch", _("Somebody wrote at the same time. Nothing is lost; it is sent again.")),
    RowsMovedError: (409, "rows", _("Somebody wrote at the same time. Nothing is lost; it is sent again.")),
    ListMovedError: (409, "list", _("The team has changed. Nothing is lost; it is sealed again.")),
    ListOverError: (409, "expired", _("The team’s list has run out. Nothing can be sent until it is signed again.")),
    ReceiptTakenError: (409, "locator", _("Your receipt is made again.")),
    ProposalRefusedError: (400, "proposal", _("These keys did not arrive as they were made. Try again.")),
    NotNowError: (409, "state", _("This is not possible now. Load the page again.")),
}


def refusal(error: Exception) -> HttpResponse:
    """The answer to a named error: the same bytes each time in one language."""
    status, code, message = REFUSALS[type(error)]
    return JsonResponse({"error": code, "message": str(message)}, status=status)


def sealed(
    view: Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """A view of the sealed doors, its named errors answered. That nothing is cached is the door's own rule."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except TooOftenError as error:
            answer = JsonResponse(
                {"error": "slow", "message": str(_("Too many tries. Wait a little, then try again."))}, status=429
            )
            answer["Retry-After"] = str(error.seconds)
            return answer
        except tuple(REFUSALS) as error:
            return refusal(error)

    return cast("Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]", answered)

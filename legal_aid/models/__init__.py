"""The nouns of legal aid."""

from .answer_clock import AnswerClock
from .card import Card
from .case import RANK, Case
from .identity import IdentityFile
from .installation import Installation
from .member import TeamMember
from .own_sealed import OwnSealed
from .plain_session import FormNumber, PlainSession
from .record import Record
from .signed_list import SealedRoster, SignedList
from .team import Team
from .tombstone import Tombstone, Vacuum
from .upload import PART, BlobDeletion, Upload, UploadPart
from .wrap import RECEIPT, KeyWrap

__all__ = [
    "PART",
    "RANK",
    "RECEIPT",
    "AnswerClock",
    "BlobDeletion",
    "Card",
    "Case",
    "FormNumber",
    "IdentityFile",
    "Installation",
    "KeyWrap",
    "OwnSealed",
    "PlainSession",
    "Record",
    "SealedRoster",
    "SignedList",
    "Team",
    "TeamMember",
    "Tombstone",
    "Upload",
    "UploadPart",
    "Vacuum",
]

"""A script-less session: the row without the cookie, and the cookie without the row, are worth nothing."""

from hashlib import sha256

import pytest

from hrdplatform.sealing.bodies import Attachment
from hrdplatform.sealing.errors import MalformedError, TamperedError
from hrdplatform.sealing.sessions import (
    DraftSession,
    EpochIdentity,
    ReceiptSession,
    SessionCookie,
    open_draft,
    open_session,
    seal_draft,
    seal_session,
)

SESSION = ReceiptSession(
    "ab" * 16, (EpochIdentity(1, bytes(32)), EpochIdentity(2, bytes([1] * 32))), bytes([2] * 32), bytes([3] * 32)
)
DRAFT = DraftSession((Attachment("cd" * 32, bytes(32), "Foto.jpg", 1, 67_209, 12, "image/jpeg"),))
COOKIE = SessionCookie.fresh()


def test_the_cookie_opens_its_row():
    assert open_session(COOKIE, seal_session(COOKIE, SESSION)) == SESSION
    assert open_draft(COOKIE, seal_draft(COOKIE, DRAFT)) == DRAFT


def test_the_cookie_travels_as_64_characters_and_the_row_is_found_by_a_hash():
    assert len(COOKIE.text) == 64
    assert SessionCookie.read(COOKIE.text) == COOKIE
    assert COOKIE.row == sha256(COOKIE.id).digest()


@pytest.mark.parametrize("text", ["", "A" * 63, "A" * 65, "A" * 63 + "=", "A" * 63 + "/", "A" * 63 + "\n"])
def test_anything_else_is_no_cookie(text):
    with pytest.raises(MalformedError):
        SessionCookie.read(text)


def test_neither_another_key_nor_another_id_opens_a_row():
    row = seal_session(COOKIE, SESSION)
    for other in (SessionCookie(COOKIE.id, bytes(32)), SessionCookie(bytes(16), COOKIE.key)):
        with pytest.raises(TamperedError):
            open_session(other, row)


def test_a_draft_does_not_pass_for_a_session():
    with pytest.raises(TamperedError):
        open_session(COOKIE, seal_draft(COOKIE, DRAFT))


def test_a_changed_or_shortened_row_is_refused():
    row = seal_session(COOKIE, SESSION)
    with pytest.raises(TamperedError):
        open_session(COOKIE, row[:-1] + bytes([row[-1] ^ 1]))
    with pytest.raises(MalformedError):
        open_session(COOKIE, row[:27])


def test_keys_do_not_show_in_a_log():
    assert repr(bytes([2] * 32)) not in repr(SESSION)
    assert repr(COOKIE.key) not in repr(COOKIE)
    assert "Foto" not in repr(DRAFT)


def test_two_rows_of_one_session_differ():
    assert seal_session(COOKIE, SESSION) != seal_session(COOKIE, SESSION)

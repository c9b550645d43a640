import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from hrdplatform.audit import Event, anchors, record
from hrdplatform.audit.models import Anchor, Entry
from hrdplatform.notices.sending import send_due
from hrdplatform.operations.heads import HeadError, public_keys, read, sign_daily
from tests.hrdplatform.audit.test_chain import tamper

pytestmark = [pytest.mark.database, pytest.mark.django_db]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keeper(monkeypatch):
    monkeypatch.setattr(anchors, "providers", [lambda: [("keeper@example.org", "fr"), ("Keeper@example.org", "de")]])


def signed_mail(*, entries: int = 3, at: datetime = AT) -> str:
    for number in range(entries):
        record(Event.BACKUP_MADE, actor="system", object=f"backup:{number}", at=at - timedelta(minutes=number + 1))
    assert sign_daily(at=at) == 1
    send_due(at=at)
    return mail.outbox[-1].message().as_string()


def verified(*arguments: str) -> str:
    words = StringIO()
    call_command("verify_audit", *arguments, stdout=words)
    return words.getvalue()


def test_the_head_is_mailed_once_a_day_to_each_keeper():
    signed_mail()
    assert sign_daily(at=AT + timedelta(hours=1)) == 0
    assert [letter.to for letter in mail.outbox] == [["keeper@example.org"]]
    assert sign_daily(at=AT + timedelta(days=1)) == 1


def test_a_saved_mail_proves_the_chain(tmp_path):
    file = tmp_path / "head.eml"
    file.write_text(signed_mail())
    assert "Whole: 3 entries linked" in verified("--head", str(file))


def test_a_mail_that_was_quoted_or_recoded_on_its_way_is_still_read():
    text = signed_mail()
    quoted = "\n".join(f"> {line}" for line in mail.outbox[-1].body.splitlines())
    letter = mail.outbox[-1].message()
    letter.set_payload(mail.outbox[-1].body, "utf-8")
    assert read(text, trusted=public_keys()) == read(quoted, trusted=public_keys())
    assert read(letter.as_string(), trusted=public_keys()).sequence == 3


def test_a_head_that_was_altered_is_refused():
    altered = re.sub(r'"sequence":3', '"sequence":2', signed_mail())
    with pytest.raises(HeadError, match="does not fit"):
        read(altered, trusted=public_keys())


def test_a_head_of_another_key_is_refused():
    with pytest.raises(HeadError, match="not one of this platform"):
        read(signed_mail(), trusted=frozenset({"00" * 32}))


def test_a_chain_that_was_cut_is_held_against_the_mail(tmp_path):
    file = tmp_path / "head.eml"
    file.write_text(signed_mail())
    tamper("DELETE FROM audit_entry WHERE sequence = 3")
    tamper("DELETE FROM audit_anchor")
    with pytest.raises(CommandError, match="CUT"):
        verified("--head", str(file))


def test_a_chain_that_was_computed_anew_is_held_against_the_mail(tmp_path):
    file = tmp_path / "head.eml"
    file.write_text(signed_mail())
    last = Entry.objects.get(sequence=3)
    last.actor = "user:9"
    digest = last.digest_after(last.previous, sequence=3)
    tamper("UPDATE audit_entry SET actor = 'user:9', digest = %s WHERE sequence = 3", digest)
    with pytest.raises(CommandError, match="REWRITTEN"):
        verified("--head", str(file))


def test_a_head_in_the_database_that_was_changed_is_found():
    signed_mail()
    tamper("UPDATE audit_anchor SET statement = replace(statement, '3', '2')")
    assert Anchor.objects.count() == 1
    with pytest.raises(CommandError, match="not as it was signed"):
        verified()


def test_the_first_broken_row_is_said():
    signed_mail()
    tamper("UPDATE audit_entry SET object = 'x' WHERE sequence = 2")
    with pytest.raises(CommandError, match="BROKEN at number 2"):
        verified()

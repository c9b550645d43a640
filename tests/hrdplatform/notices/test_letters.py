import pytest
from django.template.loader import get_template

from hrdplatform.notices.kinds import Kind
from hrdplatform.notices.letters import letter
from hrdplatform.notices.models import Notice


def invitation(**context) -> Notice:
    values = {"organisation": "L’Écho & Co", "link": "http://localhost/x?a=1&b=2", **context}
    return Notice(kind=Kind.INVITATION, to="a@example.org", language="en", context=values)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_template(kind):
    assert get_template(f"notices/{kind}.txt")


@pytest.mark.parametrize("kind", [Kind.AID_NEWS, Kind.AID_URGENT])
def test_a_mail_of_the_aid_door_names_nobody_and_nothing(kind):
    first, second = (letter(Notice(kind=kind, to=f"{name}@example.org", language="en")) for name in "ab")
    assert (first.subject, first.body) == (second.subject, second.body)
    assert not any(character.isdigit() for character in first.subject + first.body)


def test_the_first_line_is_the_subject_and_nothing_is_escaped():
    mail = letter(invitation())
    assert mail.subject == "An invitation from L’Écho & Co"
    assert "http://localhost/x?a=1&b=2" in mail.body


def test_a_mail_is_plain_text_and_says_that_a_machine_wrote_it():
    message = letter(invitation()).message()
    assert message.get_content_type() == "text/plain"
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_same_notice_always_has_the_same_message_id():
    notice = invitation()
    assert letter(notice).message()["Message-ID"] == letter(notice).message()["Message-ID"]
    assert letter(invitation()).message()["Message-ID"] != letter(notice).message()["Message-ID"]

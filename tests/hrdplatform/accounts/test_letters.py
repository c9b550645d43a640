"""The mails of accounts and organisations: a subject, a text, the link where there is one, in each language."""

import pytest

from hrdplatform.notices import Kind
from hrdplatform.notices.letters import letter
from hrdplatform.notices.models import Notice

CONTEXTS = {
    Kind.PASSWORD_RESET: {"name": "Ana", "link": "https://office.example/account/password/reset/MQ/x-y/"},
    Kind.PASSWORD_CHANGED: {"name": "Ana"},
    Kind.DEVICE_ADDED: {"name": "Ana"},
    Kind.DEVICE_REMOVED: {"name": "Ana"},
    Kind.BACKUP_CODE_USED: {"name": "Ana", "left": 1},
    Kind.INVITATION: {"organisation": "L’Aide & Co", "link": "https://office.example/account/invitation/x/"},
    Kind.ROLE_CHANGED: {"name": "Ana", "organisation": "L’Aide & Co"},
}


@pytest.mark.parametrize("language", ["fr", "de", "lb", "en"])
@pytest.mark.parametrize("kind", CONTEXTS, ids=str)
def test_every_value_stands_in_the_mail_as_it_is(kind, language):
    mail = letter(Notice(kind=kind, to="ana@example.org", language=language, context=CONTEXTS[kind]))
    assert "\n" not in mail.subject
    assert len(mail.subject) > 8
    for value in CONTEXTS[kind].values():
        assert str(value) in mail.body


def test_one_code_left_is_said_in_the_singular():
    kind = Kind.BACKUP_CODE_USED
    mail = letter(Notice(kind=kind, to="ana@example.org", language="en", context={"name": "Ana", "left": 1}))
    assert "1 code is left" in mail.body

import pytest
from django.db import transaction

from hrdplatform.notices.broker import application
from hrdplatform.notices.waking import Publisher, wake
from tests.servers.commands import script
from tests.servers.processes import free_port


def test_a_wake_up_reaches_the_broker_and_carries_no_data(valkey_server):
    valkey_server.command("FLUSHALL")
    assert Publisher(application(valkey_server.url)).publish("notices")
    message = valkey_server.command("LRANGE", "celery", "0", "-1")
    assert b"hrdplatform.notices" in message
    assert message.startswith(b"*1\r\n")


def test_a_broker_that_is_down_is_no_error_and_then_left_alone_for_a_while():
    publisher = Publisher(application(f"redis://127.0.0.1:{free_port()}/0"))
    assert not publisher.publish("notices")
    rest = publisher.silent_until
    assert rest > 0
    assert not publisher.publish("notices")
    assert publisher.silent_until == rest


def test_a_broker_that_is_back_is_used_again(valkey_server):
    publisher = Publisher(application(valkey_server.url))
    valkey_server.stop()
    assert not publisher.publish("notices")
    valkey_server.start()
    publisher.silent_until = 0.0
    assert publisher.publish("notices")


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_a_wake_up_does_nothing():
    with transaction.atomic():
        wake("notices")


SAVE = """
from django.core.management import call_command
for label in ("audit", "notices"):
    call_command("migrate", label, verbosity=0)
from hrdplatform import notices
from hrdplatform.notices.models import Notice
notices.queue(notices.Kind.AID_URGENT, to="a@example.org", language="en", context={})
print(Notice.objects.count(), "saved")
"""


def test_what_was_saved_stays_saved_while_the_broker_is_down(tmp_path):
    assert script(tmp_path, SAVE, BROKER=f"redis://127.0.0.1:{free_port()}/0").endswith("1 saved")

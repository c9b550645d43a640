"""Clients that send or read a byte a second: everybody else is served, and so is who is slow alone or has little."""

import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest

from tests.factories import legal_aid
from tests.faults.defender import PART
from tests.faults.slow import SlowCrowd, slow_form
from tests.faults.wire import Wire
from tests.legal_aid.installation import BOUNDARY, Installation

PATIENCE = 25
"""Seconds after which a visitor would have gone."""
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}".encode()


def is_served(site: Installation) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)) as visitor:
        visitor.request("GET", "/en/aid/", headers={"Host": f"localhost:{site.port}"})
        return visitor.getresponse().status == 200


def connected(site: Installation, **options: int) -> socket.socket:
    made = socket.socket()
    for name, value in options.items():
        made.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
    made.connect(("127.0.0.1", site.port))
    return made


def beginning(kind: str, host: str) -> bytes:
    """What each of the crowd sends at once."""
    form = slow_form(host)
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="story"\r\n\r\na'.encode()
    return {
        "head": f"GET /en/aid/ HTTP/1.1\r\nHost: {host}\r\nX-Word: a".encode(),
        "text": form + b"story=a",
        "files": form.replace(b"application/x-www-form-urlencoded", MULTIPART) + part,
    }[kind]


def answers(crowd: SlowCrowd) -> list[bytes]:
    """The first octet that came back to each who was cut off."""
    got = []
    for connection in crowd.connections:
        with suppress(BlockingIOError):
            try:
                got.append(connection.recv(1, socket.MSG_DONTWAIT))
            except ConnectionError:
                got.append(b"")
    return got


@pytest.mark.parametrize("kind", ["head", "text", "files"])
def test_a_crowd_that_sends_a_byte_a_second_keeps_nobody_else_waiting(site, kind):
    """Half a form gets no answer, which would be an empty form, and is no incident."""
    with SlowCrowd(lambda: connected(site), beginning(kind, f"localhost:{site.port}")) as crowd:
        assert is_served(site)
        assert is_served(site)
        assert set(answers(crowd)) == {b""}
    assert "a view failed" not in (site.data / "logs" / "platform").read_text()


def test_a_crowd_that_reads_a_byte_a_second_keeps_nobody_else_waiting(site):
    page = legal_aid.Browser(Wire(site.port), legal_aid.StoredTeam(None, legal_aid.SignedTeam("one"), {}))
    file = page.upload(PART)
    page.open_case(uploads=(file,))
    asked = [f"GET /en/aid/sealed/files/{file['digest']}/1/ HTTP/1.1", f"Host: localhost:{site.port}"]
    asked += [f"{name}: {value}" for name, value in page.receipt.items()]
    with SlowCrowd(
        lambda: connected(site, SO_RCVBUF=4096), ("\r\n".join(asked) + "\r\n\r\n").encode(), reads=True
    ) as crowd:
        assert is_served(site)
        assert is_served(site)
        heads = [connection.recv(15, socket.MSG_DONTWAIT) for connection in crowd.connections[:1]]
    assert heads[0], "the file was never on its way"


def typed(connection: socket.socket, host: str) -> bytes:
    """Send twelve octets in as many half seconds, which is beyond the grace; how the answer begins."""
    body, pause = b"story=a&go=x", threading.Event()
    connection.sendall(slow_form(host, len(body)))
    for octet in body:
        pause.wait(0.5)
        connection.sendall(bytes([octet]))
    connection.settimeout(PATIENCE)
    return connection.recv(12)


READ_TO_ITS_END = b"HTTP/1.1 403"
"""A form without its key."""


def test_somebody_slow_is_served_while_there_is_room(site):
    with closing(connected(site)) as connection:
        assert typed(connection, f"localhost:{site.port}") == READ_TO_ITS_END


def test_a_slow_text_outlives_quicker_senders_who_have_much_to_send(site):
    host = f"localhost:{site.port}"
    with (
        closing(connected(site)) as connection,
        SlowCrowd(lambda: connected(site), slow_form(host, 1_000_000), piece=b"a" * 1000) as crowd,
        ThreadPoolExecutor() as visitor,
    ):
        served = visitor.submit(is_served, site)
        assert typed(connection, host) == READ_TO_ITS_END
        assert served.result()
        assert set(answers(crowd)) == {b""}

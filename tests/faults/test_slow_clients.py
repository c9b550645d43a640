"""Clients that send or read a byte a second: everybody else is served, and who is slow alone is served as well."""

import http.client
import socket
import threading
from contextlib import closing

import pytest

from tests.factories import legal_aid
from tests.faults.defender import PART, Wire
from tests.faults.slow import SlowCrowd, slow_form
from tests.legal_aid.installation import Installation

PATIENCE = 45
"""Seconds after which a visitor would have gone."""


@pytest.fixture
def site(tmp_path, valkey_server):
    site = Installation(tmp_path, valkey_server.url)
    site.start()
    yield site
    site.kill()


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


@pytest.mark.parametrize("kind", ["head", "body"])
def test_a_crowd_that_sends_a_byte_a_second_keeps_nobody_else_waiting(site, kind):
    host = f"localhost:{site.port}"
    first = slow_form(host) if kind == "body" else f"GET /en/aid/ HTTP/1.1\r\nHost: {host}\r\nX-Word: a".encode()
    with SlowCrowd(lambda: connected(site), first):
        assert is_served(site)
        assert is_served(site)


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


def test_somebody_slow_is_served_while_there_is_room(site):
    """Twelve octets in as many half seconds: beyond the grace, with nobody waiting for the thread."""
    body, pause = b"story=a&go=x", threading.Event()
    with closing(connected(site)) as connection:
        head = slow_form(f"localhost:{site.port}").replace(b"5000", str(len(body)).encode())
        connection.sendall(head.removesuffix(b"story=a"))
        for octet in body:
            pause.wait(0.5)
            connection.sendall(bytes([octet]))
        connection.settimeout(PATIENCE)
        assert connection.recv(12) == b"HTTP/1.1 403"  # a form without its key, read to its end

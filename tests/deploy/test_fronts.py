"""The real nginx and the real Caddy with our files: what they pass on, and that bodies never wait on their disk."""

import ssl
import time
from contextlib import closing

import pytest

from tests.deploy.fronts import EXAMPLES, Caddy, Front, Nginx, SpoolingNginx, Visit
from tests.deploy.listener import Listener

HALF = 3 * 1024 * 1024


@pytest.fixture(scope="module")
def listener(tmp_path_factory):
    listener = Listener(tmp_path_factory.mktemp("socket") / "web.sock")
    yield listener
    listener.close()


@pytest.fixture(scope="module", params=[Nginx, Caddy])
def front(request, tmp_path_factory, listener) -> Front:
    front = request.param(tmp_path_factory.mktemp("front"), listener.path)
    yield front
    front.close()


def test_what_a_visitor_says_of_the_way_here_does_not_get_through(front, listener):
    answer = Visit(front).ask(
        "GET",
        "/",
        X_Forwarded_For="203.0.113.66",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Port="80",
        X_Forwarded_Server="evil.example",
        X_Real_IP="203.0.113.66",
        Forwarded="for=203.0.113.66;host=evil.example;proto=http",
    )
    assert answer.status == 204
    assert listener.header("X-Forwarded-For") == ["127.0.0.1"]
    assert listener.header("X-Forwarded-Proto") == ["https"]
    assert "203.0.113.66" not in listener.heads[-1]
    assert "evil.example" not in listener.heads[-1]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_host_s_name_comes_through_as_it_was_asked(front, listener, name):
    assert Visit(front, name).ask("GET", "/fr/").status == 204
    assert [value.partition(":")[0] for value in listener.header("Host")] == [name]


def half_sent(visit: Visit) -> None:
    visit.putrequest("PUT", "/en/aid/sealed/uploads/x/1/")
    visit.putheader("Content-Length", str(2 * HALF))
    visit.endheaders()
    visit.send(b"a" * HALF)


def test_a_body_is_passed_on_while_it_comes_and_never_lies_on_the_proxy_s_disk(front, listener):
    before = listener.taken
    with closing(Visit(front)) as visit:
        half_sent(visit)
        # The last of it may still be in the memory of kernel or proxy; the rest has arrived though more is to come.
        assert listener.wait_for(before + HALF - 512 * 1024)
        assert front.spooled() == []
        visit.send(b"a" * HALF)
        assert visit.read().status == 204
    assert listener.taken == before + 2 * HALF
    assert front.spooled() == []


def test_a_proxy_that_spools_would_be_seen(tmp_path, listener):
    """The planted twin of the test above."""
    heads = len(listener.heads)
    with closing(SpoolingNginx(tmp_path / "front", listener.path)) as front, closing(Visit(front)) as visit:
        half_sent(visit)
        for _ in range(100):
            if front.spooled():
                break
            time.sleep(0.1)  # looks at the disk, which tells nobody that it changed
        assert front.spooled()
        assert len(listener.heads) == heads


def test_health_is_not_shown_outside(front, listener):
    heard = len(listener.heads)
    for path in ("/health/live", "/health/ready"):
        assert Visit(front).ask("GET", path).status == 404
    assert len(listener.heads) == heard


def test_a_head_that_is_too_long_does_not_get_through(front, listener):
    heard = len(listener.heads)
    assert Visit(front).ask("GET", "/", Cookie="a" * 40_000).status in {400, 431}
    assert len(listener.heads) == heard


def test_the_proxy_writes_nothing_about_its_visitors(front, listener):
    listener.heads.clear()
    Visit(front).ask("GET", "/fr/aid/?word=canary-path", User_Agent="canary-agent")
    with pytest.raises(ssl.SSLError):
        Visit(front, "canary-name.example").ask("GET", "/")  # the certificate is for others
    assert "canary" in listener.heads[0]
    assert "canary" not in front.words()
    assert "127.0.0.1" not in front.words().replace(f"127.0.0.1:{front.port}", "")

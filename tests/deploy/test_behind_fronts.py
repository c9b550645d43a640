"""The platform in its production profile behind the real nginx and the real Caddy: three names, one house."""

import hashlib
import http.client
import json
import re
import secrets
import subprocess
import sys
from collections import Counter
from http.cookies import SimpleCookie

import pytest

from hrdplatform.conf import ROOT
from tests.deploy.fronts import EXAMPLES, Caddy, Front, Nginx, Visit
from tests.faults.slow import SlowCrowd, slow_form
from tests.servers import commands
from tests.servers.processes import follow_parent, stop

PUBLIC, OFFICE, AID = EXAMPLES
PART = 8 * 1024 * 1024
TEAM = "from tests.factories import legal_aid; print(legal_aid.team().hex)"


@pytest.fixture(scope="module")
def house(tmp_path_factory, valkey_server):
    """gunicorn at a socket, as the systemd unit starts it, with a team that takes requests."""
    folder = tmp_path_factory.mktemp("house")
    variables = {
        "PROFILE": "production",
        "PUBLIC_HOST": PUBLIC,
        "OFFICE_HOST": OFFICE,
        "AID_HOST": AID,
        "CACHE": valkey_server.url,
        "TRUSTED_PROXIES": "unix",
        "PROXY_STREAMS": "yes",
        "LOG": str(folder / "log"),
    }
    for words in (["secrets"], ["migrate", "-v0"]):
        done = commands.manage(folder / "data", *words, **variables)
        assert done.returncode == 0, done.stderr
    assert commands.script(
        folder / "data", "from tests.factories import legal_aid; print(legal_aid.team())", **variables
    )
    with (folder / "said").open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--umask", "7",
             "--bind", f"unix:{folder}/web.sock", "hrdplatform.wsgi:application"],
            cwd=ROOT, env=commands.surroundings(folder / "data", **variables), stdout=said, stderr=said,
            preexec_fn=follow_parent(15),  # noqa: PLW1509  # one system call, no lock taken
        )  # fmt: skip
    yield folder
    stop(process)


@pytest.fixture(scope="module", params=[Nginx, Caddy])
def front(request, house, tmp_path_factory) -> Front:
    front = request.param(tmp_path_factory.mktemp("front"), house / "web.sock")
    for _ in range(300):
        if Visit(front, AID).ask("GET", "/en/aid/").status == 200:
            break
    yield front
    front.close()


def test_each_door_stands_at_its_own_name_and_at_no_other(front):
    got = {
        (name, path): Visit(front, name).ask("GET", path).status
        for name in EXAMPLES
        for path in ("/en/aid/", "/desk/", "/office/", "/account/login/")
    }
    assert {place for place, status in got.items() if status != 404} == {
        (AID, "/en/aid/"),
        (AID, "/desk/"),
        (AID, "/account/login/"),
        (OFFICE, "/office/"),
        (OFFICE, "/account/login/"),
    }
    assert set(got.values()) <= {200, 302, 404}


def test_every_header_comes_once_and_says_what_the_platform_said(front):
    answer = Visit(front, AID).ask("GET", "/en/aid/")
    assert answer.status == 200
    counted = Counter(name.lower() for name, _ in answer.getheaders() if name.lower() != "set-cookie")
    assert {name: count for name, count in counted.items() if count > 1} == {}
    for name in ("Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy"):
        assert answer.getheader(name), name
    assert answer.getheader("Cache-Control") == "no-store"
    assert "gunicorn" not in str(answer.getheader("Server"))


def test_a_forged_name_reaches_no_door(front):
    answer = Visit(front, AID).ask("GET", "/en/aid/", Host="evil.example", X_Forwarded_Host=AID)
    assert "evil.example" not in answer.text
    assert "<form" not in answer.text
    # Caddy answers a name that stands in no block with nothing at all.
    assert answer.status == 400 or answer.text == ""


def test_a_forged_scheme_leads_nobody_astray(front):
    answer = Visit(front, AID).ask("GET", "/en/aid/", X_Forwarded_Proto="http", X_Forwarded_For="203.0.113.66")
    assert answer.status == 200


def test_clear_text_is_led_to_the_sealed_way(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.clear_port, timeout=30)
    connection.request("GET", "/en/aid/", headers={"Host": AID})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status in {301, 308}
    assert answer.getheader("Location").startswith(f"https://{AID}")


def test_a_form_that_is_too_large_is_answered_by_the_platform(front):
    visitor = Sender(front)
    form = b"story=" + b"a" * 6_000_000
    answer = visitor.send("POST", "/account/login/", form, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 413
    assert answer.getheader("Content-Security-Policy")


def test_a_crowd_that_sends_a_byte_a_second_keeps_nobody_else_waiting(front):
    """The proxies pass bodies on as they come, so that slow ones reach the web server."""

    def connected():
        visit = Visit(front, AID)
        visit.connect()
        return visit.sock

    with SlowCrowd(connected, slow_form(AID)):
        assert [Visit(front, AID).ask("GET", "/en/aid/").status for _ in range(2)] == [200, 200]


def test_a_sealed_file_of_many_parts_passes_and_nothing_of_it_lies_on_the_proxy_s_disk(front, house):
    visitor = Sender(front)
    sealed = [secrets.token_bytes(PART), secrets.token_bytes(PART), secrets.token_bytes(100_000)]
    begun = visitor.post("/en/aid/sealed/uploads/", {"sealed": sum(map(len, sealed)), "parts": len(sealed)})
    assert begun.status == 201, begun.text
    upload = json.loads(begun.text)["upload"]
    for number, part in enumerate(sealed, start=1):
        put = visitor.put(f"/en/aid/sealed/uploads/{upload}/{number}/", part)
        assert put.status == 201, put.text
        assert front.spooled() == []
    stored = {path.read_bytes() for path in (house / "data" / "files" / "sealed").rglob("*") if path.is_file()}
    assert set(sealed) <= stored


class Sender:
    """A defender's page: the form's token and cookie, and a visit."""

    def __init__(self, front: Front) -> None:
        self.front, self.visit = front, secrets.token_hex(32)
        page = Visit(front, AID).ask("GET", "/en/aid/request/plain/")
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        cookies = SimpleCookie("; ".join(page.headers.get_all("Set-Cookie")))
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())

    def post(self, path: str, body: dict):
        return self.send("POST", path, json.dumps(body).encode(), Content_Type="application/json")

    def put(self, path: str, part: bytes):
        digest = hashlib.sha256(part).hexdigest()
        return self.send("PUT", path, part, Content_Type="application/octet-stream", X_Part_SHA256=digest)

    def send(self, method: str, path: str, body: bytes, **headers: str):
        origin = f"https://{AID}"
        return Visit(self.front, AID).ask(
            method, path, body, X_CSRFToken=self.token, X_Visit=self.visit, Cookie=self.cookie, Origin=origin, **headers
        )

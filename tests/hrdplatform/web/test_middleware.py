"""Through the whole stack with Django's client; none of these may ask the database, so none has one."""

import pytest
from django.test import Client


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PATCH", "CONNECT", "BREW", "PUT", "DELETE"])
def test_methods_that_no_address_takes_are_refused(client, method):
    response = client.generic(method, "/robots.txt")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"


def test_sealed_uploads_are_put_and_deleted():
    from django.test import RequestFactory

    from hrdplatform.web.middleware import DoorMiddleware

    requests = RequestFactory()
    door = DoorMiddleware(lambda request: None)
    assert door.takes(requests.put("/fr/aid/sealed/uploads/00ff/1/"))
    assert door.takes(requests.delete("/desk/sealed/own/keyring/"))
    assert not door.takes(requests.put("/desk/"))
    assert not door.takes(requests.patch("/fr/aid/sealed/uploads/00ff/1/"))


@pytest.mark.parametrize(("host", "address"), [("office", "/desk/"), ("office", "/fr/aid/"), ("aid", "/office/")])
def test_no_door_answers_for_another(client, host, address):
    assert client.get(address, headers={"host": f"{host}.localhost"}).status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "office.localhost.evil", "localhost:80:80", "["]
)
def test_a_forged_host_is_a_bad_request(client, host):
    assert client.get("/robots.txt", headers={"host": host}).status_code == 400


def test_forwarding_headers_of_strangers_change_nothing(client):
    forged = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"}
    response = client.get("/favicon.ico", headers=forged)
    assert "evil" not in response["Location"]
    assert "Strict-Transport-Security" not in response


@pytest.mark.parametrize("address", ["/office/", "/office/login/", "/desk/", "/account/login/", "/fr/aid/"])
def test_office_desk_and_aid_are_not_on_the_public_host(client, address):
    assert client.get(address, headers={"host": "public.localhost"}).status_code == 404


def test_the_loopback_address_knows_health_only(client):
    assert client.get("/health/live", headers={"host": "127.0.0.1"}).status_code == 200
    assert client.get("/robots.txt", headers={"host": "127.0.0.1"}).status_code == 404


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client):
    for address in ("/", "/robots.txt", "/health/live", "/fr/quetsch/", "/static/web/platform.css"):
        response = client.get(address)
        response.close()
        assert response["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'"), address
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Referrer-Policy"] == "same-origin"
        assert "camera=()" in response["Permissions-Policy"]


def test_refused_requests_carry_it_too(client):
    for response in (
        client.get("/", headers={"host": "evil.example"}),
        client.generic("TRACE", "/"),
        client.get("/nowhere", headers={"host": "aid.localhost"}),
    ):
        assert response.status_code >= 400
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_only_the_office_may_style_inline(client):
    office = client.get("/robots.txt", headers={"host": "office.localhost"})
    assert "unsafe" not in office["Content-Security-Policy"]
    from hrdplatform.web.headers import POLICIES

    assert [door.value for door, policy in POLICIES.items() if "unsafe" in policy] == ["office"]
    assert "script-src 'self';" in POLICIES["office"]


def test_confidential_pages_leave_nothing_behind(client):
    for address, host in (
        ("/robots.txt", "aid.localhost"),
        ("/office/nowhere", "localhost"),
        ("/en/aid/x", "localhost"),
    ):
        response = client.get(address, headers={"host": host})
        assert response["Cache-Control"] == "no-store", address
        assert "noindex" in response["X-Robots-Tag"]
        assert "ETag" not in response


@pytest.mark.django_db
def test_style_sheets_may_be_kept_on_the_aid_door_too(client):
    response = client.get("/static/web/platform.css", headers={"host": "aid.localhost"})
    response.close()
    assert "no-store" not in response.get("Cache-Control", "")


@pytest.mark.django_db
def test_an_anonymous_visit_of_the_public_door_gets_no_cookie(client):
    for address in ("/", "/robots.txt", "/en/parts/", "/favicon.ico"):
        assert client.get(address, headers={"host": "public.localhost"}).cookies == {}, address


@pytest.mark.parametrize("charset", ["rot13", "base64", "idna", "unicode_escape", "utf-7"])
@pytest.mark.django_db
def test_a_codec_that_the_sender_names_is_not_run_over_a_form(client, charset):
    body = '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n\\ud800\r\n--b--\r\n'
    kind = f"multipart/form-data; charset={charset}; boundary=b"
    assert client.generic("POST", "/account/login/", body, content_type=kind).status_code == 422


@pytest.mark.parametrize("address", ["/en/%00/", "/robots.txt?p=%00", "/office/workflows/edit/1/?p=%00", "/?%00=1"])
def test_a_nul_in_an_address_is_a_bad_request(client, address):
    assert client.get(address).status_code == 400


FORMS = [
    ("next=a%00b", "application/x-www-form-urlencoded"),
    ("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\0\r\n--x--\r\n", "multipart/form-data; boundary=x"),
]


@pytest.mark.parametrize(("form", "kind"), FORMS)
def test_a_nul_in_a_form_is_a_bad_request(client, form, kind):
    assert client.generic("POST", "/language/", form, kind).status_code == 400


def test_a_nul_in_a_file_is_the_file_s_own(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert client.post("/language/", {"file": SimpleUploadedFile("a.bin", b"\0")}).status_code == 302

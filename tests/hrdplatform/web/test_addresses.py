import pytest
from django.test import RequestFactory

from hrdplatform.web.addresses import Proxies, circuit, local


def test_a_stranger_s_forwarding_headers_are_taken_away():
    meta = {
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_X_FORWARDED_FOR": "192.0.2.1",
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_HOST": "evil.example",
    }
    assert Proxies(["10.0.0.0/8"]).client(meta) == "203.0.113.9"
    assert meta == {"REMOTE_ADDR": "203.0.113.9"}


def test_our_proxy_is_believed_about_the_last_hop_only():
    meta = {"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": "192.0.2.66, 203.0.113.9, 10.0.0.7"}
    assert Proxies(["10.0.0.0/8"]).client(meta) == "203.0.113.9"
    assert "HTTP_X_FORWARDED_FOR" in meta


def test_a_socket_is_trusted_only_by_name():
    meta = {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    assert Proxies([]).client(dict(meta)) == ""
    assert Proxies(["unix"]).client(dict(meta)) == "203.0.113.9"


def test_what_is_no_address_is_not_trusted():
    assert not Proxies(["::1"]).trusts("localhost")


@pytest.fixture
def at_onion(settings):
    settings.ALLOWED_HOSTS = ["abc.onion", "aid.localhost"]

    def ask(address, host="abc.onion"):
        return circuit(RequestFactory().get("/", headers={"host": host}, REMOTE_ADDR=address), onion="abc.onion")

    return ask


def test_behind_an_onion_service_the_circuit_counts_and_never_the_local_tor(at_onion):
    assert at_onion("fc00:dead:beef:4dad::a:b") == "fc00:dead:beef:4dad::a:b"
    assert at_onion("127.0.0.1") == ""
    assert at_onion("192.0.2.1", host="aid.localhost") == "192.0.2.1"


@pytest.mark.parametrize("target", ["/desk/", "/office/pages/3/?p=2", "/ü"])
def test_a_path_of_this_host_is_a_way_back(target):
    assert local(target) == target


@pytest.mark.parametrize(
    "target", ["word", "²", "", "//evil", "/\\evil", "https://evil.example/", "javascript:x", "\t/"]
)
def test_all_else_leads_nowhere(target):
    assert local(target) == ""

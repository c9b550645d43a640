from hrdplatform.web.addresses import Proxies


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

"""The proxies in front: what they must never do with what a defender sends."""

import re

import pytest

from hrdplatform.conf import ROOT

DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "proxy" / "nginx.conf").read_text()
CADDY = (DEPLOY / "proxy" / "Caddyfile").read_text()
SETTINGS = (ROOT / "docs" / "operator" / "settings.md").read_text()


def test_nginx_writes_no_request_to_its_disk_and_no_address_to_its_log():
    assert "proxy_request_buffering off;" in NGINX
    assert "proxy_max_temp_file_size 0;" in NGINX
    assert NGINX.count("access_log off;") == NGINX.count("server {")
    assert set(re.findall(r"error_log \S+ (\w+);", NGINX)) == {"crit"}


def test_caddy_writes_no_request_to_its_disk_and_no_address_to_its_log():
    rules = "\n".join(line for line in CADDY.splitlines() if not line.strip().startswith("#"))
    assert "request_buffers" not in rules
    assert rules.count("log {") == 1  # the one of its own errors
    assert "level ERROR" in rules


@pytest.mark.parametrize("proxy", [NGINX, CADDY], ids=["nginx", "caddy"])
def test_a_proxy_says_itself_where_a_request_came_from(proxy):
    assert "X-Forwarded-For $remote_addr" in proxy or "X-Forwarded-For {remote_host}" in proxy
    assert "proxy_add_x_forwarded_for" not in proxy
    assert "X-Forwarded-Proto" in proxy


@pytest.mark.parametrize("name", ["systemd/environment.example", "compose/environment.example", "compose/compose.yaml"])
def test_every_setting_that_deployment_names_is_described(name):
    named = set(re.findall(r"HRD_[A-Z_]+", (DEPLOY / name).read_text()))
    assert named
    assert {setting for setting in named if f"`{setting}`" not in SETTINGS} == set()


def test_the_audit_page_grants_what_the_tables_need():
    page = (ROOT / "docs" / "operator" / "audit.md").read_text()
    assert "GRANT UPDATE (sequence, previous, digest) ON audit_entry" in page
    assert "REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_anchor" in page

"""The compose file, service by service: what may write, who is reached from outside, and what the platform is told."""

import os
import re
import subprocess
import sys

import pytest

from hrdplatform.conf import ROOT

FOLDER = ROOT / "deploy" / "compose"
TEXT = (FOLDER / "compose.yaml").read_text()
SERVICES = dict(
    re.findall(
        r"^  (\w+):\n((?:    .*\n|\n(?=    ))+)",
        TEXT[TEXT.index("services:\n") : TEXT.index("\nnetworks:\n")],
        re.MULTILINE,
    )
)
PLATFORM = TEXT[TEXT.index("x-platform:") : TEXT.index("services:\n")]
OURS = ("setup", "web", "worker", "beat")
OTHERS = ("database", "valkey", "proxy")


def test_every_service_is_looked_at():
    assert set(SERVICES) == {*OURS, *OTHERS}


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, words in SERVICES.items() if "ports:" in words] == ["proxy"]
    assert 'ports: ["80:80", "443:443"]' in SERVICES["proxy"]
    assert "ports:" not in PLATFORM
    assert "inside: {internal: true}" in TEXT
    for name in ("database", "valkey"):
        assert "networks: [inside]" in SERVICES[name]


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_services_is_the_same_image_without_anything_it_does_not_need(name):
    assert "<<: *platform" in SERVICES[name]
    assert not re.search(
        r"^    (read_only|cap_add|cap_drop|security_opt|user|privileged|environment):", SERVICES[name], re.MULTILINE
    )


@pytest.mark.parametrize(
    "words", [PLATFORM, SERVICES["valkey"], SERVICES["proxy"]], ids=["platform", "valkey", "proxy"]
)
def test_what_faces_the_network_writes_nowhere_but_where_it_must(words):
    assert "read_only: true" in words
    assert "cap_drop: [ALL]" in words


@pytest.mark.parametrize("words", [PLATFORM, *(SERVICES[name] for name in OTHERS)], ids=["platform", *OTHERS])
def test_nobody_gains_a_right_later(words):
    assert 'security_opt: ["no-new-privileges:true"]' in words


@pytest.mark.parametrize("name", OTHERS)
def test_images_of_others_have_a_version(name):
    assert re.search(r"^    image: [\w/]+:\d[\w.]*(@sha256:[0-9a-f]{64})?$", SERVICES[name], re.MULTILINE)


def test_the_broker_keeps_nothing_on_a_disk_and_the_database_logs_no_words():
    assert '"--save", "", "--appendonly", "no"' in SERVICES["valkey"]
    for setting in (
        "log_statement=none",
        "log_min_error_statement=panic",
        "log_error_verbosity=terse",
        "wal_recycle=off",
    ):
        assert setting in SERVICES["database"]


def test_all_that_must_be_filled_in_stands_in_the_example():
    example = (FOLDER / "environment.example").read_text()
    asked = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_a_platform_that_is_told_what_compose_tells_it_has_no_reason_to_refuse(tmp_path):
    """`check --deploy` in the environment of the file, filled in as the example does."""
    example = dict(re.findall(r"^(\w+)=(.*)$", (FOLDER / "environment.example").read_text(), re.MULTILINE))
    filled = {**example, "POSTGRES_PASSWORD": "a-password"}
    told = {
        name: re.sub(r"\$\{(\w+)[^}]*\}", lambda found: filled[found[1]], value).strip('"')
        for name, value in re.findall(r"^    (HRD_\w+): (.*)$", PLATFORM, re.MULTILINE)
    }
    data = tmp_path / "data"
    data.mkdir(mode=0o700)  # as the image makes it
    dockerfile = (FOLDER / "Dockerfile").read_text()
    told |= dict(re.findall(r"(HRD_\w+)=(\S+)", dockerfile)) | {"HRD_DATA": str(data)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HRD_", "DJANGO_"))}
    for words in (["secrets"], ["check", "--deploy", "--fail-level", "WARNING"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=kept | told,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

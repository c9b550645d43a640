"""What must never go into production: each planted fault is refused, and a sound installation is clean."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from hrdplatform.conf import Configuration, read
from hrdplatform.web.checks import middleware_stands, secrets_are_safe, ways_are_safe
from tests.house.tracked import ROOT


def surroundings(folder: Path) -> dict[str, str]:
    """The variables of a sound production, its files in `folder`."""
    folder.chmod(0o700)
    for name, secret in (("secret-key", "0123456789abcdef" * 4), ("vault-key", "fedcba9876543210" * 4)):
        (folder / name).write_text(secret + "\n")
        (folder / name).chmod(0o600)
    (folder / "statics").mkdir()
    (folder / "statics" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')
    return {
        "HRD_PROFILE": "production",
        "HRD_DATA": str(folder),
        "HRD_SECRET_KEY_FILE": str(folder / "secret-key"),
        "HRD_VAULT_KEY_FILE": str(folder / "vault-key"),
        "HRD_STATICS": str(folder / "statics"),
        "HRD_PUBLIC_HOST": "rights.example",
        "HRD_DATABASE": "postgresql://platform@127.0.0.1:5432/platform",
        "HRD_CACHE": "redis://127.0.0.1:6379/0",
        "HRD_BROKER": "redis://127.0.0.1:6379/1",
        "HRD_EMAIL": "smtp://127.0.0.1:25",
        "HRD_TRUSTED_PROXIES": "127.0.0.1",
        "HRD_PROXY_STREAMS": "yes",
    }


@pytest.fixture
def sound(tmp_path: Path) -> Configuration:
    return read(surroundings(tmp_path))


def found(chosen: Configuration, **changes: object) -> set[str]:
    """The ids of what the checks say of a configuration with something changed."""
    changed = dataclasses.replace(chosen, **changes)
    return {str(message.id) for message in (*secrets_are_safe(changed), *ways_are_safe(changed))}


def test_a_sound_installation_is_clean(sound: Configuration):
    assert found(sound) == set()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"secret_keys": ("short",)}, "platform.E004"),
        ({"secret_keys": ("a" * 64,)}, "platform.E004"),
        ({"vault_keys": ("django-insecure-" + "0123456789abcdef" * 4,)}, "platform.E004"),
        ({"profile": "embedded"}, "platform.E009"),
        ({"proxy_streams": False}, "platform.E010"),
        ({"trusted_proxies": ()}, "platform.E010"),
        ({"aid_host": "rights.example"}, "platform.E011"),
        ({"statics": Path("nowhere")}, "platform.E012"),
        ({"email": "file:///letters"}, "platform.W001"),
        ({"database": "sqlite:///x"}, "platform.W002"),
        ({"cache": ""}, "platform.W003"),
    ],
)
def test_a_planted_fault_is_refused(sound: Configuration, changes: dict[str, object], message: str):
    assert message in found(sound, **changes)


def test_one_key_for_two_purposes_is_refused(sound: Configuration):
    assert "platform.E005" in found(sound, vault_keys=sound.secret_keys)


def test_a_secret_that_others_can_read_is_refused(sound: Configuration):
    sound.secret_files[0].chmod(0o644)
    assert "platform.E006" in found(sound)


def test_data_that_others_can_enter_are_refused(sound: Configuration):
    sound.data.chmod(0o755)
    assert "platform.E007" in found(sound)


def test_debugging_is_refused(sound: Configuration, settings):
    settings.DEBUG = True
    assert "platform.E008" in found(sound)


def test_the_order_of_middleware_is_held(settings):
    assert middleware_stands(None) == []
    settings.MIDDLEWARE = settings.MIDDLEWARE[1:]
    assert [message.id for message in middleware_stands(None)] == ["platform.E001"]


def test_django_s_own_deployment_checks_are_clean_too(tmp_path: Path):
    """`check --deploy --fail-level WARNING`, as an operator runs it before a start."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    variables = {**surroundings(tmp_path), "PATH": "/usr/bin:/bin"}
    checked = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr

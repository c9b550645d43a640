"""The configuration: environment variables become one frozen dataclass; nothing else reads `os.environ`.

Every variable is described in `docs/operator/settings.md`; a house test holds that page against this file.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent


class ConfigurationError(Exception):
    """A variable is missing or makes no sense; the message names it and says what it takes."""


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """All that an installation may choose. Paths are absolute, hosts carry no port; an empty name is the platform's own
    in each language.
    """

    profile: Literal["embedded", "production"]
    data: Path
    secret_keys: tuple[str, ...]
    vault_keys: tuple[str, ...]
    secret_files: tuple[Path, ...]
    audit_key_file: Path
    name: str
    public_host: str
    office_host: str
    aid_host: str
    onion_host: str
    port: int
    doors: frozenset[str]
    database: str
    broker: str
    cache: str
    email: str
    sender: str
    storage: str
    video_megabytes: int
    statics: Path
    trusted_proxies: tuple[str, ...]
    proxy_streams: bool
    waiting_share: int
    log: Path | None

    @property
    def production(self) -> bool:
        return self.profile == "production"


def secret_lines(path: Path, *, create: bool) -> tuple[str, ...]:
    """The secrets of a file, newest first, one a line; created with mode 0600 where `create` allows it."""
    if not path.exists():
        if not create:
            raise ConfigurationError(f"The secret file {path} is missing. Make it with `manage.py secrets`.")
        _make_secret(path)
    lines = tuple(line.strip() for line in path.read_text().splitlines() if line.strip())
    if not lines:
        raise ConfigurationError(f"The secret file {path} is empty.")
    return lines


def _make_secret(path: Path) -> None:
    """A new secret file, whole from its first moment: of several processes that start at once one makes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def read(environment: Mapping[str, str]) -> Configuration:
    """The configuration that `environment` describes. Raises `ConfigurationError`."""

    def value(name: str, default: str = "") -> str:
        return environment.get(f"HRD_{name}", default).strip()

    def words(name: str, default: str = "") -> tuple[str, ...]:
        return tuple(word for word in value(name, default).replace(",", " ").split() if word)

    profile = value("PROFILE", "embedded")
    if profile not in {"embedded", "production"}:
        raise ConfigurationError("HRD_PROFILE is `embedded` or `production`.")
    production = profile == "production"
    doors = frozenset(words("DOORS", "public office aid"))
    if not doors or not doors <= {"public", "office", "aid"}:
        raise ConfigurationError("HRD_DOORS names some of `public`, `office`, `aid`.")
    port = value("PORT", "8000")
    if not port.isdigit():
        raise ConfigurationError("HRD_PORT is a number.")
    waiting_share = value("WAITING_SHARE", "20")
    if not waiting_share.isdecimal() or not 1 <= int(waiting_share) <= 80:
        raise ConfigurationError("HRD_WAITING_SHARE is a number of percent from 1 to 80.")
    video_megabytes = value("VIDEO_MEGABYTES", "500")
    if not video_megabytes.isdigit():
        raise ConfigurationError("HRD_VIDEO_MEGABYTES is a number.")
    # In production secrets are made on purpose only, by the one command that is there for it.
    may_make = not production or sys.argv[1:2] == ["secrets"]
    data = (ROOT / value("DATA", "var")).resolve()
    public_host = value("PUBLIC_HOST", "localhost")
    log = value("LOG")
    secret_file = Path(value("SECRET_KEY_FILE") or data / "secret-key")
    vault_file = Path(value("VAULT_KEY_FILE") or data / "vault-key")
    return Configuration(
        profile=profile,  # type: ignore[arg-type]  # checked against the two words above
        data=data,
        secret_keys=secret_lines(secret_file, create=may_make),
        vault_keys=secret_lines(vault_file, create=may_make),
        secret_files=(secret_file, vault_file),
        audit_key_file=Path(value("AUDIT_KEY_FILE") or data / "audit-key"),
        name=value("NAME"),
        public_host=public_host,
        office_host=value("OFFICE_HOST", f"office.{public_host}"),
        aid_host=value("AID_HOST", f"aid.{public_host}"),
        onion_host=value("ONION_HOST"),
        port=int(port),
        doors=doors,
        database=value("DATABASE", f"sqlite:///{data / 'platform.sqlite3'}"),
        broker=value("BROKER"),
        cache=value("CACHE"),
        email=value("EMAIL", f"file://{data / 'mail'}"),
        sender=value("SENDER", f"platform@{public_host}"),
        storage=value("STORAGE", f"file://{data / 'files'}"),
        video_megabytes=int(video_megabytes),
        statics=(ROOT / value("STATICS", "build/collected")).resolve(),
        proxy_streams=value("PROXY_STREAMS").lower() == "yes",
        waiting_share=int(waiting_share),
        trusted_proxies=words("TRUSTED_PROXIES"),
        log=Path(log) if log else None,
    )


configuration = read(os.environ)

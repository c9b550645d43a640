"""System checks of an installation: what must never go into production. All but the order of middleware ask to be
deployed (`check --deploy`); `platform.E…` refuse, `platform.W…` warn.
"""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own word

from hrdplatform.conf import Configuration, configuration

OUTERMOST = ("hrdplatform.web.middleware.HeadersMiddleware", "hrdplatform.web.middleware.DoorMiddleware")
REQUIRED = "hrdplatform.accounts.middleware.SecondFactorMiddleware"
LEAST_SECRET = 50


@register(Tags.security)
def middleware_stands(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Headers and doors come first, the second factor is asked for, and no cache middleware stands beside sessions."""
    found: list[CheckMessage] = []
    if tuple(settings.MIDDLEWARE[:2]) != OUTERMOST:
        found.append(
            Error(
                "The headers' and the doors' middleware must come first.", hint=", ".join(OUTERMOST), id="platform.E001"
            )
        )
    if REQUIRED not in settings.MIDDLEWARE:
        found.append(Error("Nothing asks for a second factor.", hint=f"Add {REQUIRED}.", id="platform.E002"))
    if any(name.startswith("django.middleware.cache") for name in settings.MIDDLEWARE):
        found.append(Error("Django's cache middleware would mix up people's pages.", id="platform.E003"))
    return found


@register(Tags.security, deploy=True)
def deployable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Everything that the configuration itself can tell."""
    return [*secrets_are_safe(configuration), *ways_are_safe(configuration)]


def secrets_are_safe(chosen: Configuration) -> list[CheckMessage]:
    """No short or shared secret, no secret that others on the machine can read."""
    found: list[CheckMessage] = []
    for name, keys in (("signing", chosen.secret_keys), ("vault", chosen.vault_keys)):
        if any(len(key) < LEAST_SECRET or len(set(key)) < 8 or key.startswith("django-insecure") for key in keys):
            found.append(
                Error(
                    f"A {name} key is short or a default one.",
                    hint="Make it with `manage.py secrets`.",
                    id="platform.E004",
                )
            )
    if set(chosen.secret_keys) & set(chosen.vault_keys):
        found.append(Error("One key signs and seals.", hint="Use two files with different keys.", id="platform.E005"))
    found += [
        Error(f"Others on this machine can read {path}.", hint=f"chmod 600 {path}", id="platform.E006")
        for path in chosen.secret_files
        if _open_to_others(path)
    ]
    if chosen.data.exists() and _open_to_others(chosen.data):
        found.append(
            Error(
                f"Others on this machine can enter {chosen.data}.", hint=f"chmod 700 {chosen.data}", id="platform.E007"
            )
        )
    return found


def ways_are_safe(chosen: Configuration) -> list[CheckMessage]:
    """Production's host names, proxy, mail, database and debugging."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("DEBUG shows what people typed.", hint="It is always off here.", id="platform.E008"))
    if not chosen.production:
        found.append(
            Error("The embedded profile is for one machine.", hint="HRD_PROFILE=production", id="platform.E009")
        )
        return found
    if not chosen.trusted_proxies or not chosen.proxy_streams:
        found.append(
            Error(
                "It is not said that the proxy in front passes request bodies on without writing them to its disk.",
                hint="Set HRD_TRUSTED_PROXIES, switch the proxy's request buffering off, then HRD_PROXY_STREAMS=yes.",
                id="platform.E010",
            )
        )
    if len({chosen.public_host, chosen.office_host, chosen.aid_host}) < 3:
        found.append(Error("Each door needs a host name of its own.", id="platform.E011"))
    if not (chosen.statics / "staticfiles.json").exists():
        found.append(Error("Static files were not collected.", hint="manage.py collectstatic", id="platform.E012"))
    if chosen.email.startswith("file:"):
        found.append(Warning("Letters are written into a folder.", hint="Set HRD_EMAIL.", id="platform.W001"))
    if chosen.database.startswith("sqlite:"):
        found.append(Warning("Production runs on SQLite.", hint="Set HRD_DATABASE.", id="platform.W002"))
    if not chosen.cache:
        found.append(Warning("Throttles count in each process alone.", hint="Set HRD_CACHE.", id="platform.W003"))
    return found


def _open_to_others(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)

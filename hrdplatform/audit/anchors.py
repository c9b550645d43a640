"""Anchors: who is sent the signed head each day. Rooms register a provider of addresses in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

Provider: TypeAlias = Callable[[], Iterable[tuple[str, str]]]
"""Gives pairs of mail address and language."""

providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider` name people who keep signed heads, such as administrators and team leads. Twice is once."""
    if provider not in providers:
        providers.append(provider)


def recipients() -> dict[str, str]:
    """Everybody who is sent the head: address -> language, each address once."""
    found: dict[str, str] = {}
    for provider in providers:
        for address, language in provider():
            found.setdefault(address.lower(), language)
    return found

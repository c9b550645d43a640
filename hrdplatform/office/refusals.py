"""A verb says no to somebody of the office: the error whose message is shown instead of a broken page."""

from __future__ import annotations

from django.core.exceptions import ValidationError


class RefusedError(ValidationError):
    """Nothing was changed; the message says why and what to do, for the person who asked."""

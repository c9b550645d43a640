"""The nouns of accounts."""

from hrdplatform.accounts.models.user import User

__all__ = ["User"]

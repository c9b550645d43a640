"""The nouns of the audit record."""

from .anchor import Anchor
from .entry import Entry

__all__ = ["Anchor", "Entry"]

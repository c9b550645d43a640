"""The nouns of the outbox and of the worker's turns."""

from .notice import Notice, State
from .turn import Turn

__all__ = ["Notice", "State", "Turn"]

"""Sessions of people who signed in, kept in the database."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """The database session."""

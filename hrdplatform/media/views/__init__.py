"""Views of media."""

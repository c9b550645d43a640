"""Views of the front hall."""

"""Views of the office."""

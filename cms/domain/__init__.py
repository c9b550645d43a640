"""Verbs of the front hall."""

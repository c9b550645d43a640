"""Requests for confidential legal help, sealed end to end."""

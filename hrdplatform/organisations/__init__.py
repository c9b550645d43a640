"""Organisations, memberships, roles, invitations."""

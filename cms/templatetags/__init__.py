"""Tags of the front hall."""

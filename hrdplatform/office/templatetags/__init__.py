"""Tags of the office."""

"""Pages of organisations, below `/account/`."""

"""The back office's ground: one viewset base, CSP overrides, what waits for me."""

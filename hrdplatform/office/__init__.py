"""The back office's ground: who comes in, one viewset base, Wagtail under our policy, what waits for me."""

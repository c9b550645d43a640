"""What operators run about the front hall."""

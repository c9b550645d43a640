"""What operators run about accounts."""

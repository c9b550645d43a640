"""What operators run about organisations."""

"""What is done about an improvement, as data."""

"""What is decided in this room, as data."""

"""What is recorded of this room, in words, feature by feature."""

"""What is decided here, without a database."""

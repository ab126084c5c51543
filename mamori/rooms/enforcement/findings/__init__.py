"""What looks like a breach: told, put before the seller, answered, decided upon."""

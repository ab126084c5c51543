"""What authorities ask: entered, verified by calling back, acted upon, answered."""

"""What every matter has: how its verbs are declared."""

"""What every matter has: its verbs' way to it, what should stand about it and how it is settled, its decisions as data."""

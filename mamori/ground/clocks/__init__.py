"""Deadlines as rows, and one loop that rings them."""

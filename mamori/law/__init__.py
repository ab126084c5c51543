"""Duties, deadlines, grounds, clauses and settings, each with its source.  Pure data."""

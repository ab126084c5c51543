"""Duties, deadlines, grounds, clauses and settings, each with its source; and figures.  Pure data."""

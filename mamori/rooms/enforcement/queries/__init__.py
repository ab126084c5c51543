"""Reads for this room's own pages: nothing here writes, locks or opens a transaction."""

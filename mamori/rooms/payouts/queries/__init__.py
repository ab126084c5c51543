"""Reads for this room's own pages."""

"""Decisions of this room as pure functions."""

"""Decisions of this room: pure functions."""

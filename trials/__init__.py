"""Measurements beside others and beside our own past: run by hand, never part of what is installed."""

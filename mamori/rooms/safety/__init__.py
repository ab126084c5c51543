"""Dangerous goods: what authorities ask, accidents, and every buyer told."""

"""Turns declarations into Django: fields, constraints, choices; the registry of lifecycles."""

"""Schemathesis over the whole API of a running house."""

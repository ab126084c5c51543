"""Writes the committed tables of readings from dictionaries that are published as packages: `python -m tools.readings`."""

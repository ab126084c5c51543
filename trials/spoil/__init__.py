"""Spoiling a log as the owner of its database, for `python -m trials log`."""

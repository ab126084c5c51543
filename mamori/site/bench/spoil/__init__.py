"""Spoiling a log as the owner of its database, for `mamori bench log`."""

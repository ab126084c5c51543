"""Backups: one archive of database and log, with a manifest of what is in it; the keys go elsewhere."""

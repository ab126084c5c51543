"""A half-year is published, exported and recounted by the independent program."""

"""The table of what answers which breach: drafted, approved by another, in force, read by everybody."""

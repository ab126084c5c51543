"""What is particular to Japan: its calendar.  Pure Python."""

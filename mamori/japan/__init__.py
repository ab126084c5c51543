"""What is particular to Japan: its calendar, its spellings, its banks.  Pure Python."""

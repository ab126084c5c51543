"""The small language that law and rooms are written in.  Pure Python: no Django, no clock, no files."""

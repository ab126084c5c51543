"""This room's pages for staff: its part of the case page, one page for each decision, its lists."""

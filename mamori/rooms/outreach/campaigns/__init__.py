"""Campaigns: what sellers are told all together, some at a time, and who said that it read it."""

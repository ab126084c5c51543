"""Pages that stand in every door."""

"""Money that waits: looked at, objected to, let go by two, brought to its end."""

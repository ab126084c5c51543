"""The policy's table as pure functions: what it is, whether it is sound, what it answers."""

"""A Django that does nothing, to measure ours beside."""

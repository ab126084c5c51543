"""One numbering and one index of all cases."""

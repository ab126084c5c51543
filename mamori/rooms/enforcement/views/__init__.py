"""Pages of this room, by whom they are for."""

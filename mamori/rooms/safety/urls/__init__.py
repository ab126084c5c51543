"""The addresses of this room, by audience."""

"""What is decided in this room, as data: about campaigns, and about announcements."""

"""Pure decisions of this room: about campaigns, and about what announcements promise."""

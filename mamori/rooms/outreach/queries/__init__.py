"""What the pages of this room read: campaigns, and announcements."""

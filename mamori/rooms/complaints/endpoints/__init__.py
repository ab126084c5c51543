"""What of this room software may do."""

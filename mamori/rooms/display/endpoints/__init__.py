"""What this room does over the API, by its things."""

"""What a seller has to show, whether it does, and what each buyer saw."""

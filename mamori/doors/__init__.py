"""Who may come in, and what they see first."""

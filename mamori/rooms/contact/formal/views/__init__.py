"""The pages of formal notices: of both parties, and of staff."""

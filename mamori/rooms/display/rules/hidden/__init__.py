"""Whether a private account may be a business: signs with their reasons, and when a person looks; nothing is decided here."""

"""What a seller showed when somebody ordered, kept whole."""

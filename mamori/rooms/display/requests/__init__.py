"""What a seller leaves out and gives on request."""

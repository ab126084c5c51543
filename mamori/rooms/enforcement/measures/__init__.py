"""What is done about a breach: decided on, carried out, its statement of reasons, its end."""

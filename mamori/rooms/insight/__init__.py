"""What people tell is counted and looked at, and what is improved because of it is written down, made and compared."""

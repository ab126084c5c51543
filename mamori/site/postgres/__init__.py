"""PostgreSQL as the house uses it."""

"""The shape of the house, where Import Linter cannot see it."""

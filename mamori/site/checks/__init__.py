"""The doctor: each check is one small function that yields findings; `mamori check` runs them all."""

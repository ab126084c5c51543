"""SQLite with a gate: writers wait in line instead of polling."""

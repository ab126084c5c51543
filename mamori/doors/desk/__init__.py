"""The operator's staff: queue, cases, search, people."""

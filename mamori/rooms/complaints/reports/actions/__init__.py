"""Every write about a report."""

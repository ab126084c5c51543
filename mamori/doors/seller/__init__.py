"""Sellers: inbox, tasks, hearing."""

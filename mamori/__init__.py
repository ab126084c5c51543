"""Mamori (守り): protects the people who buy on a marketplace, and proves it."""

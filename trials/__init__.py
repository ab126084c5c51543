"""Measurements that are run by hand, from the repository: the figures the project holds itself to."""

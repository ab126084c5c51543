"""Measurements that are run by hand: the figures the project holds itself to."""

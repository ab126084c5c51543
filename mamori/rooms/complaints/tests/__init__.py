"""Tests of `rooms/complaints`."""

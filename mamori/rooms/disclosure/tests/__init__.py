"""Tests of what a seller has to show."""

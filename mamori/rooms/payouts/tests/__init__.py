"""Tests of the room of payouts."""

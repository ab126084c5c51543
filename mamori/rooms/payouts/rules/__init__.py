"""Decisions of the room of payouts: plain functions."""

"""Decisions of the room of identity: plain functions."""

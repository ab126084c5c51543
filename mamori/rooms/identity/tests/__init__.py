"""Tests of the room of identity."""

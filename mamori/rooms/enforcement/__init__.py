"""Measures against breaches: found, heard, decided by declared policy, explained, appealable and undone without a trace left."""

"""Accidents with goods: from the first word to every buyer told."""

"""Asking before deciding: a seller, a maker, an importer or the holder of a right is asked what is so, and has time to answer."""

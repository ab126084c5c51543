"""Recalls: a notice held against the listings, what it means hidden, and every buyer told; new listings are watched."""

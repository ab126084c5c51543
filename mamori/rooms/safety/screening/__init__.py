"""Listings are looked at when they are told: by rules, by words of the operator's own, and by lists of names."""

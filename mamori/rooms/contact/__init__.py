"""Buyers reach sellers in time, or we mediate and make good: Act 3(1)(i)."""

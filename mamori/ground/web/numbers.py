"""Numbers that stand in an address: whatever is none finds nothing, and never a fault."""

from __future__ import annotations

MOST = 2**63 - 1
"""The greatest number that a database holds."""


def number_in(text: str) -> int | None:
    """Return the number that an address names, or None for what no database could find."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        return None
    number = int(text)
    return number if 0 < number <= MOST and str(number) == text else None

"""GTIN (JAN, EAN, UPC): the number of goods that trade gives, held to its check digit."""

from __future__ import annotations

import re


def is_gtin(digits: str) -> bool:
    """Say whether these are the 8, 12, 13 or 14 digits of a GTIN: weighted 3, 1, 3 … from the right, a sum of tens.

    Source: GS1 General Specifications, 7.9; compared with python-stdnum in a test.
    """
    if not re.fullmatch("[0-9]{8}|[0-9]{12,14}", digits):
        return False
    weighed = (int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(digits)))
    return sum(weighed) % 10 == 0

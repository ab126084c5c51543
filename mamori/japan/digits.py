"""Digits as people write them: any width, with blanks and hyphens between."""

from __future__ import annotations

import re
from unicodedata import normalize


def digits_of(text: str) -> str:
    """Return the text in ordinary digits, without blanks and hyphens; what else it holds stays."""
    return re.sub(r"[\s‐‑–—−ー-]", "", normalize("NFKC", text))

"""What a page says, wherever its templates break their lines."""

from __future__ import annotations

import re
from typing import Any


def words(answer: Any) -> str:
    """Return the page of an answer with each run of blanks as one, and none before the end of a tag."""
    return tidy(answer.content.decode())


def tidy(page: str) -> str:
    """Do the same to a page that is text already."""
    return re.sub(r"\s+", " ", page).replace(" >", ">")

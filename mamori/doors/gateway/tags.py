"""Entity tags: the digest of what a GET answers, and whether a record is still what a caller has read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from mamori.doors.gateway.writing import written


def tag_of(content: bytes) -> str:
    """Return the tag of an answer."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Match:
    """What stands in If-Match: the tags of which one must fit, "*" for any record that is there, nothing for no condition."""

    header: str

    def fits(self, record: dict[str, Any] | None) -> bool:
        """Say whether the record, None where there is none, is what the caller has read."""
        if record is None:
            return False
        if self.header.strip() == "*":
            return True
        tag = tag_of(written(record).encode())
        return tag in (one.strip() for one in self.header.split(","))

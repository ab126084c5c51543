"""What binds a display to the log without showing it: a digest over chance and content, which whoever has both can work out."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

SALT = 32
"""Bytes of chance in front of a content."""


def chance() -> str:
    """Return a new salt, in hexadecimal digits."""
    return os.urandom(SALT).hex()


def canonical(value: Any) -> bytes:
    """Return JSON in the one form that verifiers write, too: names sorted, no blanks, UTF-8.

    :raises UnicodeEncodeError: when a text holds half a character.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(salt: str, content: dict[str, Any]) -> str:
    """Return the SHA-256 over salt and canonical content, in hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(content)).hexdigest()

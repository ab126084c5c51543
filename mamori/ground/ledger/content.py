"""What an act says, as one canonical text, and the commitment that binds the log to it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mamori.ground.seal.facts import Place

SALT = 32


def place_of(number: int) -> Place:
    """Return where the sealed content of act `number` stands."""
    return Place("ledger_actcontent", number, "sealed")


def canonical(value: Any) -> bytes:
    """Return `value` as JSON that every reader writes alike: sorted keys, no spaces, UTF-8, whole numbers only.

    :raises TypeError: when a value is no str, int, bool, None, list or dict with str keys.
    :raises UnicodeEncodeError: when a text holds half a character.
    """
    _examine(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commit(salt: bytes, content: dict[str, Any]) -> bytes:
    """Return the SHA-256 over salt and canonical content: binding, and silent about the content."""
    return hashlib.sha256(salt + canonical(content)).digest()


def row_digest(*, act: int, subject: str, about: str, sealed: bytes) -> str:
    """Return the digest by which a shredding act fixes a content that nobody can open any more."""
    return hashlib.sha256(canonical([act, subject, about, sealed.hex()])).hexdigest()


def _examine(value: Any) -> None:
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, list | tuple):
        for item in value:
            _examine(item)
    elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for item in value.values():
            _examine(item)
    else:
        raise TypeError(
            f"the log takes text, whole numbers, yes/no, lists and tables, not {type(value).__name__}"
        )

"""Where the words of this room lie, each sealed with the seller's key, and how they are opened."""

from __future__ import annotations

import json
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place


def seal(table: str, key: int | str, column: str, seller_ref: str, plain: object) -> bytes:
    """Seal a value that JSON can carry."""
    written = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return sealing.seal(subject=f"seller:{seller_ref}", place=Place(table, str(key), column), plain=written)


def read(table: str, key: int | str, column: str, seller_ref: str, sealed: bytes | memoryview | None) -> Any:
    """Open a value; None where nothing was sealed or the seller's key is destroyed."""
    plain = seals.opened(subject=f"seller:{seller_ref}", place=Place(table, str(key), column), sealed=sealed)
    return json.loads(plain) if plain is not None else None


def pairs(texts: tuple[Text, ...]) -> list[list[str]]:
    """Return wordings as JSON carries them."""
    return [[text.ja, text.en] for text in texts]


def texts(pairs: list[list[str]] | None) -> tuple[Text, ...]:
    """Return wordings as they were written down."""
    return tuple(Text(ja, en) for ja, en in pairs or ())

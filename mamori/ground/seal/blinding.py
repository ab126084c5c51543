"""Looking up what is sealed: blind indexes for whole values, keyed tokens for words; a dump shows neither."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mamori.ground.seal import keystore
from mamori.ground.seal.keystore import Key
from mamori.japan.folding import bigrams, pressed

BLIND = 16
TOKEN = 8


def blind(column: str, text: str) -> bytes:
    """Return the 128-bit index of a whole value: equal for spellings that mean the same, telling nothing without the key.

    `column` names where it stands ("people_contact.phone"): the same value has another index in another column.
    A value of which there are few (a birthday, a bank's code) must never be indexed alone: its indexes can be counted.
    """
    return blind_all(column, [text])[0]


def blind_all(column: str, texts: Iterable[str]) -> list[bytes]:
    """Return the index of each of many values of one column, as `blind` does; the key's file is looked at once."""
    key = _derived(keystore.read(Key.INDEX), f"blind {column}")
    return [hmac.digest(key, pressed(text).encode(errors="replace"), "sha256")[:BLIND] for text in texts]


def tokens(text: str) -> list[str]:
    """Return the distinct search tokens of a text: 13 characters of a-z and 2-7 for each pair of neighbours.

    They are words for SQLite's FTS5 (any of its tokenizers that does not stem) and members of a PostgreSQL text array.
    A text is found when it has every token of what is looked for; that is the same question on both databases.
    """
    keyed = hmac.new(_derived(keystore.read(Key.INDEX), "tokens"), digestmod=hashlib.sha256)
    found = []
    for pair in bigrams(text):
        one = keyed.copy()
        one.update(pair.encode(errors="replace"))
        found.append(base64.b32encode(one.digest()[:TOKEN]).decode().rstrip("=").lower())
    return found


@lru_cache(maxsize=64)
def _derived(key: bytes, what: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"mamori index {what}".encode()).derive(key)

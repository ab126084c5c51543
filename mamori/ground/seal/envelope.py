"""The envelope: version, key number and nonce in front, AES-256-GCM behind, bound to subject and place."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
HEAD = 9  # one byte of version, eight of key number
NONCE = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands: moved anywhere else, it no longer opens."""

    table: str
    row: int | str
    column: str


def fingerprint(kek: bytes) -> str:
    """Return 16 hexadecimal digits that tell one key-encryption key from another and reveal neither."""
    return hashlib.sha256(b"mamori kek\n" + kek).hexdigest()[:16]


def close(*, dek: bytes, number: int, subject: str, place: Place, plain: bytes) -> bytes:
    """Return `plain` sealed under the subject's key `number`."""
    head = bytes([VERSION]) + number.to_bytes(HEAD - 1)
    nonce = os.urandom(NONCE)
    return head + nonce + AESGCM(dek).encrypt(nonce, plain, _bound(head, subject, place))


def open_(*, dek: bytes, subject: str, place: Place, sealed: bytes) -> bytes:
    """Return what was sealed.

    :raises cryptography.exceptions.InvalidTag: when a bit, the subject or the place differs.
    """
    head, nonce, body = sealed[:HEAD], sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :]
    return AESGCM(dek).decrypt(nonce, body, _bound(head, subject, place))


def number_of(sealed: bytes) -> int | None:
    """Return the number of the key that sealed it, or None when this is no envelope of a known version."""
    if len(sealed) < HEAD + NONCE + 16 or sealed[0] != VERSION:
        return None
    return int.from_bytes(sealed[1:HEAD])


def _bound(head: bytes, subject: str, place: Place) -> bytes:
    return head + json.dumps([place.table, str(place.row), place.column, subject]).encode()

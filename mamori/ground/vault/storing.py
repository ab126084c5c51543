"""Encrypted files on disk: chunk by chunk under the file's own key, each bound to its file, part and place.

Part 0 is the original; the pictures count from 1.  A file is written under a draft's name and renamed when it is whole.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

MAGIC = b"mamori-file 1\n"
CHUNK = 64 << 10
NONCE, TAG = 12, 16
ORIGINAL = 0


class FileDamaged(Refusal, code="vault.damaged", status=409):
    """The bytes on disk are not those that were written."""

    text = Text(
        "預かったファイル {file} が壊れているか、書き換えられています。控えから戻してください。",
        "The kept file {file} is damaged or was changed. Put it back from a backup.",
    )


class NoRoom(Refusal, code="vault.no_room", status=424):
    """The disk cannot take the file; nothing was kept of it."""

    text = Text(
        "ただいまファイルを保存できません。時間をおいてもう一度お送りください。",
        "The file cannot be kept just now. Please try again later.",
    )


def new_key() -> bytes:
    """Return a key for one file."""
    return AESGCM.generate_key(256)


def place_of(file: uuid.UUID, part: int) -> Path:
    """Return where a part stands."""
    return Path(settings.FILES) / file.hex[:2] / f"{file.hex}.{part}"


def write(*, key: bytes, file: uuid.UUID, parts: dict[int, bytes]) -> None:
    """Write parts of a file; either all of them stand afterwards or none."""
    try:
        for part, plain in parts.items():
            _write(key, file, part, plain)
    except OSError:
        with suppress(OSError):
            remove(file, parts)
        raise NoRoom from None


def read(*, key: bytes, file: uuid.UUID, part: int) -> bytes:
    """Return what a part holds.

    :raises FileDamaged: when it is not there, or any byte, chunk or its order was changed, or its end is missing.
    """
    try:
        sealed = place_of(file, part).read_bytes()
    except OSError:
        raise FileDamaged(file=f"{file}.{part}") from None
    cipher = AESGCM(key)
    plain = bytearray()
    try:
        for number, is_last, chunk in _chunks(sealed):
            plain += cipher.decrypt(chunk[:NONCE], chunk[NONCE:], _bound(file, part, number, is_last))
    except (InvalidTag, ValueError):
        raise FileDamaged(file=f"{file}.{part}") from None
    return bytes(plain)


def remove(file: uuid.UUID, parts: dict[int, bytes] | None = None) -> None:
    """Take a file's parts from the disk, all of them unless some are named."""
    folder = place_of(file, ORIGINAL).parent
    names = folder.glob(f"{file.hex}.*") if parts is None else (place_of(file, part) for part in parts)
    for name in list(names):
        name.unlink(missing_ok=True)


def standing() -> Iterator[tuple[uuid.UUID | None, Path, float]]:
    """Yield every file on the disk: whose it is (None for a draft), where, and when it was written."""
    for path in Path(settings.FILES).glob("[0-9a-f][0-9a-f]/*"):
        name, _, ending = path.name.partition(".")
        if not (ending.isdecimal() or ending.endswith(".draft")):
            continue  # nothing that we write
        try:
            written = path.stat().st_mtime
            yield (uuid.UUID(hex=name) if ending.isdecimal() else None), path, written
        except (ValueError, OSError):
            continue


def _write(key: bytes, file: uuid.UUID, part: int, plain: bytes) -> None:
    place = place_of(file, part)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.draft")
    cipher, last = AESGCM(key), max(len(plain) - 1, 0) // CHUNK
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(MAGIC)
            for number in range(last + 1):
                nonce = os.urandom(NONCE)
                chunk = plain[number * CHUNK : (number + 1) * CHUNK]
                out.write(nonce + cipher.encrypt(nonce, chunk, _bound(file, part, number, number == last)))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _chunks(sealed: bytes) -> Iterator[tuple[int, bool, bytes]]:
    """Yield number, whether it is the last, and the sealed chunk.

    :raises ValueError: when this is no file of ours.
    """
    if not sealed.startswith(MAGIC) or len(sealed) < len(MAGIC) + NONCE + TAG:
        raise ValueError("no file of ours")
    size = NONCE + CHUNK + TAG
    starts = range(len(MAGIC), len(sealed), size)
    for number, at in enumerate(starts):
        yield number, number == len(starts) - 1, sealed[at : at + size]


def _bound(file: uuid.UUID, part: int, number: int, is_last: bool) -> bytes:
    return MAGIC + file.bytes + part.to_bytes(4) + number.to_bytes(8) + bytes([is_last])

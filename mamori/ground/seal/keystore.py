"""The file key-store: keys as files of their own, readable by the owner only, never inside the database."""

from __future__ import annotations

import os
import secrets
import stat
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

SIZE = 32


class Key(StrEnum):
    """The keys that a house has: one wraps the subjects' keys, one signs the log."""

    SUBJECTS = "subjects"
    LOG = "log"


class KeyMissing(Refusal):
    """The key file is not there."""

    code = "seal.key_missing"
    status = 424
    text = Text(
        "鍵のファイル {path} がありません。控えから戻すか、はじめての導入なら `mamori setup` を実行してください。",
        "The key file {path} is missing. Put it back from your backup, or run `mamori setup` on a new installation.",
    )


class KeyOpen(Refusal):
    """Others than the owner can read the key file or its folder."""

    code = "seal.key_open"
    status = 424
    text = Text(
        "鍵 {path} を所有者以外も読み書きできます。`chmod {mode} {path}` を実行してください。",
        "Others than the owner can reach the key {path}. Run `chmod {mode} {path}`.",
    )


class KeyWrong(Refusal):
    """The key file does not hold the key that is needed."""

    code = "seal.key_wrong"
    status = 424
    text = Text(
        "鍵のファイル {path} はこのデータベースの鍵ではないか、壊れています。正しい控えから戻してください。",
        "The key file {path} is damaged or is not the key of this database. Put the right one back from your backup.",
    )


def path_of(key: Key) -> Path:
    """Return where the key stands."""
    return Path(settings.KEYS) / f"{key}.key"


def read(key: Key) -> bytes:
    """Return the 32 bytes of `key`.

    :raises KeyMissing, KeyOpen, KeyWrong: when the file is absent, open to others, or not 64 hexadecimal digits.
    """
    path = path_of(key)
    try:
        folder, file = path.parent.stat(), path.stat()
        content = path.read_bytes()
    except OSError:
        raise KeyMissing(path=path) from None
    for place, status, mode in ((path.parent, folder, "0700"), (path, file, "0600")):
        if stat.S_IMODE(status.st_mode) & 0o077:
            raise KeyOpen(path=place, mode=mode)
    try:
        secret = bytes.fromhex(content.decode("ascii"))
    except ValueError:
        raise KeyWrong(path=path) from None
    if len(secret) != SIZE:
        raise KeyWrong(path=path)
    return secret


def make(key: Key) -> bool:
    """Make the key unless it is there, and say whether it was made; a half-written file is never left behind."""
    path = path_of(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return False
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_hex(SIZE) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike rename, this never replaces the key that another process has just made
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True

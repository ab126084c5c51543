"""The key-store, keys as files outside the database; the envelope that they seal; blind indexes and secrets made with them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import stat
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import wrapping
from mamori.japan.folding import bigrams, pressed
from mamori.japan.written import spelt_out

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


def close_envelope(*, dek: bytes, number: int, subject: str, place: Place, plain: bytes) -> bytes:
    """Return `plain` sealed under the subject's key `number`."""
    head = bytes([VERSION]) + number.to_bytes(HEAD - 1)
    nonce = os.urandom(NONCE)
    return head + nonce + AESGCM(dek).encrypt(nonce, plain, _bound(head, subject, place))


def open_envelope(*, dek: bytes, subject: str, place: Place, sealed: bytes) -> bytes:
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


# The key-store: keys as files of their own, for their owner only, never inside the database; plain or wrapped.


SIZE = 32


class Key(StrEnum):
    """The keys that a house has: one wraps the subjects' keys, one signs the log, one keys the indexes."""

    SUBJECTS = "subjects"
    LOG = "log"
    INDEX = "index"


class KeyMissing(Refusal, code="seal.key_missing", status=424):
    """The key file is not there."""

    text = Text(
        "鍵のファイル {path} がありません。控えから戻すか、はじめての導入なら `mamori setup` を実行してください。",
        "The key file {path} is missing. Put it back from your backup, or run `mamori setup` on a new installation.",
    )


class KeyOpen(Refusal, code="seal.key_open", status=424):
    """Others than the owner can read the key file or its folder."""

    text = Text(
        "鍵 {path} を所有者以外も読み書きできます。`chmod {mode} {path}` を実行してください。",
        "Others than the owner can reach the key {path}. Run `chmod {mode} {path}`.",
    )


class KeyWrong(Refusal, code="seal.key_wrong", status=424):
    """The key file does not hold the key that is needed."""

    text = Text(
        "鍵のファイル {path} はこのデータベースの鍵ではないか、壊れています。正しい控えから戻してください。",
        "The key file {path} is damaged or is not the key of this database. Put the right one back from your backup.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One key-encryption key: the newest wraps what is new, older ones open what they wrapped until it is re-wrapped."""

    number: int
    path: Path
    fingerprint: str
    secret: bytes


_opened: dict[Path, tuple[tuple[int, ...], bytes]] = {}
"""What was opened, with the file's signature: a wrapped key is not asked for again while its file stands."""
_numbers: dict[str, int] = {}
"""Which generation had a fingerprint when it was last looked for: a hint that spares reading the folder."""


def folder() -> Path:
    """Return the folder of the keys."""
    return Path(settings.KEYS)


def path_of(key: Key, generation: int = 1) -> Path:
    """Return where the key stands; later generations carry their number in the name."""
    return _path_in(settings.KEYS, key, generation)


@lru_cache(maxsize=64)
def _path_in(keys: str | Path, key: Key, generation: int) -> Path:
    return Path(keys) / (f"{key}.key" if generation == 1 else f"{key}.{generation}.key")


def is_there(key: Key) -> bool:
    """Say whether the key has a file; of the key-encryption key any generation counts."""
    return bool(numbers()) if key is Key.SUBJECTS else path_of(key).exists()


def numbers() -> list[int]:
    """List the generations of the key-encryption key that are there, the oldest first."""
    found = []
    for path in folder().glob(f"{Key.SUBJECTS}*.key"):
        named = re.fullmatch(rf"{Key.SUBJECTS}(?:\.([1-9]\d{{0,8}}))?\.key", path.name)
        if named:
            found.append(int(named[1] or 1))
    return sorted(found)


def generations() -> Iterator[Generation]:
    """Yield the key-encryption keys, the newest first."""
    known = numbers()
    if not known:
        raise KeyMissing(path=path_of(Key.SUBJECTS))
    for number in reversed(known):
        path = path_of(Key.SUBJECTS, number)
        secret = read_file(path)
        yield Generation(number=number, path=path, fingerprint=fingerprint(secret), secret=secret)


def newest() -> Generation:
    """Return the key-encryption key that wraps what is new."""
    return next(generations())


def by_fingerprint(wanted: str) -> Generation | None:
    """Return the key-encryption key that has the fingerprint, None when none has."""
    number = _numbers.get(wanted)
    if number is not None and (path := path_of(Key.SUBJECTS, number)).exists():
        secret = read_file(path)
        if fingerprint(secret) == wanted:
            return Generation(number=number, path=path, fingerprint=wanted, secret=secret)
    found = next((one for one in generations() if one.fingerprint == wanted), None)
    if found is not None:
        _numbers[wanted] = found.number
    return found


def read(key: Key) -> bytes:
    """Return the 32 bytes of `key`; of the key-encryption key the newest generation."""
    return newest().secret if key is Key.SUBJECTS else read_file(path_of(key))


def read_file(path: Path) -> bytes:
    """Return the 32 bytes that a key file holds, unwrapped where it is wrapped."""
    try:
        parent, file = path.parent.stat(), path.stat()
    except OSError:
        raise KeyMissing(path=path) from None
    for place, status, mode in ((path.parent, parent, "0700"), (path, file, "0600")):
        if stat.S_IMODE(status.st_mode) & 0o077:
            raise KeyOpen(path=place, mode=mode)
    signature = (file.st_dev, file.st_ino, file.st_mtime_ns, file.st_ctime_ns, file.st_size)
    known = _opened.get(path)
    if known is not None and known[0] == signature:
        return known[1]
    try:
        secret = wrapping.open_(path.read_bytes())
    except OSError:
        raise KeyMissing(path=path) from None
    except ValueError:
        raise KeyWrong(path=path) from None
    if len(secret) != SIZE:
        raise KeyWrong(path=path)
    _opened[path] = (signature, secret)
    return secret


def make(key: Key, generation: int = 1) -> bool:
    """Make the key unless it is there, and say whether it was made; a half-written file is never left behind."""
    path = path_of(key, generation)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return False
    draft = _draft(path, wrapping.closed(secrets.token_bytes(SIZE)))
    try:
        os.link(draft, path)  # unlike rename, this never replaces the key that another process has just made
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _settle(path.parent)
    return True


def wrap_again(paths: list[Path]) -> None:
    """Write key files anew as the profile of today wraps them; the keys stay, and no file is replaced before all are written."""
    drafts = {path: _draft(path, wrapping.closed(read_file(path))) for path in paths}
    for path, draft in drafts.items():
        draft.replace(path)
    _settle(folder())


def _draft(path: Path, content: bytes) -> Path:
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _settle(place: Path) -> None:
    """See the folder's new entry on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    key = _derived(read(Key.INDEX), f"blind {column}")
    return [hmac.digest(key, pressed(text).encode(errors="replace"), "sha256")[:BLIND] for text in texts]


def tokens(text: str) -> list[str]:
    """Return the distinct search tokens of a text: 13 characters of a-z and 2-7 for each pair of neighbours.

    They are words for SQLite's FTS5 (any of its tokenizers that does not stem) and members of a PostgreSQL text array.
    A text is found when it has every token of what is looked for; that is the same question on both databases.
    """
    keyed = hmac.new(_derived(read(Key.INDEX), "tokens"), digestmod=hashlib.sha256)
    found = []
    for pair in bigrams(text):
        one = keyed.copy()
        one.update(pair.encode(errors="replace"))
        found.append(base64.b32encode(one.digest()[:TOKEN]).decode().rstrip("=").lower())
    return found


@lru_cache(maxsize=64)
def _derived(key: bytes, what: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"mamori index {what}".encode()).derive(key)


def page_secret(column: str, form: str) -> str:
    """Return the secret of the page that a form leads to: the same form has the same page, and nobody can guess it."""
    return urlsafe_b64encode(blind(column, form)).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """Return what is kept of a secret that is long enough to need no salt: its SHA-256."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def new_code() -> str:
    """Return the eight digits of a new code."""
    return f"{secrets.randbelow(100_000_000):08}"


def typed_code(code: str) -> str:
    """Return a code as it was meant: whatever width it is typed in, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", spelt_out(code))[:40]

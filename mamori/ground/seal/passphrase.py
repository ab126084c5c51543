"""Keys wrapped by a passphrase: where it comes from, how a key is made of it, and how children get that key.

Salt and cost stand in front of each wrapped key, so that no file of its own can be lost or replaced before the keys are.
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import lending

LOG_N, R, P = 17, 8, 1  # 128 MiB and some 0.4 s a guess
VERSION, SALT = 1, 16
HEAD = 4 + SALT
MARK = b"mamori-wrapped passphrase "
LEAST = 12
CREDENTIAL = "mamori-passphrase"

type Ask = Callable[[bool], str]
"""Asks somebody at a terminal; True when the passphrase is a new one and is to be typed twice."""


class PassphraseAbsent(Refusal, code="seal.passphrase_absent", status=424):
    """Nothing gives the passphrase."""

    text = Text(
        "合言葉がありません。端末で起動するか、systemd の資格情報 {credential}、または MAMORI_PASSPHRASE_FD で渡してください。",
        "There is no passphrase. Start at a terminal, or give it as the systemd credential {credential} or by "
        "MAMORI_PASSPHRASE_FD.",
    )


class PassphraseWrong(Refusal, code="seal.passphrase_wrong", status=424):
    """The passphrase is not the one that wrapped the keys."""

    text = Text(
        "合言葉が違うか、鍵のファイルが壊れています。もう一度入力するか、控えから戻してください。",
        "The passphrase is not the right one, or a key file is damaged. Try again, or put the file back from a backup.",
    )


class PassphraseWeak(Refusal, code="seal.passphrase_weak", status=422):
    """The new passphrase could be guessed."""

    text = Text(
        "合言葉は{least}文字以上にしてください。関係のない単語を五つほど並べると、強くて覚えやすくなります。",
        "Take a passphrase of at least {least} characters; five unrelated words are strong and easy to remember.",
    )


_askers: list[Ask] = []
_one_asks = threading.RLock()


def ask_by(ask: Ask) -> None:
    """Let commands say who asks at the terminal."""
    _askers[:] = [ask]


class _Memory:
    """What this process was told: the passphrase, the keys made of it by their heads, and the head of what is new."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Know nothing any more."""
        self.told: str | None = None
        self.keys: dict[bytes, bytes] = {}
        self.fresh: bytes | None = None


_memory = _Memory()


class Passphrase:
    """Wraps with a key made of the passphrase by scrypt."""

    name = "passphrase"

    def fingerprint(self) -> str:
        """Return what tells one passphrase's key from another's."""
        return hashlib.sha256(b"mamori wrap\n" + _key(_head())).hexdigest()[:16]

    def wrap(self, key: bytes) -> bytes:
        """Return the key wrapped (RFC 3394), behind salt and cost."""
        head = _head()
        return head + aes_key_wrap(_key(head), key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the key; ValueError when this is nothing that was wrapped here.

        :raises PassphraseWrong: when it is another one; it is asked for again the next time.
        """
        head = wrapped[:HEAD]
        if len(head) < HEAD or head[0] != VERSION or not 10 <= head[1] <= 24:
            raise ValueError("no key wrapped by a passphrase")
        try:
            return aes_key_unwrap(_key(head), wrapped[HEAD:])
        except InvalidUnwrap:
            forget()
            raise PassphraseWrong from None


def keys() -> dict[bytes, bytes]:
    """Return the keys that this process has made of the passphrase, by salt and cost: what children need."""
    return dict(_memory.keys)


def forget() -> None:
    """Drop what was told, so that the next use asks again."""
    _memory.clear()


def renew() -> None:
    """Take another passphrase, with another salt, for what is wrapped from now on."""
    forget()
    _memory.fresh = _new_head()


def _new_head() -> bytes:
    return bytes([VERSION, LOG_N, R, P]) + os.urandom(SALT)


def _head() -> bytes:
    """Return salt and cost for what is wrapped now: those that stand in a key file, or new ones."""
    if _memory.fresh is None:
        _memory.fresh = _standing()
    if _memory.fresh is None:
        _memory.fresh = _new_head()
    return _memory.fresh


def _standing() -> bytes | None:
    for path in sorted(Path(settings.KEYS).glob("*.key")):
        content = path.read_bytes()
        if content.startswith(MARK):
            return base64.b64decode(content.split()[3])[:HEAD]
    return None


def _key(head: bytes) -> bytes:
    """Return the key for a salt: known, lent by a parent, or made of the passphrase, which is asked for once."""
    with _one_asks:
        if head not in _memory.keys:
            lent = lending.borrowed(Path(settings.KEY_SOCKET), head)
            _memory.keys[head] = _made(head) if lent is None else lent
        return _memory.keys[head]


def _made(head: bytes) -> bytes:
    is_new = head == _memory.fresh and head != _standing()
    if _memory.told is None:
        given = _given(is_new)
        if is_new and len(given) < LEAST:
            raise PassphraseWeak(least=LEAST)
        _memory.told = given
    kdf = Scrypt(salt=head[4:HEAD], length=32, n=2 ** head[1], r=head[2], p=head[3])
    return kdf.derive(_memory.told.encode())


def _given(is_new: bool) -> str:
    """Return the passphrase from an open file, from systemd, or from somebody at the terminal."""
    handle = os.environ.pop("MAMORI_PASSPHRASE_FD", "")  # read once: what we start later must not look for it
    if handle.isdecimal():
        try:
            with os.fdopen(int(handle), encoding="utf-8") as file:
                return file.read().rstrip("\r\n")
        except OSError:
            raise PassphraseAbsent(credential=CREDENTIAL) from None
    if folder := os.environ.get("CREDENTIALS_DIRECTORY"):
        place = Path(folder) / CREDENTIAL
        if place.exists():
            return place.read_text(encoding="utf-8").rstrip("\r\n")
    if _askers and (told := _askers[0](is_new)):
        return told
    raise PassphraseAbsent(credential=CREDENTIAL)

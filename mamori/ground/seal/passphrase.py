"""Keys wrapped by a passphrase: where it comes from, how a key is made of it, and how children get that key."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import lending

LOG_N, R, P = 17, 8, 1  # 128 MiB and some 0.4 s a guess
LEAST = 12
CREDENTIAL = "mamori-passphrase"

type Ask = Callable[[bool], str]
"""Asks somebody at a terminal; True when the passphrase is a new one and is to be typed twice."""


class PassphraseAbsent(Refusal):
    """Nothing gives the passphrase."""

    code = "seal.passphrase_absent"
    status = 424
    text = Text(
        "合言葉がありません。端末で起動するか、systemd の資格情報 {credential}、または MAMORI_PASSPHRASE_FD で渡してください。",
        "There is no passphrase. Start at a terminal, or give it as the systemd credential {credential} or by "
        "MAMORI_PASSPHRASE_FD.",
    )


class PassphraseWrong(Refusal):
    """The passphrase is not the one that wrapped the keys."""

    code = "seal.passphrase_wrong"
    status = 424
    text = Text(
        "合言葉が違うか、鍵のファイルか {salt} が壊れています。もう一度入力するか、控えから戻してください。",
        "The passphrase is not the right one, or a key file or {salt} is damaged. Try again, or restore from a backup.",
    )


class PassphraseWeak(Refusal):
    """The new passphrase could be guessed."""

    code = "seal.passphrase_weak"
    status = 422
    text = Text(
        "合言葉は{least}文字以上にしてください。関係のない単語を五つほど並べると、強くて覚えやすくなります。",
        "Take a passphrase of at least {least} characters; five unrelated words are strong and easy to remember.",
    )


_askers: list[Ask] = []
_one_asks = threading.Lock()


def ask_by(ask: Ask) -> None:
    """Let commands say who asks at the terminal."""
    _askers[:] = [ask]


class Passphrase:
    """Wraps with a key made of the passphrase by scrypt; the salt lies beside the keys."""

    name = "passphrase"

    def fingerprint(self) -> str:
        """Return what tells one passphrase's key from another's."""
        return hashlib.sha256(b"mamori wrap\n" + key()).hexdigest()[:16]

    def wrap(self, key_: bytes) -> bytes:
        """Return the key wrapped (RFC 3394).

        :raises PassphraseAbsent, PassphraseWeak: when there is none that may be used.
        """
        return aes_key_wrap(key(), key_)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the key.

        :raises PassphraseAbsent: when nothing gives the passphrase.
        :raises PassphraseWrong: when it is another one; it is asked for again the next time.
        """
        try:
            return aes_key_unwrap(key(), wrapped)
        except InvalidUnwrap:
            forget()
            raise PassphraseWrong(salt=_salt_file()) from None


def key() -> bytes:
    """Return the key made of the passphrase: asked for once in a process, lent by a parent where there is one.

    :raises PassphraseAbsent, PassphraseWeak: when there is none that may be used.
    """
    with _one_asks:
        return _key(_salt_file(), Path(settings.KEY_SOCKET))


def forget() -> None:
    """Drop what was asked for, so that the next use asks again."""
    _key.cache_clear()


@cache
def _key(salt_file: Path, socket: Path) -> bytes:
    lent = lending.borrowed(socket) if salt_file.exists() else None
    if lent is not None:
        return lent
    is_new = not salt_file.exists()
    given = _given(is_new)
    if is_new and len(given) < LEAST:
        raise PassphraseWeak(least=LEAST)
    log_n, r, p, salt = _salt(salt_file)
    return Scrypt(salt=salt, length=32, n=2**log_n, r=r, p=p).derive(given.encode())


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


def _salt_file() -> Path:
    return Path(settings.KEYS) / "passphrase.salt"


def _salt(place: Path) -> tuple[int, int, int, bytes]:
    """Return the cost and the salt, which are made at the first use."""
    if not place.exists():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = f"scrypt {LOG_N} {R} {P} {os.urandom(16).hex()}\n"
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    try:
        name, log_n, r, p, salt = place.read_text(encoding="ascii").split()
        numbers = (int(log_n), int(r), int(p), bytes.fromhex(salt))
    except ValueError:
        raise PassphraseWrong(salt=place) from None
    if name != "scrypt" or not 10 <= numbers[0] <= 24:
        raise PassphraseWrong(salt=place)
    return numbers

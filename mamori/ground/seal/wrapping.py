"""How key files are wrapped, by the profile that is set: not at all, by a passphrase, or by an external key service."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import shlex
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import lending

# The interface to an external key service: a command that takes one question as JSON and answers as JSON.


MOST = 65_536


class KmsFailed(Refusal, code="seal.kms_failed", status=424):
    """The key service did not answer, or not with what was asked."""

    text = Text(
        "鍵サービスが応えませんでした（{why}）。MAMORI_KMS_COMMAND と鍵サービスを確かめてください。",
        "The key service did not answer ({why}). Look at MAMORI_KMS_COMMAND and at the service.",
    )


class Kms:
    """Wraps the house's few keys with a key that never leaves the service.

    The service is asked when a key file is first opened by a process and when one is made, never for a subject's key:
    it may be slow, and the house goes on while it is away. The command gets one line on its standard input,
    `{"op": "fingerprint"}`, `{"op": "wrap", "key": B64}` or `{"op": "unwrap", "wrapped": B64}`, and answers
    `{"fingerprint": …}`, `{"wrapped": B64}` or `{"key": B64}`, or `{"error": "why"}`.
    """

    name = "kms"

    def fingerprint(self) -> str:
        """Return the service's name of its key."""
        told = str(_ask({"op": "fingerprint"}, "fingerprint"))
        if not told.isascii() or not told.isprintable() or " " in told or not 0 < len(told) <= 200:
            raise KmsFailed(why="the fingerprint is no single printable word")
        return told

    def wrap(self, key: bytes) -> bytes:
        """Return the key as the service wraps it, tried once before anybody depends on it."""
        wrapped = _bytes({"op": "wrap", "key": base64.b64encode(key).decode()}, "wrapped")
        if self.unwrap(wrapped) != key:
            raise KmsFailed(why="what it wrapped does not open again")
        return wrapped

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the key."""
        return _bytes({"op": "unwrap", "wrapped": base64.b64encode(wrapped).decode()}, "key")


def _bytes(question: dict[str, str], wanted: str) -> bytes:
    try:
        return base64.b64decode(str(_ask(question, wanted)), validate=True)
    except ValueError:
        raise KmsFailed(why=f"“{wanted}” is no base64") from None


def _ask(question: dict[str, str], wanted: str) -> Any:
    command = shlex.split(settings.KMS_COMMAND)
    if not command:
        raise KmsFailed(why="MAMORI_KMS_COMMAND is not set")
    try:
        done = subprocess.run(  # noqa: S603  the operator's own command
            command,
            input=json.dumps(question).encode() + b"\n",
            capture_output=True,
            timeout=settings.KMS_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise KmsFailed(why=f"no answer within {settings.KMS_SECONDS} s") from None
    except OSError as error:
        raise KmsFailed(why=f"{command[0]}: {error.strerror}") from None
    return _answer(done, wanted)


def _answer(done: subprocess.CompletedProcess[bytes], wanted: str) -> Any:
    """Return what was asked for; what the command wrote to its standard error is for its own log, not for ours."""
    try:
        told = json.loads(done.stdout[:MOST])
    except ValueError:
        raise KmsFailed(why=f"exit code {done.returncode}, no JSON") from None
    if not isinstance(told, dict) or done.returncode or wanted not in told:
        error = told.get("error") if isinstance(told, dict) else None
        raise KmsFailed(why=str(error or f"exit code {done.returncode}, no “{wanted}”"))
    return told[wanted]


# Keys wrapped by a passphrase: where it comes from, how a key is made of it, and how children get that key.


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
        """Return the key; ValueError when this is nothing that was wrapped here."""
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


def renew_passphrase() -> None:
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


WRAPPED = b"mamori-wrapped"
PLAIN = "file"
PROFILES = (PLAIN, "passphrase", "kms")


class Wrapper(Protocol):
    """What stands between a key file and its key: `fingerprint` tells one wrapping key from another."""

    name: str

    def fingerprint(self) -> str:
        """Return a short printable name of the wrapping key."""
        ...

    def wrap(self, key: bytes) -> bytes:
        """Return the key in a form that only `unwrap` opens."""
        ...

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the key; ValueError when this is nothing that was wrapped here."""
        ...


class ProfileUnknown(Refusal, code="seal.profile_unknown", status=424):
    """MAMORI_KEY_PROFILE names no profile."""

    text = Text(
        "MAMORI_KEY_PROFILE「{profile}」はありません。{profiles} のどれかにしてください。",
        "There is no key profile “{profile}”. Set MAMORI_KEY_PROFILE to one of {profiles}.",
    )


class ProfileDiffers(Refusal, code="seal.profile_differs", status=424):
    """The key file was wrapped under another profile than the one that is set."""

    text = Text(
        "鍵は「{theirs}」で包まれていますが、MAMORI_KEY_PROFILE は「{ours}」です。設定を戻すか、"
        "「{theirs}」のまま `mamori seal wrap {ours}` で包み直してください。",
        "The keys are wrapped by “{theirs}”, yet MAMORI_KEY_PROFILE is “{ours}”. Set it back, or wrap them anew with "
        "`mamori seal wrap {ours}` while it is “{theirs}”.",
    )


def profile() -> str:
    """Return the profile that is set."""
    found: str = settings.KEY_PROFILE
    if found not in PROFILES:
        raise ProfileUnknown(profile=found, profiles=", ".join(PROFILES))
    return found


def wrapper(name: str) -> Wrapper | None:
    """Return what wraps under the profile; None where keys lie plain in their folder."""
    if name == PLAIN:
        return None
    return Passphrase() if name == Passphrase.name else Kms()


def closed(key: bytes) -> bytes:
    """Return the content of a key's file under today's profile."""
    by = wrapper(profile())
    if by is None:
        return key.hex().encode() + b"\n"
    parts = (WRAPPED, by.name.encode(), by.fingerprint().encode(), base64.b64encode(by.wrap(key)))
    return b" ".join(parts) + b"\n"


def open_(content: bytes) -> bytes:
    """Return the key that a file's content holds; a plain one opens under every profile."""
    if not content.startswith(WRAPPED + b" "):
        return bytes.fromhex(content.decode("ascii"))
    _, name, _, wrapped = content.decode("ascii").split()
    if name != profile():
        raise ProfileDiffers(theirs=name, ours=profile())
    by = wrapper(name)
    assert by is not None
    try:
        return by.unwrap(base64.b64decode(wrapped, validate=True))
    except binascii.Error as error:
        raise ValueError("no base64") from error


def is_plain(content: bytes) -> bool:
    """Say whether a key file's content lies unwrapped."""
    return not content.startswith(WRAPPED + b" ")

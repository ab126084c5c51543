"""How key files are wrapped, by the profile that is set: not at all, by a passphrase, or by an external key service."""

from __future__ import annotations

import base64
import binascii
from typing import Protocol

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal.kms import Kms
from mamori.ground.seal.passphrase import Passphrase

MARK = b"mamori-wrapped"
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
    parts = (MARK, by.name.encode(), by.fingerprint().encode(), base64.b64encode(by.wrap(key)))
    return b" ".join(parts) + b"\n"


def open_(content: bytes) -> bytes:
    """Return the key that a file's content holds; a plain one opens under every profile.

    :raises ValueError: when it holds none.
    """
    if not content.startswith(MARK + b" "):
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
    return not content.startswith(MARK + b" ")

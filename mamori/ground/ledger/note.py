"""Signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), Ed25519 only.  Knows no database."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mamori.grammar.regex import regex
from mamori.ground.ledger.moment import moment_of, text_of

ED25519 = b"\x01"
_DASH = "\N{EM DASH} "


class NoteBroken(ValueError):
    """The note is not what it should be; the message says what."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a log's key, under the log's name."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes by which a signature names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """Return the key as people pass it on: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def read(cls, vkey: str) -> Verifier:
        """Read a key.

        :raises NoteBroken: when it is no Ed25519 key in the form name+id+key.
        """
        try:
            name, _, code = vkey.strip().split("+", 2)
            data = base64.b64decode(code, validate=True)
        except (ValueError, binascii.Error):
            raise NoteBroken("the key is not of the form name+id+key") from None
        key = cls(name, data[1:])
        if data[:1] != ED25519 or len(key.public) != 32 or key.vkey != vkey.strip():
            raise NoteBroken("the key is not an Ed25519 key, or its id does not fit")
        return key


@dataclass(frozen=True, slots=True)
class Signer:
    """The secret half: the 32 bytes of the key file, under the log's name."""

    name: str
    secret: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or self.name.split() != [self.name]:
            raise NoteBroken("a log's name has neither spaces nor a plus sign")

    @property
    def verifier(self) -> Verifier:
        """Return the public half."""
        return Verifier(
            self.name, Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()
        )

    def sign(self, text: str) -> str:
        """Return `text` (ending in a newline) as a signed note."""
        signature = Ed25519PrivateKey.from_private_bytes(self.secret).sign(text.encode())
        return f"{text}\n{_DASH}{self.name} {base64.b64encode(self.verifier.id + signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: this log, at this moment, had this size and root."""

    origin: str
    size: int
    root: bytes
    at: datetime

    @property
    def text(self) -> str:
        """Return the text that is signed; the moment stands in an extension line."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\nat {text_of(self.at)}\n"

    @classmethod
    def read(cls, text: str) -> Head:
        """Read a checkpoint's text.

        :raises NoteBroken: when it is not exactly what this log writes.
        """
        lines = text.split("\n")
        try:
            origin, size, root, at, _ = lines
            head = cls(
                origin, int(size), base64.b64decode(root, validate=True), moment_of(at.removeprefix("at "))
            )
        except (ValueError, binascii.Error):
            raise NoteBroken("the text is no checkpoint of this kind") from None
        if head.text != text or len(head.root) != HASH_SIZE or head.size < 0 or not origin:
            raise NoteBroken("the text is no checkpoint of this kind")
        return head


HASH_SIZE = 32
_LINE = regex(rf"{_DASH}(\S+) ([A-Za-z0-9+/=]+)")


def open_note(note: str, key: Verifier) -> str:
    """Return the text of a note that `key` has signed; signatures of other keys are passed over.

    :raises NoteBroken: when the form is wrong, no signature is the key's, or the key's signature fails.
    """
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n") or any(ord(c) < 0x20 and c != "\n" for c in note):
        raise NoteBroken("the note has no text, blank line and signature")
    text += "\n"
    signed = False
    for line in lines[:-1].split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            raise NoteBroken("a line below the text is no signature")
        try:
            data = base64.b64decode(match[2], validate=True)
        except binascii.Error:
            raise NoteBroken("a signature is not base64") from None
        if match[1] != key.name or data[:4] != key.id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(data[4:], text.encode())
        except (InvalidSignature, ValueError):
            raise NoteBroken("the signature does not fit the text") from None
        signed = True
    if not signed:
        raise NoteBroken("the note was not signed by this key")
    return text


def read_head(note: str, key: Verifier) -> Head:
    """Return what a signed checkpoint says.

    :raises NoteBroken: when the note, its signature or its text is wrong, or it speaks of another log.
    """
    head = Head.read(open_note(note, key))
    if head.origin != key.name:
        raise NoteBroken("the checkpoint speaks of another log")
    return head

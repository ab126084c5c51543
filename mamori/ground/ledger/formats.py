"""The log's own forms, which know no database: moments, the tree of RFC 6962, signed notes, and tiles as files."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mamori.grammar.regex import regex

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def moment_text(at: datetime) -> str:
    """Return an aware moment as text.

    :raises ValueError: when the moment carries no offset.
    """
    if at.tzinfo is None:
        raise ValueError("a moment must carry its offset")
    return at.astimezone(UTC).strftime(_FORM)


def moment_of(text: str) -> datetime:
    """Read a moment back."""
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)


# The tree of RFC 6962: hashes, a growing head, inclusion and consistency proofs and their checks.  Pure Python.


type Nodes = Callable[[int, int], bytes]
"""Gives the hash of the full subtree of a height (0 = leaf) at a position."""

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\1" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """The head of a growing tree: the full subtrees from the left, largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add a leaf's hash."""
        self.peaks.append(leaf)
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self.peaks.pop()
            self.peaks[-1] = node_hash(self.peaks[-1], right)

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """Add the hashes of several leaves, and return the head itself."""
        for leaf in leaves:
            self.append(leaf)
        return self

    def root(self) -> bytes:
        """Return the root at the present size."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            root = node_hash(left, root)
        return root

    def copy(self) -> Frontier:
        """Return a head that grows on its own."""
        return Frontier(self.size, list(self.peaks))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the hashes of leaves."""
    return Frontier().extend(leaves).root()


def frontier_at(nodes: Nodes, size: int) -> Frontier:
    """Return the head at `size`, read from a handful of nodes."""
    peaks, start = [], 0
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            peaks.append(nodes(height, start >> height))
            start += 1 << height
    return Frontier(size, peaks)


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of `size` (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_subtree(nodes, middle, end))
            end = middle
        else:
            path.append(_subtree(nodes, start, middle))
            start = middle
    return path[::-1]


def consistency(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of `old` is the beginning of the tree of `new` (RFC 6962, 2.1.2).

    :raises ValueError: when the sizes do not follow each other or the old tree is empty.
    """
    if not 0 < old <= new:
        raise ValueError(f"no proof from {old} to {new}")
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_subtree(nodes, middle, end))
            end = middle
        else:
            proof.append(_subtree(nodes, start, middle))
            start, whole = middle, False
    if not whole:
        proof.append(_subtree(nodes, start, end))
    return proof[::-1]


def includes(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether the audit path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            reached = node_hash(step, reached)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            reached = node_hash(reached, step)
        position, last = position >> 1, last >> 1
    return last == 0 and reached == root


def continues(*, old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Say whether the new root's tree begins with the old root's (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            after = node_hash(after, step)
        position, last = position >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, new_root)


def _split(width: int) -> int:
    """Return the largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1


def _subtree(nodes: Nodes, start: int, end: int) -> bytes:
    width = end - start
    if width & (width - 1) == 0:
        height = width.bit_length() - 1
        return nodes(height, start >> height)
    middle = start + _split(width)
    return node_hash(_subtree(nodes, start, middle), _subtree(nodes, middle, end))


# Signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), Ed25519 only.  Knows no database.


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
        return (
            f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\nat {moment_text(self.at)}\n"
        )

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


# The log as files: tiles and entry bundles in the layout of c2sp.org/tlog-tiles.  Knows files, no database.


WIDTH = 256
HASH = 32


def index_path(index: int) -> str:
    """Return a tile's number as path: 1234067 is x001/x234/067."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Return a tile's path; level "entries" is the bundle of entries."""
    return f"tile/{level}/{index_path(index)}" + (f".p/{width}" if width < WIDTH else "")


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries as one bundle: each behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle."""
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        if end > len(data):
            raise ValueError(f"the bundle breaks off at byte {at}")
        entries.append(data[at + 2 : end])
        at = end
    return entries


def spans(size: int) -> Iterator[tuple[int, int]]:
    """Yield (level, number of hashes at that level) of a tree of `size`."""
    level = 0
    while size:
        yield level, size
        size, level = size // WIDTH, level + 1


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of a log."""

    folder: Path

    def read(self, level: int | str, index: int, width: int) -> bytes:
        """Return the content of a tile at least `width` wide, the full one in place of a partial one."""
        try:
            return (self.folder / tile_path(level, index, width)).read_bytes()
        except FileNotFoundError:
            return (self.folder / tile_path(level, index)).read_bytes()

    def node(self, height: int, position: int, *, size: int) -> bytes:
        """Return the hash of a full subtree of the tree of `size`."""
        level, inner = divmod(height, 8)
        index, offset = divmod(position << inner, WIDTH)
        width = min(WIDTH, size // WIDTH**level - index * WIDTH)
        data = self.read(level, index, width)[offset * HASH : (offset + (1 << inner)) * HASH]
        if len(data) != HASH << inner:
            raise ValueError(f"{tile_path(level, index, width)} is too short")
        return Frontier().extend(data[at : at + HASH] for at in range(0, len(data), HASH)).root()

    def entries(self, index: int, *, size: int) -> list[bytes]:
        """Return the entries of a bundle of the log of `size`."""
        width = min(WIDTH, size - index * WIDTH)
        entries = unbundle(self.read("entries", index, width))[:width]
        if len(entries) < width:
            raise ValueError(f"{tile_path('entries', index, width)} is too short")
        return entries

    def extend(self, start: int, entries: Sequence[bytes]) -> None:
        """Write the tiles of a log that grows by `entries`, the first of which opens the tile of `start`.

        Writing again what stands is harmless: this is how a crash repairs itself.
        """
        if start % WIDTH:
            raise ValueError(f"{start} is not the beginning of a tile")
        for at in range(0, len(entries), WIDTH):
            part = entries[at : at + WIDTH]
            self._put("entries", (start + at) // WIDTH, len(part), bundle(part))
        first, hashes = start, [leaf_hash(entry) for entry in entries]
        level = 0
        while hashes:
            fulls = []
            for at in range(0, len(hashes), WIDTH):
                part = hashes[at : at + WIDTH]
                self._put(level, (first + at) // WIDTH, len(part), b"".join(part))
                if len(part) == WIDTH:
                    fulls.append(Frontier().extend(part).root())
            first, level = first // WIDTH, level + 1
            hashes = self.left_of(level, first) + fulls if fulls else []
            first -= first % WIDTH

    def left_of(self, level: int, count: int) -> list[bytes]:
        """Return the hashes that stand before number `count` in its tile."""
        index, width = divmod(count, WIDTH)
        data = self.read(level, index, width) if width else b""
        return [data[at : at + HASH] for at in range(0, width * HASH, HASH)]

    def _put(self, level: int | str, index: int, width: int, data: bytes) -> None:
        path = self.folder / tile_path(level, index, width)
        put_file(path, data)
        if width == WIDTH:
            # The full tile answers for its partial ones, which may then go (tlog-tiles, "Partial Tiles").
            with suppress(FileNotFoundError):
                shutil.rmtree(path.with_name(path.name + ".p"))


def put_file(path: Path, data: bytes) -> None:
    """Write a file whole and lastingly, or not at all; leave it alone when it holds just that."""
    with suppress(FileNotFoundError):
        if path.read_bytes() == data:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""The log as files: tiles and entry bundles in the layout of c2sp.org/tlog-tiles.  Knows files, no database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mamori.ground.ledger.merkle import Frontier, leaf_hash

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
    """Return the entries of a bundle.

    :raises ValueError: when a length leads beyond the end.
    """
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
        """Return the content of a tile at least `width` wide, the full one in place of a partial one.

        :raises FileNotFoundError: when neither stands.
        """
        try:
            return (self.folder / tile_path(level, index, width)).read_bytes()
        except FileNotFoundError:
            return (self.folder / tile_path(level, index)).read_bytes()

    def node(self, height: int, position: int, *, size: int) -> bytes:
        """Return the hash of a full subtree of the tree of `size`.

        :raises FileNotFoundError: when the tile is not there.
        :raises ValueError: when it is too short.
        """
        level, inner = divmod(height, 8)
        index, offset = divmod(position << inner, WIDTH)
        width = min(WIDTH, size // WIDTH**level - index * WIDTH)
        data = self.read(level, index, width)[offset * HASH : (offset + (1 << inner)) * HASH]
        if len(data) != HASH << inner:
            raise ValueError(f"{tile_path(level, index, width)} is too short")
        return Frontier().extend(data[at : at + HASH] for at in range(0, len(data), HASH)).root()

    def entries(self, index: int, *, size: int) -> list[bytes]:
        """Return the entries of a bundle of the log of `size`.

        :raises FileNotFoundError: when the bundle is not there.
        :raises ValueError: when it is too short.
        """
        width = min(WIDTH, size - index * WIDTH)
        entries = unbundle(self.read("entries", index, width))[:width]
        if len(entries) < width:
            raise ValueError(f"{tile_path('entries', index, width)} is too short")
        return entries

    def extend(self, start: int, entries: Sequence[bytes]) -> None:
        """Write the tiles of a log that grows by `entries`, the first of which opens the tile of `start`.

        Writing again what stands is harmless: this is how a crash repairs itself.

        :raises ValueError: when `start` is not the beginning of a tile.
        :raises FileNotFoundError: when a tile to the left is missing.
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
        put(path, data)
        if width == WIDTH:
            # The full tile answers for its partial ones, which may then go (tlog-tiles, "Partial Tiles").
            with suppress(FileNotFoundError):
                shutil.rmtree(path.with_name(path.name + ".p"))


def put(path: Path, data: bytes) -> None:
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

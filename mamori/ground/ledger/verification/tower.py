"""The tiles above the leaves and the partial tiles of the past, built anew and held against the files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from mamori.grammar.regex import regex
from mamori.ground.ledger.merkle import Frontier
from mamori.ground.ledger.tiles import HASH, WIDTH, Store, bundle, index_path, tile_path
from mamori.ground.ledger.verification.finding import Findings

_NAME = regex(r"tile/(\d+|entries)/((?:x\d{3}/)*\d{3})(?:\.p/(\d+))?")


def look(store: Store, level: int | str, index: int, width: int) -> tuple[str, bytes | None, bool]:
    """Return path, content and whether the file must have just this width (a full one may answer for a partial)."""
    path = tile_path(level, index, width)
    try:
        return path, (store.folder / path).read_bytes(), True
    except OSError:
        pass
    full = tile_path(level, index)
    try:
        return full, (store.folder / full).read_bytes(), width == WIDTH
    except OSError:
        return path, None, True


@dataclass(slots=True)
class Tower:
    """Takes the hashes of leaves one by one, and holds each tile against its file once it is complete."""

    store: Store
    findings: Findings
    levels: defaultdict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    closed: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    entries: list[bytes | None] = field(default_factory=list)

    def add(self, leaf: bytes, entry: bytes | None) -> None:
        """Add a leaf's hash and its entry, as far as that is known."""
        self.entries.append(entry)
        self._add(0, leaf)

    def finish(self) -> None:
        """Hold what is left, the unfilled tiles, against their files."""
        for level in list(self.levels):
            if self.levels[level]:
                self._check(level)

    def _add(self, level: int, value: bytes) -> None:
        hashes = self.levels[level]
        hashes.append(value)
        if len(hashes) == WIDTH:
            self._check(level)
            root = Frontier().extend(hashes).root()
            hashes.clear()
            self.closed[level] += 1
            self._add(level + 1, root)

    def _check(self, level: int) -> None:
        hashes, index = self.levels[level], self.closed[level]
        data = b"".join(hashes)
        if level:  # the leaves' own tiles were heard as witnesses already
            path, found, exact = look(self.store, level, index, len(hashes))
            if found is None:
                self.findings.add(path, "ファイルがありません。", "The file is gone.")
            elif (found if exact else found[: len(data)]) != data:
                self.findings.add(path, "タイルの値が変えられています。", "The tile's hashes were changed.")
        self._past(level, index, len(hashes), lambda width: data[: width * HASH])
        if level == 0:
            known = [entry for entry in self.entries if entry is not None]
            if len(known) == len(self.entries):
                self._past("entries", index, len(known), lambda width: bundle(known[:width]))
            self.entries.clear()

    def _past(self, level: int | str, index: int, width: int, expected) -> None:  # type: ignore[no-untyped-def]
        """Hold each partial tile of the past against the beginning of the present one."""
        folder = self.store.folder / "tile" / str(level) / (index_path(index) + ".p")
        for file in sorted(folder.glob("[0-9]*")) if folder.is_dir() else ():
            if not file.name.isdecimal() or int(file.name) >= width:
                continue
            try:
                same = file.read_bytes() == expected(int(file.name))
            except OSError:
                continue  # a sequencer that filled the tile in the meantime has cleared it away
            if not same:
                path = str(file.relative_to(self.store.folder))
                self.findings.add(
                    path, "過去のタイルが変えられています。", "This tile of the past was changed."
                )


def strangers(store: Store, size: int, findings: Findings) -> None:
    """Name each file that a log of `size` cannot have."""
    for file in sorted(path for path in (store.folder / "tile").rglob("*") if path.is_file()):
        path = str(file.relative_to(store.folder))
        if file.name.startswith("."):
            continue  # the draft of a run that was cut short
        match = _NAME.fullmatch(path)
        if match is not None:
            level = 0 if match[1] == "entries" else int(match[1])
            index, width = int(match[2].replace("x", "").replace("/", "")), int(match[3] or WIDTH)
            canonical = tile_path(match[1], index, width)
            if (
                path == canonical
                and level < 64
                and width > 0
                and index * WIDTH + width <= size // WIDTH**level
            ):
                continue
        findings.add(path, "記録に属さないファイルです。", "This file does not belong to the log.")

"""What a verification says; the signed heads; and the tree of leaves, bundles and tiles, judged by its roots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.ledger import log
from mamori.ground.ledger.formats import (
    EMPTY,
    HASH,
    WIDTH,
    Frontier,
    Head,
    NoteBroken,
    Store,
    Verifier,
    bundle,
    index_path,
    leaf_hash,
    read_head,
    tile_path,
    unbundle,
)
from mamori.ground.ledger.log import canonical
from mamori.ground.ledger.models import Act, Checkpoint, Leaf


@dataclass(frozen=True, slots=True)
class LogFault:
    """One thing that is wrong: where (a row or file, as people call it), and what."""

    place: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was looked at, and what was found."""

    size: int
    checkpoints: int
    acts: int
    outside: int
    findings: tuple[LogFault, ...]

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was found."""
        return not self.findings


@dataclass(slots=True)
class Findings:
    """Collects what is found, each place and sentence once."""

    found: dict[LogFault, None] = field(default_factory=dict)

    def add(self, place: str, ja: str, en: str) -> None:
        """Write a finding down."""
        self.found.setdefault(LogFault(place, Text(ja, en)))


# The signed heads: each row's note, its columns, their order, and the file that shows the newest.


PAGE = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What stood when the verification began, read while no sequencer ran."""

    last: int
    size: int


def snapshot(key: Verifier, findings: Findings) -> Snapshot:
    """Return the last checkpoint's number and the signed size, and name what stands behind it."""
    with log.alone():
        rows = list(Checkpoint.objects.order_by("-number").values_list("number", "size", "note")[:2])
        try:
            shown = log.checkpoint_file().read_bytes().decode(errors="replace")
        except FileNotFoundError:
            shown = ""
        sizes = [0]
        for note in [shown, *(str(row[2]) for row in rows)]:
            try:
                sizes.append(read_head(note, key).size)
            except NoteBroken:
                continue
        size = max(sizes)
        beyond = list(
            Leaf.objects.exclude(index__gte=0, index__lt=size).values_list("index", flat=True)[:1000]
        )
    if shown != (rows[0][2] if rows else ""):
        findings.add(
            "checkpoint file",
            "ファイル checkpoint が、最後に署名した点と一致しません。直前に停止したのでなければ、差し替えか切り詰めです。",
            "The file `checkpoint` is not the newest signed checkpoint. Unless a run was just cut short, it was"
            " exchanged, or the table was cut.",
        )
    for index in beyond:
        findings.add(
            f"leaf {index}",
            "署名された範囲の外に置かれています。",
            "It stands outside what was ever signed.",
        )
    return Snapshot(rows[0][0] if rows else 0, size)


def heads(key: Verifier, stand: Snapshot, findings: Findings) -> Iterator[tuple[int, Head]]:
    """Yield number and head of each checkpoint whose signature holds, in order, and name each that is wrong."""
    expected, size = 1, 0
    for number, signed_size, root, at, note in _rows(stand.last):
        for gone in range(expected, min(number, expected + 1000)):
            findings.add(
                f"checkpoint {gone}", "署名した点が消えています。", "This signed checkpoint is gone."
            )
        expected = number + 1
        place = f"checkpoint {number}"
        try:
            head = read_head(str(note), key)
        except NoteBroken:
            findings.add(
                place,
                "署名がこの記録の鍵のものではないか、本文が変えられています。",
                "Its signature is not by the key of this log, or its text was changed.",
            )
            continue
        if (signed_size, root, at) != (head.size, head.root, head.at):
            findings.add(
                place, "列が署名された本文と異なります。", "Its columns differ from the text that was signed."
            )
        if signed_size != head.size:
            continue  # a true note of another size, put here: it judges nothing
        if not size < head.size <= stand.size:
            findings.add(place, "大きさの順が狂っています。", "Its size is out of order.")
            continue
        size = head.size
        yield number, head


def _rows(last: int) -> Iterator[tuple[int, object, object, object, object]]:
    reached = None
    while True:
        rows = Checkpoint.objects.filter(number__lte=last).order_by("number")
        rows = rows if reached is None else rows.filter(number__gt=reached)
        page = list(rows.values_list("number", "size", "root", "note")[:PAGE])
        moments = _moments([row[0] for row in page])
        for number, size, root, note in page:
            plain = bytes(root) if isinstance(root, bytes | memoryview) else root
            yield number, size, plain, moments.get(number), note
        if len(page) < PAGE:
            return
        reached = page[-1][0]


def _moments(numbers: list[int]) -> dict[int, object]:
    """Return each row's moment, without those that cannot even be read as one."""
    try:
        return dict(Checkpoint.objects.filter(number__in=numbers).values_list("number", "at"))
    except (ValueError, TypeError):
        if len(numbers) == 1:
            return {}
        middle = len(numbers) // 2
        return _moments(numbers[:middle]) | _moments(numbers[middle:])


# The tiles above the leaves and the partial tiles of the past, built anew and held against the files.


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


# The leaves three times over (tables, bundles, tiles), judged by the signed roots; one tile in memory at a time.


@dataclass(frozen=True, slots=True)
class LeafRow:
    """One leaf as its three witnesses have it; None where a witness is missing."""

    index: int
    act: int | None
    act_there: bool
    own: bytes | None
    bundled: bytes | None
    tiled: bytes | None
    bundle_file: str
    tile_file: str

    @property
    def table(self) -> bytes | None:
        """Return the leaf's hash by the tables."""
        return None if self.own is None else leaf_hash(self.own)

    @property
    def entry(self) -> bytes | None:
        """Return the leaf's hash by the bundle."""
        return None if self.bundled is None else leaf_hash(self.bundled)

    @property
    def majority(self) -> bytes:
        """Return what two of the three say, or else the tile, the bundle, the tables."""
        if self.table is not None and self.table == self.entry:
            return self.table
        return self.tiled or self.entry or self.table or EMPTY


PICKS: tuple[Callable[[LeafRow], bytes], ...] = (
    lambda row: row.majority,
    lambda row: row.tiled or row.majority,
    lambda row: row.entry or row.majority,
    lambda row: row.table or row.majority,
)


@dataclass(slots=True)
class Tree:
    """Walks the leaves up to `size` and holds them against each head."""

    store: Store
    size: int
    findings: Findings
    sizes: frozenset[int]
    """Sizes whose root somebody outside knows."""
    indexes: frozenset[int]
    """Leaves whose hash somebody outside knows."""
    roots: dict[int, bytes] = field(default_factory=dict)
    leaves: dict[int, bytes] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)
    good: int = 0
    failed: list[tuple[int, int]] = field(default_factory=list)
    tower: Tower = field(init=False)

    def __post_init__(self) -> None:
        self.tower = Tower(self.store, self.findings)

    def examine(self, heads: Iterator[tuple[int, Head]]) -> None:
        """Go through all leaves once; what is wrong goes into the findings, what was asked into roots and leaves."""
        stretch: list[LeafRow] = []
        ahead = next(heads, None)
        for first in range(0, self.size, WIDTH):
            for row in self._rows(first, min(WIDTH, self.size - first)):
                stretch.append(row)
                if ahead is not None and ahead[1].size == row.index + 1:
                    self._judge(stretch, ahead)
                    stretch, ahead = [], next(heads, None)
        self._judge(stretch, None)
        for _ in heads:  # names what is wrong with heads that no leaf reaches
            pass
        if self.failed:
            number, size = self.failed[0]
            self.findings.add(
                f"leaves {self.good}-{size - 1}",
                f"記録が、署名した点 {number} の根に至りません。ここで書き換えられました。",
                f"They no longer lead to the root that checkpoint {number} signed: they were rewritten.",
            )
        self.tower.finish()

    def _judge(self, stretch: list[LeafRow], ahead: tuple[int, Head] | None) -> None:
        pick = PICKS[0]
        if ahead is not None:
            number, head = ahead
            split = any(not row.table == row.entry == row.tiled for row in stretch)
            for choice in PICKS if split else PICKS[:1]:
                if self.frontier.copy().extend(map(choice, stretch)).root() == head.root:
                    self._reached(head.size)
                    pick = choice
                    break
            else:
                self.failed.append((number, head.size))
        for row in stretch:
            chosen = pick(row)
            self._blame(row, chosen)
            self._accept(row, chosen)

    def _reached(self, size: int) -> None:
        """A later root holds, so what failed before was the checkpoint and not the leaves."""
        for number, _ in self.failed:
            self.findings.add(
                f"checkpoint {number}",
                "署名された根が記録と異なります。",
                "The root that it signs is not that of the log.",
            )
        self.failed.clear()
        self.good = size

    def _accept(self, row: LeafRow, chosen: bytes) -> None:
        self.frontier.append(chosen)
        if self.frontier.size in self.sizes:
            self.roots[self.frontier.size] = self.frontier.root()
        if row.index in self.indexes:
            self.leaves[row.index] = chosen
        self.tower.add(
            chosen,
            next((e for e in (row.bundled, row.own) if e is not None and leaf_hash(e) == chosen), None),
        )

    def _blame(self, row: LeafRow, chosen: bytes) -> None:
        if row.tiled is not None and row.tiled != chosen:
            self.findings.add(
                f"{row.tile_file} leaf {row.index}",
                "タイルの値が変えられています。",
                "The tile's hash was changed.",
            )
        if row.bundled is not None and row.entry != chosen:
            self.findings.add(
                f"{row.bundle_file} leaf {row.index}",
                "束の中の記載が変えられています。",
                "The entry in its bundle was changed.",
            )
        if row.act is None:
            self.findings.add(f"leaf {row.index}", "行が消えています。", "The row is gone.")
        elif row.table != chosen:
            # The bundle remembers which act stood here: another number means that the leaf was changed, not the act.
            named = row.bundled is None or b'"act":%d,' % row.act in row.bundled
            place = f"act {row.act}" if named else f"leaf {row.index}"
            if named and not row.act_there:
                self.findings.add(place, "行が消えています。", "The row is gone.")
            else:
                self.findings.add(place, "行が変えられています。", "The row was changed.")

    def _rows(self, first: int, width: int) -> Iterator[LeafRow]:
        bundle_file, bundled = self._bundle(first // WIDTH, width)
        tile_file, tiled = self._tile(first // WIDTH, width)
        acts = dict(
            Leaf.objects.filter(index__gte=first, index__lt=first + width).values_list("index", "act")
        )
        there = set(Act.objects.filter(pk__in=list(acts.values())).values_list("pk", flat=True))
        own = _entries(list(acts.values()))
        for index in range(first, first + width):
            act = acts.get(index)
            own_entry = None if act is None else own.get(act)
            at = index - first
            yield LeafRow(index, act, act in there, own_entry, bundled[at], tiled[at], bundle_file, tile_file)

    def _bundle(self, number: int, width: int) -> tuple[str, list[bytes | None]]:
        path, data, whole = look(self.store, "entries", number, width)
        entries: list[bytes | None] = []
        with suppress(ValueError):
            entries = [*unbundle(data or b"")]
        if len(entries) < width or (whole and len(entries) != width):
            _unfit(self.findings, path, gone=data is None)
            entries += [None] * (width - len(entries))
        return path, entries

    def _tile(self, number: int, width: int) -> tuple[str, list[bytes | None]]:
        path, data, whole = look(self.store, 0, number, width)
        data = data or b""
        hashes: list[bytes | None] = [data[at : at + HASH] for at in range(0, len(data) - HASH + 1, HASH)]
        if len(hashes) < width or (whole and len(data) != width * HASH):
            _unfit(self.findings, path, gone=not data)
            hashes += [None] * (width - len(hashes))
        return path, hashes


def _unfit(findings: Findings, path: str, *, gone: bool) -> None:
    if gone:
        findings.add(path, "ファイルがありません。", "The file is gone.")
    else:
        findings.add(path, "ファイルの形が壊れています。", "The file has not the form that it must have.")


def _entries(acts: list[int]) -> dict[int, bytes]:
    """Return what leaves say by the tables, without those acts whose row cannot even be read."""
    try:
        return {number: canonical(act.entry) for number, act in Act.objects.in_bulk(acts).items()}
    except (ValueError, TypeError, AttributeError):
        if len(acts) == 1:
            return {}
        middle = len(acts) // 2
        return _entries(acts[:middle]) | _entries(acts[middle:])

"""The leaves three times over (tables, bundles, tiles), judged by the signed roots; one tile in memory at a time.

Each leaf stands in the tables (act and leaf), in its entry bundle and in its tile.  Where they disagree, the next
signed root says who is right, so that the place which was changed is named and not the one that stayed true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from mamori.ground.ledger.content import canonical
from mamori.ground.ledger.merkle import EMPTY, Frontier, leaf_hash
from mamori.ground.ledger.models import Act, Leaf
from mamori.ground.ledger.note import Head
from mamori.ground.ledger.tiles import HASH, WIDTH, Store, unbundle
from mamori.ground.ledger.verification.finding import Findings
from mamori.ground.ledger.verification.tower import Tower, look


@dataclass(frozen=True, slots=True)
class Row:
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


PICKS: tuple[Callable[[Row], bytes], ...] = (
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
        stretch: list[Row] = []
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

    def _judge(self, stretch: list[Row], ahead: tuple[int, Head] | None) -> None:
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

    def _accept(self, row: Row, chosen: bytes) -> None:
        self.frontier.append(chosen)
        if self.frontier.size in self.sizes:
            self.roots[self.frontier.size] = self.frontier.root()
        if row.index in self.indexes:
            self.leaves[row.index] = chosen
        self.tower.add(
            chosen,
            next((e for e in (row.bundled, row.own) if e is not None and leaf_hash(e) == chosen), None),
        )

    def _blame(self, row: Row, chosen: bytes) -> None:
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

    def _rows(self, first: int, width: int) -> Iterator[Row]:
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
            yield Row(index, act, act in there, own_entry, bundled[at], tiled[at], bundle_file, tile_file)

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

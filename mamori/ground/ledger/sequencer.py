"""The sequencer: gives waiting acts their place, writes the tiles, signs the head.

Order of a run, each step repeatable: leaves in short transactions; then tiles and bundles, fsynced; then the
checkpoint's row; then the file `checkpoint`.  Whatever a crash left undone, the next run does first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from mamori.ground.ledger import log
from mamori.ground.ledger.content import canonical
from mamori.ground.ledger.log import LogDamaged
from mamori.ground.ledger.merkle import Frontier, frontier_at, leaf_hash
from mamori.ground.ledger.models import Checkpoint, Leaf, Pending
from mamori.ground.ledger.note import Head, Signer, read_head
from mamori.ground.ledger.tiles import WIDTH, Store, put

BATCH = 500  # acts placed in one transaction: some 35 ms of the writer's turn on SQLite
STRETCH = 16 * WIDTH  # acts under one checkpoint at most, so that a verifier holds little in memory
LOCK = 0x6D616D6F  # PostgreSQL's advisory lock of the sequencer


def run(*, at: datetime) -> int:
    """Place all waiting acts and publish them; return how many.

    :raises KeyMissing, KeyOpen, KeyWrong: when the key cannot be used, or is not the one that signed before.
    :raises OtherLog: when the settings name another log than the one that was signed before.
    """
    placed = 0
    with log.alone():
        signer, store = log.signer(), log.store()
        _publish(signer, store, at=at)
        while True:
            stretch = 0
            while stretch < STRETCH and (batch := _place()):
                stretch += batch
            if not stretch:
                return placed
            _publish(signer, store, at=at)
            placed += stretch


def _place() -> int:
    """Give the next places to a batch of waiting acts, in the order of their numbers."""
    if not Pending.objects.exists():
        return 0
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        acts = list(Pending.objects.order_by("act").values_list("act", flat=True)[:BATCH])
        first = _leaves()
        Leaf.objects.bulk_create(Leaf(index=first + i, act_id=act) for i, act in enumerate(acts))
        Pending.objects.filter(act__in=acts).delete()
    return len(acts)


def _publish(signer: Signer, store: Store, *, at: datetime) -> None:
    """Write and sign what was placed since the last checkpoint, and show the newest checkpoint."""
    last = Checkpoint.objects.order_by("-number").first()
    old, new = (last.size if last else 0), _leaves()
    if last is not None:
        _own(last, signer)
    if new > old:
        frontier, start, entries = _stand(store, last)
        fresh = list(_entries(old, new))
        store.extend(start, entries + fresh)
        head = Head(signer.name, new, frontier.extend(map(leaf_hash, fresh)).root(), at)
        last = Checkpoint.objects.create(
            number=last.number + 1 if last else 1,
            size=new,
            root=head.root,
            at=at,
            note=signer.sign(head.text),
        )
    if last is not None:
        put(log.checkpoint_file(), last.note.encode())


def _own(last: Checkpoint, signer: Signer) -> None:
    log.must_fit(last.note)
    head = read_head(last.note, signer.verifier)
    if (head.size, head.root) != (last.size, bytes(last.root)):
        raise LogDamaged(place=f"checkpoint {last.number}")


def _stand(store: Store, last: Checkpoint | None) -> tuple[Frontier, int, list[bytes]]:
    """Return the signed head, and the beginning and entries of its last unfilled tile, all proved by its root."""
    if last is None:
        return Frontier(), 0, []
    size = last.size
    index, width = divmod(size, WIDTH)
    try:
        frontier = frontier_at(lambda height, at: store.node(height, at, size=size), size)
        entries = store.entries(index, size=size) if width else []
    except FileNotFoundError:  # a folder lost or restored from an older copy: the tables can write it anew
        return _rebuild(store, last)
    except ValueError as broken:
        raise LogDamaged(place=broken) from None
    leaves = [leaf_hash(entry) for entry in entries]
    if frontier.root() != bytes(last.root) or leaves != store.left_of(0, size):
        raise LogDamaged(place=f"tile, checkpoint {last.number}")
    return frontier, size - width, entries


def _rebuild(store: Store, last: Checkpoint) -> tuple[Frontier, int, list[bytes]]:
    size = last.size
    frontier = Frontier()
    for first in range(0, size, STRETCH):
        frontier.extend(map(leaf_hash, _entries(first, min(size, first + STRETCH))))
    if frontier.root() != bytes(last.root):
        raise LogDamaged(place=f"act, leaf, checkpoint {last.number}")
    for first in range(0, size, STRETCH):
        store.extend(first, list(_entries(first, min(size, first + STRETCH))))
    start = size - size % WIDTH
    return frontier, start, list(_entries(start, size))


def _leaves() -> int:
    highest: int | None = Leaf.objects.aggregate(highest=Max("index"))["highest"]
    return 0 if highest is None else highest + 1


def _entries(start: int, end: int) -> Iterator[bytes]:
    rows = Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index").select_related("act")
    expected = start
    for leaf in rows:
        if leaf.index != expected:
            break
        yield canonical(leaf.act.entry)
        expected += 1
    if expected != end:
        raise LogDamaged(place=f"leaf {expected}")

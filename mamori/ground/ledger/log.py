"""The log: what it binds, where it stands and who signs it, how waiting acts get their place, and the receipt of each."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.ledger.formats import (
    WIDTH,
    Frontier,
    Head,
    NoteBroken,
    Signer,
    Store,
    frontier_at,
    includes,
    inclusion,
    leaf_hash,
    put_file,
    read_head,
)
from mamori.ground.ledger.models import Act, ActContent, Checkpoint, Leaf, Pending
from mamori.ground.seal import facts as seal
from mamori.ground.seal.facts import Place

SALT = 32


def content_place(number: int) -> Place:
    """Return where the sealed content of act `number` stands."""
    return Place("ledger_actcontent", number, "sealed")


def canonical(value: Any) -> bytes:
    """Return `value` as JSON that every reader writes alike: sorted keys, no spaces, UTF-8, whole numbers only.

    :raises UnicodeEncodeError: when a text holds half a character.
    """
    _examine(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment_to(salt: bytes, content: dict[str, Any]) -> bytes:
    """Return the SHA-256 over salt and canonical content: binding, and silent about the content."""
    return hashlib.sha256(salt + canonical(content)).digest()


def row_digest(*, act: int, subject: str, about: str, sealed: bytes) -> str:
    """Return the digest by which a shredding act fixes a content that nobody can open any more."""
    return hashlib.sha256(canonical([act, subject, about, sealed.hex()])).hexdigest()


def _examine(value: Any) -> None:
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, list | tuple):
        for item in value:
            _examine(item)
    elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for item in value.values():
            _examine(item)
    else:
        raise TypeError(
            f"the log takes text, whole numbers, yes/no, lists and tables, not {type(value).__name__}"
        )


class LogDamaged(Refusal, code="ledger.damaged", status=409):
    """What stands on disk or in the tables is not what was signed."""

    text = Text(
        "記録が、最後に署名したものと一致しません({place})。署名を止めました。`mamori ledger verify` で場所を確かめ、"
        "控えから戻してください。",
        "The log is not the one that was signed last ({place}). Nothing more is signed. Find the place with "
        "`mamori ledger verify`, and put it back from your backup.",
    )


class OtherLog(Refusal, code="ledger.other_log", status=424):
    """The signed heads carry another name than the settings: the settings are wrong, not the log."""

    text = Text(
        "この記録の名前は「{found}」ですが、MAMORI_LOG_ORIGIN は「{asked}」です。名前を元に戻してください。",
        "This log is called “{found}”, but MAMORI_LOG_ORIGIN says “{asked}”. Set it back to the log's name.",
    )


def must_fit(note: str) -> None:
    """See that a signed head is of the log that the settings name, and by the key that lies here."""
    found = note.partition("\n")[0]
    if found != settings.LOG_ORIGIN:
        raise OtherLog(found=found, asked=settings.LOG_ORIGIN)
    try:
        read_head(note, the_signer().verifier)
    except NoteBroken:
        raise seal.KeyWrong(path=seal.key_file(seal.Key.LOG)) from None


def the_store() -> Store:
    """Return the folder of the log."""
    return Store(Path(settings.LOG))


def the_signer() -> Signer:
    """Return the log's key under the log's name."""
    return Signer(settings.LOG_ORIGIN, seal.key(seal.Key.LOG))


def checkpoint_file() -> Path:
    """Return where the newest checkpoint stands for everybody to copy."""
    return Path(settings.LOG) / "checkpoint"


@contextmanager
def alone() -> Iterator[None]:
    """Hold the log's folder against other processes; the system lets go of it when the holder dies."""
    folder = Path(settings.LOG)
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


# The sequencer: gives waiting acts their place, writes the tiles, signs the head.


BATCH = 500  # acts placed in one transaction: some 35 ms of the writer's turn on SQLite
STRETCH = 16 * WIDTH  # acts under one checkpoint at most, so that a verifier holds little in memory
LOCK = 0x6D616D6F  # PostgreSQL's advisory lock of the sequencer


def place_waiting(*, at: datetime) -> int:
    """Place all waiting acts and publish them; return how many."""
    placed = 0
    with alone():
        signer, store = the_signer(), the_store()
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
        put_file(checkpoint_file(), last.note.encode())


def _own(last: Checkpoint, signer: Signer) -> None:
    must_fit(last.note)
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


SIGN = 24
"""Letters of a sign, five bits each."""
MOST = 2**63 - 1
_ADDRESS = regex(rf"([1-9][0-9]{{0,18}})-([a-z2-7]{{{SIGN}}})")


def address_of(number: int, commitment: bytes) -> str:
    """Return the address of the receipt of an act: "12-k5x7…"."""
    digest = hashlib.sha256(b"mamori-receipt-address\n" + commitment).digest()
    return f"{number}-{base64.b32encode(digest).decode().lower()[:SIGN]}"


def number_at(address: str) -> int | None:
    """Return the number of the act whose receipt has this address, None when no receipt has it."""
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found[1]) > MOST:
        return None
    act = Act.objects.filter(pk=int(found[1])).first()
    known = address_of(act.pk, bytes(act.commitment)) if act else ""
    return act.pk if act and hmac.compare_digest(known, address) else None


# The receipt: everything that an outsider needs to check one act, in one JSON text.


FORMAT = "mamori-receipt/1"


class NoSuchAct(Refusal, code="ledger.no_such_act", status=404):
    """No act has the number."""

    text = Text(
        "受付番号 {number} の記録はありません。番号を確かめてください。",
        "There is no act {number}. Check the number on your receipt.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One act with the proof of its place; `content` and `salt` are None when not asked for, or erased."""

    number: int
    leaf: dict[str, int | str]
    content: dict[str, Any] | None
    salt: str | None
    index: int
    size: int
    proof: tuple[str, ...]
    checkpoint: str
    key: str

    @property
    def address(self) -> str:
        """Return where this receipt stands for whoever was given it: "12-k5x7…"."""
        return address_of(self.number, bytes.fromhex(str(self.leaf["commitment"])))

    def as_dict(self) -> dict[str, Any]:
        """Return the receipt as JSON-ready values."""
        return {
            "format": FORMAT,
            "number": self.number,
            "leaf": self.leaf,
            "content": self.content,
            "salt": self.salt,
            "index": self.index,
            "size": self.size,
            "proof": list(self.proof),
            "checkpoint": self.checkpoint,
            "key": self.key,
        }

    def as_json(self) -> str:
        """Return the receipt as the text of a file."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"


def receipt(number: int, *, opened: bool = True) -> Receipt | None:
    """Return the receipt of an act, None while its place is not signed yet."""
    if not Act.objects.filter(pk=number).exists():
        raise NoSuchAct(number=number)
    leaf = Leaf.objects.select_related("act").filter(act=number).first()
    last = Checkpoint.objects.order_by("-number").first()
    if leaf is None or last is None or leaf.index >= last.size:
        return None
    store = the_store()
    try:
        proof = inclusion(lambda height, at: store.node(height, at, size=last.size), leaf.index, last.size)
    except (OSError, ValueError):
        raise LogDamaged(place="tile") from None
    hashed = leaf_hash(canonical(leaf.act.entry))
    if not includes(leaf=hashed, index=leaf.index, size=last.size, proof=proof, root=bytes(last.root)):
        raise LogDamaged(place=f"act {number}")
    content, salt = content_of(number) if opened else (None, None)
    return Receipt(
        number=number,
        leaf=leaf.act.entry,
        content=content,
        salt=salt,
        index=leaf.index,
        size=last.size,
        proof=tuple(step.hex() for step in proof),
        checkpoint=last.note,
        key=the_signer().verifier.vkey,
    )


def content_of(number: int) -> tuple[dict[str, Any] | None, str | None]:
    """Return what an act says and its salt, or None twice when it was erased."""
    return receipt_opened(ActContent.objects.get(pk=number), seal.Opener())


def receipt_opened(row: ActContent, opener: seal.Opener) -> tuple[dict[str, Any] | None, str | None]:
    """Return what a content says and its salt, or None twice when it was erased."""
    try:
        plain = opener.unseal(subject=row.subject, place=content_place(row.pk), sealed=bytes(row.sealed))
    except seal.Shredded:
        return None, None
    content = json.loads(plain)
    return content, content.pop("salt")

"""Is every change to the log found, and named by its place?  Planted: a verification without evidence that others kept."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from mamori.ground.declared import appendonly
from mamori.ground.ledger import actions, facts, log
from mamori.ground.ledger.formats import Head, leaf_hash, root_of
from mamori.ground.ledger.log import canonical, commitment_to, content_place
from mamori.ground.ledger.models import ActContent, Checkpoint, Leaf
from mamori.ground.seal import actions as seal, facts as seals
from trials.harness import Found, actor, measured, within
from trials.scratch import scratch

START = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
ERASED, ERASED_AT = "buyer:B-0", 200
HEADS = (1, 57, 180, 256, 257, 300, 331)
CUTS = 20
STRANGER = 999_999
EARLIER = "2020-01-01 00:00:00+00:00"
BY = "agent:sato"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a spoiler must know of the log: acts by place, contents by subject, heads, files, evidence outside."""

    acts: tuple[int, ...]
    waiting: int
    subjects: dict[str, tuple[int, ...]]
    heads: tuple[tuple[int, int], ...]
    files: tuple[str, ...]
    folder: Path
    kept: Path

    @property
    def shredding(self) -> int:
        """Return the act that erased somebody."""
        return self.acts[ERASED_AT]

    def after(self, *acts: int) -> frozenset[str]:
        """Return what else is named when contents are spoilt: that of the shredding act accounts for others'."""
        return contents(self.subjects[ERASED]) if self.shredding in acts else frozenset()


def contents(acts: tuple[int, ...]) -> frozenset[str]:
    """Return the places of the contents of acts."""
    return frozenset(f"content {act}" for act in acts)


def build(kept: Path, seed: int) -> Scene:
    """Write the log into the house of the settings, and a share of what others would keep into `kept`."""
    rng, now = random.Random(seed), START  # noqa: S311  a replayable choice, no secret
    for index in range(HEADS[-1]):
        now = START + timedelta(seconds=index)
        if index == ERASED_AT:
            actions.shred(actor(now, BY), subject=ERASED, reason="本人の請求")
        else:
            kind = rng.choice(["contact.asked", "contact.answered", "contact.urged"])
            whom = rng.choice([ERASED, "buyer:B-1", "buyer:B-2", "seller:S-1", "market"])
            _record(now, kind, whom, f"contact.trouble:{index % 20}", {"hours": rng.randrange(100)})
        if index + 1 in HEADS:
            actions.sequence(at=now)
    waiting = _record(now, "contact.asked", "buyer:B-1", "contact.trouble:1", {})
    _keep(kept)
    subjects: dict[str, list[int]] = {}
    for act, subject in ActContent.objects.order_by("act").values_list("act", "subject"):
        subjects.setdefault(subject, []).append(act)
    folder = Path(settings.LOG)
    shutil.copytree(folder, folder.with_name("spare"))
    return Scene(
        acts=tuple(Leaf.objects.order_by("index").values_list("act", flat=True)),
        waiting=waiting,
        subjects={subject: tuple(acts) for subject, acts in subjects.items()},
        heads=tuple(Checkpoint.objects.order_by("number").values_list("number", "size")),
        files=tuple(str(p.relative_to(folder)) for p in sorted(folder.rglob("tile/**/*")) if p.is_file()),
        folder=folder,
        kept=kept,
    )


def _record(at: datetime, kind: str, subject: str, about: str, payload: dict[str, Any]) -> int:
    with transaction.atomic():
        return actions.record(actor(at, BY), kind=kind, subject=subject, about=about, payload=payload)


def _keep(kept: Path) -> None:
    """Let an outsider keep every second head, the newest, and some receipts."""
    kept.mkdir(parents=True)
    for number, note in Checkpoint.objects.order_by("number").values_list("number", "note"):
        if number % 2:
            (kept / f"checkpoint-{number}.txt").write_text(note, encoding="utf-8")
    for index in range(0, HEADS[-1], 60):
        receipt = facts.receipt(Leaf.objects.get(index=index).act_id)
        assert receipt is not None
        (kept / f"receipt-{index}.json").write_text(receipt.as_json(), encoding="utf-8")


@contextmanager
def copy(scene: Scene) -> Iterator[None]:
    """Let everything that happens inside, in tables and files, be undone afterwards."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
    shutil.rmtree(scene.folder)
    shutil.copytree(scene.folder.with_name("spare"), scene.folder)


def guard(*, stands: bool) -> None:
    """Let every trigger and foreign key stand, or take them away, as the database's owner can."""
    if connection.vendor == "postgresql":
        run(f"SET LOCAL session_replication_role = {'origin' if stands else 'replica'}")
        return
    run("PRAGMA defer_foreign_keys = ON")
    for model in appendonly.append_only_models():
        for trigger in appendonly.triggers(model, "sqlite") if model._meta.app_label == "ledger" else ():
            run(trigger.sql if stands else f'DROP TRIGGER IF EXISTS "{trigger.name}"')


def run(sql: str, *values: Any) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def put(table: str, key: str, at: Any, /, **columns: Any) -> None:
    """Write columns of the row of a table that stands at a key."""
    marks = ", ".join(f'"{column}" = %s' for column in columns)
    run(f'UPDATE {table} SET {marks} WHERE "{key}" = %s', *columns.values(), at)  # noqa: S608


class Deed:
    """What was done, which places say so (one of them at least), and which others may be named as its consequence."""

    def __init__(self, what: str, *must: str, may: Set[str] = frozenset(), outside: bool = False) -> None:
        self.what, self.must, self.may, self.needs_outside = what, {*must}, may, outside


type Spoil = Callable[[Scene, random.Random], Deed]
DEEDS: list[Spoil] = []
"""Each way to spoil it, tried by turns."""


def spoils(deed: Spoil) -> Spoil:
    """Let it be tried."""
    DEEDS.append(deed)
    return deed


def _flipped(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


@spoils
def _act_changed(scene: Scene, rng: random.Random) -> Deed:
    """Change one column of an act, its number among them."""
    act, column = rng.choice(scene.acts), rng.choice(["kind", "at", "commitment", "id"])
    other = STRANGER + rng.randrange(1000)
    values = {"kind": f"x{rng.random()}", "at": EARLIER, "commitment": rng.randbytes(32), "id": other}
    put("ledger_act", "id", act, **{column: values[column]})
    also = {f"content {act}"} | ({f"act {other}", f"content {other}"} if column == "id" else set())
    return Deed(f"act.{column}", f"act {act}", may=also | scene.after(act))


@spoils
def _act_deleted(scene: Scene, rng: random.Random) -> Deed:
    act = rng.choice([*scene.acts, scene.waiting])
    run("DELETE FROM ledger_act WHERE id = %s", act)
    place = f"pending {act}" if act == scene.waiting else f"act {act}"
    return Deed("act deleted", place, may={f"content {act}"} | scene.after(act))


@spoils
def _act_slipped_in(_: Scene, rng: random.Random) -> Deed:
    act, columns = STRANGER + rng.randrange(1000), "(id, kind, at, commitment) VALUES (%s, 'x', %s, %s)"
    run(f"INSERT INTO ledger_act {columns}", act, EARLIER, rng.randbytes(32))
    return Deed("act slipped in", f"act {act}", may={f"content {act}"})


@spoils
def _leaf_deleted(scene: Scene, rng: random.Random) -> Deed:
    index = rng.randrange(len(scene.acts))
    run('DELETE FROM ledger_leaf WHERE "index" = %s', index)
    return Deed("leaf deleted", f"leaf {index}", may={f"act {scene.acts[index]}"})


@spoils
def _leaf_changed(scene: Scene, rng: random.Random) -> Deed:
    """Move a leaf to a place where none is, or let it point to an act that does not exist, or to the one that waits."""
    index, size = rng.randrange(len(scene.acts)), len(scene.acts)
    if rng.random() < 0.5:
        put("ledger_leaf", "index", index, index=(to := rng.choice([-1, size + rng.randrange(99)])))
        return Deed("leaf moved", f"leaf {index}", may={f"leaf {to}"})
    put("ledger_leaf", "index", index, act_id=(other := rng.choice([STRANGER, scene.waiting])))
    return Deed("leaf repointed", f"leaf {index}", may={f"act {scene.acts[index]}", f"pending {other}"})


def _leaf(index: int, act: int) -> None:
    run('INSERT INTO ledger_leaf ("index", act_id) VALUES (%s, %s)', index, act)


@spoils
def _leaves_swapped(scene: Scene, rng: random.Random) -> Deed:
    one, two = rng.sample(range(len(scene.acts)), 2)
    run("DELETE FROM ledger_leaf WHERE act_id IN (%s, %s)", scene.acts[one], scene.acts[two])
    _leaf(one, scene.acts[two])
    _leaf(two, scene.acts[one])
    return Deed("leaves swapped", f"leaf {one}", may={f"leaf {two}"})


@spoils
def _leaf_slipped_in(scene: Scene, rng: random.Random) -> Deed:
    """Add a leaf behind the signed end, or before the beginning."""
    index = rng.choice([-1, len(scene.acts), len(scene.acts) + rng.randrange(1, 99)])
    act = rng.choice([STRANGER, scene.waiting])
    _leaf(index, act)
    return Deed("leaf slipped in", f"leaf {index}", may={f"pending {act}"})


@spoils
def _content_changed(scene: Scene, rng: random.Random) -> Deed:
    """Change one column of a content, erased ones included, or delete it without a shredding act."""
    act, what = (
        rng.choice([*scene.acts, scene.waiting]),
        rng.choice(["sealed", "about", "subject", "deleted"]),
    )
    if what == "deleted":
        run("DELETE FROM ledger_actcontent WHERE act_id = %s", act)
    else:
        value = _flipped(_sealed(act), rng) if what == "sealed" else f"buyer:X-{rng.random()}"
        put("ledger_actcontent", "act_id", act, **{what: value})
    return Deed(f"content.{what}", f"content {act}", may=scene.after(act))


def _sealed(act: int) -> bytes:
    return bytes(ActContent.objects.get(pk=act).sealed)


@spoils
def _contents_swapped(scene: Scene, rng: random.Random) -> Deed:
    """Swap what two acts of one subject say."""
    one, two = rng.sample(rng.choice([acts for acts in scene.subjects.values() if len(acts) > 1]), 2)
    for act, sealed in ((one, _sealed(two)), (two, _sealed(one))):
        put("ledger_actcontent", "act_id", act, sealed=sealed)
    return Deed("contents swapped", f"content {one}", may={f"content {two}"} | scene.after(one, two))


@spoils
def _key_thrown_away(scene: Scene, rng: random.Random) -> Deed:
    """Destroy or spoil a subject's key without a shredding act."""
    subject = rng.choice([s for s in scene.subjects if s != ERASED])
    ways: tuple[dict[str, Any], ...] = (
        {"wrapped": None, "shredded_at": EARLIER},
        {"wrapped": rng.randbytes(40)},
    )
    put("seal_subjectkey", "subject", subject, **rng.choice(ways))
    lost = scene.subjects[subject]
    return Deed("key thrown away", *contents(lost), may=contents(lost) | scene.after(*lost))


@spoils
def _pending_spoilt(scene: Scene, rng: random.Random) -> Deed:
    """Let an act wait that has its place, or one that does not exist, or let the waiting one vanish from the queue."""
    act = rng.choice([scene.waiting, STRANGER, rng.choice(scene.acts), rng.choice(scene.acts)])
    if act == scene.waiting:
        run("DELETE FROM ledger_pending WHERE act_id = %s", act)
        return Deed("pending deleted", f"act {act}")
    run("INSERT INTO ledger_pending (act_id) VALUES (%s)", act)
    return Deed("pending slipped in", f"pending {act}")


@spoils
def _checkpoint_deleted(scene: Scene, rng: random.Random) -> Deed:
    number, _ = rng.choice(scene.heads)
    run("DELETE FROM ledger_checkpoint WHERE number = %s", number)
    last = number == scene.heads[-1][0]
    return Deed("checkpoint deleted", "checkpoint file" if last else f"checkpoint {number}")


@spoils
def _checkpoint_changed(scene: Scene, rng: random.Random) -> Deed:
    """Change one column of a checkpoint; its note also to another's true one."""
    number, _ = rng.choice(scene.heads)
    column = rng.choice(["size", "root", "at", "note", "note", "number"])
    note, last = Checkpoint.objects.get(number=number).note, scene.heads[-1][0]
    at = rng.randrange(len(note))
    spoilt = note[:at] + ("x" if note[at] != "x" else "y") + note[at + 1 :]
    other = Checkpoint.objects.get(number=rng.choice([n for n, _ in scene.heads if n != number])).note
    values = {"size": 10_000 + rng.randrange(1000), "root": rng.randbytes(32), "at": EARLIER}
    values |= {"note": rng.choice([spoilt, other]), "number": (to := last + rng.randrange(1, 5))}
    put("ledger_checkpoint", "number", number, **{column: values[column]})
    also = {"checkpoint file"} if number == last or column == "number" else set()
    if column == "number":  # the numbers between are then missing as well
        also |= {f"checkpoint {n}" for n in range(number, to + 1)}
    return Deed(f"checkpoint.{column}", f"checkpoint {number}", may=also)


@spoils
def _checkpoint_signed_anew(scene: Scene, rng: random.Random) -> Deed:
    """Sign a false root with the log's own key."""
    place = rng.randrange(len(scene.heads))
    number, size = scene.heads[place]
    _put_head(number, size, rng.randbytes(32), Checkpoint.objects.get(number=number).at)
    if place < len(scene.heads) - 1:
        return Deed("checkpoint signed anew", f"checkpoint {number}")
    before = scene.heads[place - 1][1]  # nothing after it could tell which of the two is false
    return Deed("checkpoint signed anew", f"leaves {before}-{size - 1}", may={"checkpoint file"})


def _put_head(number: int, size: int, root: bytes, at: datetime) -> str:
    """Sign a root as that of a checkpoint, write it, and return the note."""
    signer = log.the_signer()
    note = signer.sign(Head(signer.name, size, root, at).text)
    put("ledger_checkpoint", "number", number, root=root, note=note)
    return note


@spoils
def _file_changed(scene: Scene, rng: random.Random) -> Deed:
    """Flip a bit in any file, those of the past included, or cut or lengthen it."""
    name, what = rng.choice([*scene.files, "checkpoint"]), rng.choice(["flipped", "cut", "lengthened"])
    data = (scene.folder / name).read_bytes()
    ways = {"flipped": _flipped(data, rng), "cut": data[: rng.randrange(len(data))]}
    (scene.folder / name).write_bytes(ways.get(what, data + rng.randbytes(1 + rng.randrange(64))))
    return Deed(f"file {what}", _named(name))


@spoils
def _file_deleted(scene: Scene, rng: random.Random) -> Deed:
    """Delete a file, other than the partial tiles of the past, which the present ones answer for."""
    present = f".p/{scene.heads[-1][1] % 256}"
    files = [f for f in scene.files if ".p/" not in f or f.endswith(present) or "/1/" in f]
    name = rng.choice([*files, "checkpoint"])
    (scene.folder / name).unlink()
    return Deed("file deleted", _named(name))


@spoils
def _file_slipped_in(scene: Scene, rng: random.Random) -> Deed:
    strange = ("tile/0/777", "tile/5/000.p/3", "tile/entries/x001/000", "tile/0/001.p/200")
    name = rng.choice([*strange, f"tile/{os.getpid()}.bak"])
    (scene.folder / name).parent.mkdir(parents=True, exist_ok=True)
    (scene.folder / name).write_bytes(rng.randbytes(64))
    return Deed("file slipped in", name)


def _named(name: str) -> str:
    return "checkpoint file" if name == "checkpoint" else name


@spoils
def cut(scene: Scene, rng: random.Random) -> Deed:
    """Cut the log back to an earlier head, tables, tiles and all: without outside evidence nothing shows."""
    number, size = rng.choice(scene.heads[:-1])
    gone = [*scene.acts[size:]]
    marks = ", ".join(["%s"] * len(gone))
    for table, column in (("leaf", "act_id"), ("actcontent", "act_id"), ("act", "id")):
        run(f"DELETE FROM ledger_{table} WHERE {column} IN ({marks})", *gone)  # noqa: S608
    run("DELETE FROM ledger_checkpoint WHERE number > %s", number)
    _tiles_anew(scene, size)
    (scene.folder / "checkpoint").write_text(Checkpoint.objects.get(number=number).note, encoding="utf-8")
    # Whoever cuts away a shredding act leaves contents behind that nothing accounts for.
    also = scene.after(*gone) | {f"leaves {size}-{n - 1}" for _, n in scene.heads if n > size}
    return Deed("cut", f"leaves {size}-{scene.heads[-1][1] - 1}", may=also, outside=True)


@spoils
def _rewritten(scene: Scene, rng: random.Random) -> Deed:
    """Change what an act says and make everything after it anew, signed with the log's own key."""
    index = _rewrite(scene, rng)
    hashes = [leaf_hash(entry) for entry in _all_entries()]
    for row in Checkpoint.objects.order_by("number"):
        note = _put_head(row.number, row.size, root_of(hashes[: row.size]), row.at)
        (scene.folder / "checkpoint").write_text(note, encoding="utf-8")
    before = max((size for number, size in scene.heads if number % 2 and size <= index), default=0)
    spans = [f"leaves {before}-{size - 1}" for _, size in scene.heads if size > index]
    return Deed("rewritten with the key", *spans, may={f"leaf {index}"}, outside=True)


@spoils
def _rewritten_unsigned(scene: Scene, rng: random.Random) -> Deed:
    """The same without the key: the signed heads of the time stay."""
    index = _rewrite(scene, rng)
    before = max((size for _, size in scene.heads if size <= index), default=0)
    after = min(size for _, size in scene.heads if size > index)
    return Deed("rewritten without the key", f"leaves {before}-{after - 1}")


def _rewrite(scene: Scene, rng: random.Random) -> int:
    """Let an act of nobody who was erased say otherwise, as if it had always been so; return its place."""
    erased = {*scene.subjects[ERASED], scene.shredding}
    index = rng.choice([i for i, act in enumerate(scene.acts) if act not in erased])
    row, place = ActContent.objects.get(pk=scene.acts[index]), content_place(scene.acts[index])
    content = json.loads(seals.unseal(subject=row.subject, place=place, sealed=bytes(row.sealed)))
    salt = os.urandom(32)
    content = {name: value for name, value in content.items() if name != "salt"} | {"reason": "書き換え"}
    sealed = seal.seal(subject=row.subject, place=place, plain=canonical(content | {"salt": salt.hex()}))
    put("ledger_act", "id", row.pk, commitment=commitment_to(salt, content))
    put("ledger_actcontent", "act_id", row.pk, sealed=sealed)
    _tiles_anew(scene, len(scene.acts))
    return index


def _all_entries() -> list[bytes]:
    return [canonical(leaf.act.entry) for leaf in Leaf.objects.order_by("index").select_related("act")]


def _tiles_anew(scene: Scene, size: int) -> None:
    shutil.rmtree(scene.folder / "tile")
    log.the_store().extend(0, _all_entries()[:size])


def spoilt(*, count: int, seed: int) -> dict[str, Any]:
    """Build a log in the house of the settings and spoil it `count` times; return what was found."""
    scene = build(Path(settings.HOME) / "kept", seed)
    clean = facts.verify(scene.kept)
    if not clean.is_clean:
        raise RuntimeError(f"the log is not clean before anything was done: {clean.findings[:3]}")
    dice, kinds = random.Random(seed), Counter[str]()  # noqa: S311
    problems: list[str] = []
    found = 0
    for number in range(count):
        deed, places, is_right = _try(scene, DEEDS[number % len(DEEDS)], dice)
        kinds[deed.what] += 1
        found += bool(places)
        if not is_right:
            problems.append(f"{deed.what}: {sorted(deed.must)[:3]} named {sorted(places)[:5]}")
    missed = sum(not _try(scene, cut, dice, outside=False)[2] for _ in range(CUTS))
    right = count - len(problems)
    told = {"found": found, "placed_right": right, "cuts_missed_without_outside": missed}
    return told | {"kinds": dict(sorted(kinds.items())), "problems": problems[:10]}


def _try(
    scene: Scene, spoil: Spoil, dice: random.Random, *, outside: bool = True
) -> tuple[Deed, set[str], bool]:
    """Do one deed on a copy and verify; return what was named, and whether it was the deed's place and nothing else."""
    with copy(scene):
        guard(stands=False)
        deed = spoil(scene, dice)
        guard(stands=True)
        report = facts.verify(scene.kept if deed.needs_outside and outside else None)
    named = [finding.place for finding in report.findings]
    places = {place.split(" ", maxsplit=1)[0] if place.startswith("tile/") else place for place in named}
    return deed, places, bool(places & deed.must) and places <= deed.must | deed.may


@measured("記録を壊して、場所が名指しされるかを見る", "spoil the log, and see whether the place is named")
def measure(*, engine: str, count: int = 10_000, seed: int = 1) -> Found:
    """Spoil a log `count` times in a scratch house and a process of its own: in this one it would be the operator's."""
    with scratch(engine) as (env, _):
        found = within(env, "trials.log:spoilt", count=count, seed=seed)
    return Found(
        {
            "every change is found": found["found"] == count,
            "the place is named right": found["placed_right"] == count,
            "planted: without outside evidence a cut passes": found["cuts_missed_without_outside"] == CUTS,
        },
        **found,
    )

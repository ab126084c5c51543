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

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared import appendonly
from mamori.ground.ledger import actions, facts, log
from mamori.ground.ledger.formats import Head, leaf_hash, root_of
from mamori.ground.ledger.log import canonical, commitment_to, content_place
from mamori.ground.ledger.models import Act, ActContent, Checkpoint, Leaf
from mamori.ground.seal import actions as seal, facts as seals
from trials.harness import Found, measured, within
from trials.scratch import scratch

START = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
ERASED = "buyer:B-0"
HEADS = (1, 57, 180, 256, 257, 300, 331)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a spoiler must know of the log: acts by place, contents by subject, heads, files, evidence outside."""

    acts: tuple[int, ...]
    waiting: int
    shredding: int
    subjects: dict[str, tuple[int, ...]]
    heads: tuple[tuple[int, int], ...]
    files: tuple[str, ...]
    kept: Path

    @property
    def folder(self) -> Path:
        """Return where the log stands."""
        return Path(settings.LOG)


def build(kept: Path, seed: int) -> Scene:
    """Write the log into the house of the settings, and a share of what others would keep into `kept`."""
    rng = random.Random(seed)  # noqa: S311  a replayable choice, no secret
    actor = Actor(by="sato", role=Role.AGENT, at=START, via="bench")
    for index in range(HEADS[-1]):
        now = START + timedelta(seconds=index)
        actor = Actor(by="sato", role=Role.AGENT, at=now, via="bench")
        if index == 200:
            actions.shred(actor, subject=ERASED, reason="本人の請求")
        else:
            with transaction.atomic():
                actions.record(
                    actor,
                    kind=rng.choice(["contact.asked", "contact.answered", "contact.urged"]),
                    subject=rng.choice([ERASED, "buyer:B-1", "buyer:B-2", "seller:S-1", "market"]),
                    about=f"contact.trouble:{index % 20}",
                    payload={"hours": rng.randrange(100)},
                )
        if index + 1 in HEADS:
            actions.sequence(at=now)
    with transaction.atomic():
        waiting = actions.record(actor, kind="contact.asked", subject="buyer:B-1", about="contact.trouble:1")
    _keep(kept)
    subjects: dict[str, list[int]] = {}
    for act, subject in ActContent.objects.order_by("act").values_list("act", "subject"):
        subjects.setdefault(subject, []).append(act)
    files = sorted(Path(settings.LOG).rglob("tile/**/*"))
    return Scene(
        acts=tuple(Leaf.objects.order_by("index").values_list("act", flat=True)),
        waiting=waiting,
        shredding=Leaf.objects.get(index=200).act_id,
        subjects={subject: tuple(acts) for subject, acts in subjects.items()},
        heads=tuple(Checkpoint.objects.order_by("number").values_list("number", "size")),
        files=tuple(str(p.relative_to(settings.LOG)) for p in files if p.is_file()),
        kept=kept,
    )


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
    spare = scene.folder.with_name("spare")
    if not spare.exists():
        shutil.copytree(scene.folder, spare)
    with transaction.atomic():
        try:
            with unguarded():
                yield
        finally:
            transaction.set_rollback(True)
    if _differs(scene.folder, spare):
        shutil.rmtree(scene.folder)
        shutil.copytree(spare, scene.folder)


def _differs(one: Path, other: Path) -> bool:
    stands = (
        {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for folder in (one, other)
    )
    return next(stands) != next(stands)


@contextmanager
def unguarded() -> Iterator[None]:
    """Be the database's owner: neither triggers nor foreign keys hold what is done inside."""
    free = "SET LOCAL session_replication_role = replica"
    run(free if _is_postgres() else "PRAGMA defer_foreign_keys = ON")
    for trigger in _sqlite_triggers():
        run(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
    yield


@contextmanager
def guarded() -> Iterator[None]:
    """Stand as after the deed, with every trigger back, while somebody verifies."""
    if _is_postgres():
        run("SET LOCAL session_replication_role = origin")
    for trigger in _sqlite_triggers():
        run(trigger.sql)
    yield
    for trigger in _sqlite_triggers():
        run(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
    if _is_postgres():
        run("SET LOCAL session_replication_role = replica")


def run(sql: str, *values: Any) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _sqlite_triggers() -> list[appendonly.Trigger]:
    if _is_postgres():
        return []
    ours = (m for m in appendonly.append_only_models() if m._meta.app_label == "ledger")
    return [trigger for model in ours for trigger in appendonly.triggers(model, "sqlite")]


type Spoil = Callable[[Scene, random.Random], Deed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done, which places say so (one of them at least), and which others may be named as its consequence."""

    what: str
    must: frozenset[str]
    may: frozenset[str] = frozenset()
    needs_outside: bool = False


STRANGER = 999_999
EARLIER = "2020-01-01 00:00:00+00:00"


def contents(acts: tuple[int, ...]) -> frozenset[str]:
    """Return the places of the contents of acts."""
    return frozenset(f"content {act}" for act in acts)


def _deed(what: str, *must: str, may: Set[str] = frozenset(), outside: bool = False) -> Deed:
    return Deed(what=what, must=frozenset(must), may=frozenset(may), needs_outside=outside)


def _flipped(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _after(scene: Scene, act: int) -> frozenset[str]:
    """Return what else is named when a content is spoilt: that of the shredding act accounts for others'."""
    return contents(scene.subjects[ERASED]) if act == scene.shredding else frozenset()


def act_changed(scene: Scene, rng: random.Random) -> Deed:
    """Change one column of an act."""
    act = rng.choice(scene.acts)
    column = rng.choice(["kind", "at", "commitment"])
    value: Any = {"kind": f"x{rng.random()}", "at": EARLIER}.get(column)
    run(f"UPDATE ledger_act SET {column} = %s WHERE id = %s", value or rng.randbytes(32), act)  # noqa: S608
    return _deed(f"act.{column}", f"act {act}", may=frozenset({f"content {act}"}) | _after(scene, act))


def _act_deleted(scene: Scene, rng: random.Random) -> Deed:
    act = rng.choice([*scene.acts, scene.waiting])
    run("DELETE FROM ledger_act WHERE id = %s", act)
    also = frozenset({f"content {act}"}) | _after(scene, act)
    return _deed("act deleted", f"pending {act}" if act == scene.waiting else f"act {act}", may=also)


def _act_renumbered(scene: Scene, rng: random.Random) -> Deed:
    act, other = rng.choice(scene.acts), STRANGER + rng.randrange(1000)
    run("UPDATE ledger_act SET id = %s WHERE id = %s", other, act)
    also = {f"content {act}", f"act {other}", f"content {other}"}
    return _deed("act renumbered", f"act {act}", may=also | _after(scene, act))


def act_slipped_in(scene: Scene, rng: random.Random) -> Deed:
    """Add an act that was never recorded."""
    act = STRANGER + rng.randrange(1000)
    columns = "(id, kind, at, commitment) VALUES (%s, 'x', %s, %s)"
    run(f"INSERT INTO ledger_act {columns}", act, EARLIER, rng.randbytes(32))
    return _deed("act slipped in", f"act {act}", may={f"content {act}"})


def _leaf_deleted(scene: Scene, rng: random.Random) -> Deed:
    index = rng.randrange(len(scene.acts))
    run('DELETE FROM ledger_leaf WHERE "index" = %s', index)
    return _deed("leaf deleted", f"leaf {index}", may={f"act {scene.acts[index]}"})


def leaf_moved(scene: Scene, rng: random.Random) -> Deed:
    """Move a leaf to a place where none is."""
    index, other = rng.randrange(len(scene.acts)), rng.choice([-1, len(scene.acts) + rng.randrange(99)])
    run('UPDATE ledger_leaf SET "index" = %s WHERE "index" = %s', other, index)
    return _deed("leaf moved", f"leaf {index}", may={f"leaf {other}"})


def _leaves_swapped(scene: Scene, rng: random.Random) -> Deed:
    one, two = rng.sample(range(len(scene.acts)), 2)
    run("DELETE FROM ledger_leaf WHERE act_id IN (%s, %s)", scene.acts[one], scene.acts[two])
    for index, act in ((one, scene.acts[two]), (two, scene.acts[one])):
        run('INSERT INTO ledger_leaf ("index", act_id) VALUES (%s, %s)', index, act)
    return _deed("leaves swapped", f"leaf {one}", may={f"leaf {two}"})


def leaf_repointed(scene: Scene, rng: random.Random) -> Deed:
    """Let a leaf point to an act that does not exist, or to the one that waits."""
    index, other = rng.randrange(len(scene.acts)), rng.choice([STRANGER, scene.waiting])
    run('UPDATE ledger_leaf SET act_id = %s WHERE "index" = %s', other, index)
    return _deed("leaf repointed", f"leaf {index}", may={f"act {scene.acts[index]}", f"pending {other}"})


def leaf_slipped_in(scene: Scene, rng: random.Random) -> Deed:
    """Add a leaf behind the signed end, or before the beginning."""
    index = rng.choice([-1, len(scene.acts), len(scene.acts) + rng.randrange(1, 99)])
    act = rng.choice([STRANGER, scene.waiting])
    run('INSERT INTO ledger_leaf ("index", act_id) VALUES (%s, %s)', index, act)
    return _deed("leaf slipped in", f"leaf {index}", may={f"pending {act}"})


def content_deleted(scene: Scene, rng: random.Random) -> Deed:
    """Delete a content without a shredding act."""
    act = rng.choice([*scene.acts, scene.waiting])
    run("DELETE FROM ledger_actcontent WHERE act_id = %s", act)
    return _deed("content deleted", f"content {act}", may=_after(scene, act))


def content_changed(scene: Scene, rng: random.Random) -> Deed:
    """Change one column of a content, erased ones included."""
    act = rng.choice([*scene.acts, scene.waiting])
    column = rng.choice(["sealed", "about", "subject"])
    sealed = bytes(ActContent.objects.get(pk=act).sealed)
    value = _flipped(sealed, rng) if column == "sealed" else f"buyer:X-{rng.random()}"
    run(f"UPDATE ledger_actcontent SET {column} = %s WHERE act_id = %s", value, act)  # noqa: S608
    return _deed(f"content.{column}", f"content {act}", may=_after(scene, act))


def contents_swapped(scene: Scene, rng: random.Random) -> Deed:
    """Swap what two acts of one subject say."""
    acts = rng.choice([acts for acts in scene.subjects.values() if len(acts) > 1])
    one, two = rng.sample(acts, 2)
    sealed = {act: bytes(ActContent.objects.get(pk=act).sealed) for act in (one, two)}
    for act, other in ((one, two), (two, one)):
        run("UPDATE ledger_actcontent SET sealed = %s WHERE act_id = %s", sealed[other], act)
    also = contents((two,)) | _after(scene, one) | _after(scene, two)
    return _deed("contents swapped", f"content {one}", may=also)


def key_thrown_away(scene: Scene, rng: random.Random) -> Deed:
    """Destroy or spoil a subject's key without a shredding act."""
    subject = rng.choice([s for s in scene.subjects if s != ERASED])
    change, value = (
        ("wrapped = NULL, shredded_at", EARLIER) if rng.random() < 0.5 else ("wrapped", rng.randbytes(40))
    )
    run(f"UPDATE seal_subjectkey SET {change} = %s WHERE subject = %s", value, subject)  # noqa: S608
    lost = scene.subjects[subject]
    also = contents(lost) | (contents(scene.subjects[ERASED]) if scene.shredding in lost else frozenset())
    return _deed("key thrown away", *contents(lost), may=also)


def pending_spoilt(scene: Scene, rng: random.Random) -> Deed:
    """Let an act wait that has its place, or one that does not exist, or let the waiting one vanish from the queue."""
    act = rng.choice([scene.waiting, STRANGER, rng.choice(scene.acts), rng.choice(scene.acts)])
    if act == scene.waiting:
        run("DELETE FROM ledger_pending WHERE act_id = %s", act)
        return _deed("pending deleted", f"act {act}")
    run("INSERT INTO ledger_pending (act_id) VALUES (%s)", act)
    return _deed("pending slipped in", f"pending {act}")


def _checkpoint_deleted(scene: Scene, rng: random.Random) -> Deed:
    number, _ = rng.choice(scene.heads)
    run("DELETE FROM ledger_checkpoint WHERE number = %s", number)
    last = number == scene.heads[-1][0]
    return _deed("checkpoint deleted", "checkpoint file" if last else f"checkpoint {number}")


def checkpoint_changed(scene: Scene, rng: random.Random) -> Deed:
    """Change one column of a checkpoint; its note also to another's true one."""
    number, _ = rng.choice(scene.heads)
    column = rng.choice(["size", "root", "at", "note", "note", "number"])
    note = Checkpoint.objects.get(number=number).note
    at = rng.randrange(len(note))
    spoilt = note[:at] + ("x" if note[at] != "x" else "y") + note[at + 1 :]
    other = Checkpoint.objects.get(number=rng.choice([n for n, _ in scene.heads if n != number])).note
    value: Any = {
        "size": 10_000 + rng.randrange(1000),
        "root": rng.randbytes(32),
        "at": EARLIER,
        "note": rng.choice([spoilt, other]),
        "number": scene.heads[-1][0] + rng.randrange(1, 5),
    }[column]
    run(f"UPDATE ledger_checkpoint SET {column} = %s WHERE number = %s", value, number)  # noqa: S608
    also = {"checkpoint file"} if number == scene.heads[-1][0] else set()
    if column == "number":  # the numbers between are then missing as well
        also |= {f"checkpoint {n}" for n in range(number, value + 1)} | {"checkpoint file"}
    return _deed(f"checkpoint.{column}", f"checkpoint {number}", may=also)


def checkpoint_signed_anew(scene: Scene, rng: random.Random) -> Deed:
    """Sign a false root with the log's own key."""
    place = rng.randrange(len(scene.heads))
    number, size = scene.heads[place]
    signer = log.the_signer()
    head = Head(signer.name, size, rng.randbytes(32), Checkpoint.objects.get(number=number).at)
    _put_head(number, head, signer.sign(head.text))
    if place < len(scene.heads) - 1:
        return _deed("checkpoint signed anew", f"checkpoint {number}")
    before = scene.heads[place - 1][1]  # nothing after it could tell which of the two is false
    return _deed("checkpoint signed anew", f"leaves {before}-{size - 1}", may={"checkpoint file"})


def file_flipped(scene: Scene, rng: random.Random) -> Deed:
    """Flip a bit in any file, those of the past included."""
    name = rng.choice([*scene.files, "checkpoint"])
    file = scene.folder / name
    file.write_bytes(_flipped(file.read_bytes(), rng))
    return _file_deed("file flipped", name)


def file_resized(scene: Scene, rng: random.Random) -> Deed:
    """Cut or lengthen any file."""
    name = rng.choice([*scene.files, "checkpoint"])
    file = scene.folder / name
    data = file.read_bytes()
    is_cut = rng.random() < 0.5
    file.write_bytes(
        data[: rng.randrange(len(data))] if is_cut else data + rng.randbytes(1 + rng.randrange(64))
    )
    return _file_deed("file resized", name)


def file_deleted(scene: Scene, rng: random.Random) -> Deed:
    """Delete a file, other than the partial tiles of the past, which the present ones answer for."""
    present = (".p/" + str(scene.heads[-1][1] % 256), "checkpoint")
    files = [f for f in scene.files if ".p/" not in f or f.endswith(present) or "/1/" in f]
    name = rng.choice([*files, "checkpoint"])
    (scene.folder / name).unlink()
    return _file_deed("file deleted", name)


def file_slipped_in(scene: Scene, rng: random.Random) -> Deed:
    """Add a file that does not belong."""
    strange = ("tile/0/777", "tile/5/000.p/3", "tile/entries/x001/000", "tile/0/001.p/200")
    name = rng.choice([*strange, f"tile/{os.getpid()}.bak"])
    (scene.folder / name).parent.mkdir(parents=True, exist_ok=True)
    (scene.folder / name).write_bytes(rng.randbytes(64))
    return _file_deed("file slipped in", name)


def _file_deed(what: str, name: str) -> Deed:
    return _deed(what, "checkpoint file" if name == "checkpoint" else name)


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
    last = scene.heads[-1][1]
    # Whoever cuts away a shredding act leaves contents behind that nothing accounts for.
    hidden = contents(scene.subjects[ERASED]) if scene.shredding in gone else frozenset()
    also = hidden | {f"leaves {size}-{n - 1}" for _, n in scene.heads if n > size}
    return _deed("cut", f"leaves {size}-{last - 1}", may=also, outside=True)


def rewritten(scene: Scene, rng: random.Random) -> Deed:
    """Change what an act says and make everything after it anew, signed with the log's own key."""
    index = _rewrite(scene, rng)
    _heads_anew(scene)
    before = max((size for number, size in scene.heads if number % 2 and size <= index), default=0)
    spans = [f"leaves {before}-{size - 1}" for _, size in scene.heads if size > index]
    return _deed("rewritten with the key", *spans, may={f"leaf {index}"}, outside=True)


def rewritten_unsigned(scene: Scene, rng: random.Random) -> Deed:
    """The same without the key: the signed heads of the time stay."""
    index = _rewrite(scene, rng)
    before = max((size for _, size in scene.heads if size <= index), default=0)
    after = min(size for _, size in scene.heads if size > index)
    return _deed("rewritten without the key", f"leaves {before}-{after - 1}")


def _rewrite(scene: Scene, rng: random.Random) -> int:
    """Let an act of nobody who was erased say otherwise, and make the tiles anew; return its place."""
    erased = {*scene.subjects[ERASED], scene.shredding}
    index = rng.choice([i for i, act in enumerate(scene.acts) if act not in erased])
    _say_otherwise(scene.acts[index])
    _tiles_anew(scene, len(scene.acts))
    return index


def _say_otherwise(act: int) -> None:
    """Let an act say something else, sealed and committed as if it had always been so."""
    row = ActContent.objects.get(pk=act)
    content = json.loads(
        seals.unseal(subject=row.subject, place=content_place(act), sealed=bytes(row.sealed))
    )
    content.pop("salt")
    content["reason"] = "書き換え"
    salt = os.urandom(32)
    plain = canonical(content | {"salt": salt.hex()})
    sealed = seal.seal(subject=row.subject, place=content_place(act), plain=plain)
    run("UPDATE ledger_act SET commitment = %s WHERE id = %s", commitment_to(salt, content), act)
    run("UPDATE ledger_actcontent SET sealed = %s WHERE act_id = %s", sealed, act)


def _all_entries() -> list[bytes]:
    rows = {leaf.index: leaf.act_id for leaf in Leaf.objects.order_by("index")}
    acts = Act.objects.in_bulk(list(rows.values()))
    return [canonical(acts[act].entry) for act in rows.values()]


def _tiles_anew(scene: Scene, size: int) -> None:
    shutil.rmtree(scene.folder / "tile")
    log.the_store().extend(0, _all_entries()[:size])


def _heads_anew(scene: Scene) -> None:
    hashes, signer = [leaf_hash(entry) for entry in _all_entries()], log.the_signer()
    for row in Checkpoint.objects.order_by("number"):
        head = Head(signer.name, row.size, root_of(hashes[: row.size]), row.at)
        note = signer.sign(head.text)
        _put_head(row.number, head, note)
        Path(scene.folder / "checkpoint").write_text(note, encoding="utf-8")


def _put_head(number: int, head: Head, note: str) -> None:
    run("UPDATE ledger_checkpoint SET root = %s, note = %s WHERE number = %s", head.root, note, number)


DEEDS: tuple[Spoil, ...] = (
    *(act_changed, _act_deleted, _act_renumbered, act_slipped_in),
    *(_leaf_deleted, leaf_moved, _leaves_swapped, leaf_repointed, leaf_slipped_in),
    *(content_deleted, content_changed, contents_swapped, key_thrown_away, pending_spoilt),
    *(_checkpoint_deleted, checkpoint_changed, checkpoint_signed_anew),
    *(file_flipped, file_resized, file_deleted, file_slipped_in),
    *(cut, rewritten, rewritten_unsigned),
)


CUTS = 20


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
    return {
        "spoilt": count,
        "found": found,
        "placed_right": count - len(problems),
        "kinds": dict(sorted(kinds.items())),
        "problems": problems[:10],
        "cuts_missed_without_outside": missed,
    }


def _try(
    scene: Scene, spoil: Spoil, dice: random.Random, *, outside: bool = True
) -> tuple[Deed, set[str], bool]:
    """Do one deed on a copy and verify; return what was named, and whether it was the deed's place and nothing else."""
    with copy(scene):
        deed = spoil(scene, dice)
        with guarded():
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

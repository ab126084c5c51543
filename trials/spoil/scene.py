"""A real small log to be spoilt: some hundred acts of several subjects, one erased, one waiting, and what others kept."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared import appendonly
from mamori.ground.ledger import actions, facts
from mamori.ground.ledger.models import ActContent, Checkpoint, Leaf

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
    return Scene(
        acts=tuple(Leaf.objects.order_by("index").values_list("act", flat=True)),
        waiting=waiting,
        shredding=Leaf.objects.get(index=200).act_id,
        subjects={subject: tuple(acts) for subject, acts in subjects.items()},
        heads=tuple(Checkpoint.objects.order_by("number").values_list("number", "size")),
        files=tuple(
            str(p.relative_to(settings.LOG))
            for p in sorted(Path(settings.LOG).rglob("tile/**/*"))
            if p.is_file()
        ),
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
    def stand(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    return stand(one) != stand(other)


@contextmanager
def unguarded() -> Iterator[None]:
    """Be the database's owner: neither triggers nor foreign keys hold what is done inside."""
    run("SET LOCAL session_replication_role = replica") if _is_postgres() else run(
        "PRAGMA defer_foreign_keys = ON"
    )
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

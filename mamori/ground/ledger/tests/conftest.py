"""A small log: acts about a trouble, placed and signed in a few runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared import appendonly
from mamori.ground.ledger import actions
from tests.laid import Ground

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
AGENT = Actor(by="sato", role=Role.AGENT, at=NOON, via="terminal", request="r-1")

type Write = Callable[..., int]


@dataclass(frozen=True)
class Built:
    """A log that the tests of a module share; each works on a copy and is rolled back."""

    acts: list[int]
    folder: Path


def _write(**changes: Any) -> int:
    parts = {"kind": "contact.asked", "subject": "buyer:B-1", "about": "contact.trouble:12"} | changes
    with transaction.atomic():
        return actions.record(AGENT, **parts)


@pytest.fixture
def write(db: None) -> Write:
    """Record an act by the agent; every part has a default."""
    return _write


@pytest.fixture(scope="module")
def built(
    _ground: Ground, django_db_blocker: Any, house_keys: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    """Write 300 acts under four checkpoints: 1, 100, 256 and 300; undone when the module is through."""
    folder = tmp_path_factory.mktemp("built")
    former, (settings.KEYS, settings.LOG) = (settings.KEYS, settings.LOG), (house_keys, folder)
    with django_db_blocker.unblock():
        _ground.stand([])
    with django_db_blocker.unblock(), transaction.atomic():
        acts = []
        for index in range(300):
            subject, about = f"buyer:B-{index % 7}", f"contact.trouble:{index % 20}"
            acts.append(_write(subject=subject, about=about, reason=f"理由{index}"))
            if index + 1 in (1, 100, 256, 300):
                actions.sequence(at=NOON + timedelta(minutes=index))
        settings.KEYS, settings.LOG = former
        django_db_blocker.restore()
        yield Built(acts, folder)
        django_db_blocker.unblock()
        transaction.set_rollback(True)


@pytest.fixture
def log(built: Built, house: None, write: Write) -> list[int]:
    """Return the acts of the module's log, whose folder is copied for this test."""
    shutil.copytree(built.folder, settings.LOG)
    return built.acts


@pytest.fixture
def superuser(db: None) -> Iterator[Callable[..., None]]:
    """Run statements as somebody who owns the database: triggers and foreign keys do not hold them."""

    def run(sql: str, *values: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(sql, values)
                cursor.execute("SET LOCAL session_replication_role = origin")
                return
            wanted = [
                t for model in appendonly.append_only_models() for t in appendonly.triggers(model, "sqlite")
            ]
            for trigger in wanted:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute(sql, values)
            for trigger in wanted:
                cursor.execute(trigger.sql)

    with transaction.atomic():
        yield run
        transaction.set_rollback(
            True
        )  # before Django's own teardown looks for the foreign keys that we broke

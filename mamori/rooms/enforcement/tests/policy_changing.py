"""What tests of a change of policy share: who acts when, and how a draft is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy import actions
from mamori.rooms.enforcement.policy.rules.table import DECLARED, Table, read

MONDAY = datetime(2026, 12, 7, 10, tzinfo=JAPAN)
ROW = DECLARED.row("8")
assert ROW is not None
STRICTER = replace(ROW, days=21)


def actor(by: str = "lead:1", role: Role = Role.LEAD, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def other(at: datetime = MONDAY) -> Actor:
    return actor("counsel:2", Role.COUNSEL, at)


def machine(at: datetime) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


def edited(number: int) -> int:
    return Policy.objects.get(number=number).edited


def table(number: int) -> Table:
    return read(Policy.objects.get(number=number).table)


def change(number: int, **changes: Any) -> None:
    row = replace(STRICTER, **changes)
    actions.put_row(actor(), number=number, version=edited(number), row=row)


def settle(at: datetime) -> None:
    while outbox.work(at=at):
        pass

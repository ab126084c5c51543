"""What a case's history says: clocks of one name that began, or fell due, in one moment are said once, with how many."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.doors.desk.views.case import _clocks
from mamori.ground.clocks.facts import PastClock
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import ANSWER, DANGER_CALL

BEGAN = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
DUE = BEGAN + timedelta(hours=4)


def clock(kind: str, *, due: datetime = DUE, fired: bool = True) -> PastClock:
    return PastClock(kind=kind, started_at=BEGAN, due_at=due, done_at=due if fired else None, fired=fired)


def told(*clocks: PastClock) -> list[str]:
    return [entry.title.ja for entry in _clocks(clocks) if entry.title.ja.startswith("期限")]


def test_two_calls_that_fall_due_in_one_moment_are_said_once() -> None:
    [said] = told(clock(DANGER_CALL.code), clock(DANGER_CALL.code))

    assert said.endswith("（2件）")


def test_what_falls_due_at_another_moment_or_by_another_name_is_said_by_itself() -> None:
    later = clock(DANGER_CALL.code, due=DUE + timedelta(minutes=1))

    said = told(clock(DANGER_CALL.code), later, clock(ANSWER.code), clock(ANSWER.code, fired=False))

    assert len(said) == 3
    assert not any("件" in one for one in said)

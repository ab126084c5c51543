"""What should stand is compared with what stands without a database: a table of cases, and what holds whatever comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from mamori.grammar.businesstime import EveryHours
from mamori.grammar.text import Text
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.standing import Asks, Runs, asks

MORNING = datetime(2026, 11, 16, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HEARD = Text("意見を待っています。", "A view is waited for.")


@dataclass(frozen=True, slots=True)
class Row:
    """A clock as a table would hold it; each lasts a day."""

    id: int
    kind: str
    key: str
    started_at: datetime
    due_at: datetime
    paused_since: datetime | None = None
    done_at: datetime | None = None
    fired: bool = False


def row(
    number: int = 1, *, since: datetime = MORNING, key: str = "", kind: str = "look", **more: object
) -> Row:
    return replace(Row(number, kind, key, since, since + DAY), **more)  # type: ignore[arg-type]


def look(**more: object) -> Runs:
    known: dict[str, object] = {"since": MORNING, "span": EveryHours(24)}
    return Runs("look", **(known | more))  # type: ignore[arg-type]


STOPPED = row(done_at=MORNING + HOUR)
RANG = row(done_at=MORNING + DAY, fired=True)
HELD = row(paused_since=MORNING + HOUR)
LATER = MORNING + 2 * HOUR

CASES: dict[str, tuple[list[Runs], list[Row], Changes[Row]]] = {
    "nothing should stand and nothing does": ([], [], Changes()),
    "what should stand and does is left alone": ([look()], [row()], Changes()),
    "what should stand and does not is started": ([look()], [], Changes(start=(look(),))),
    "what should not stand is stopped": ([], [row()], Changes(stop=(row(),))),
    "what is over already is not stopped again": ([], [STOPPED, RANG], Changes()),
    "a moved moment is a restart": (
        [look(since=LATER)],
        [row()],
        Changes(start=(look(since=LATER),), stop=(row(),)),
    ),
    "another key is another clock": (
        [look(key="2")],
        [row(key="1")],
        Changes(start=(look(key="2"),), stop=(row(key="1"),)),
    ),
    "what fired with the same moment is spent": ([look()], [RANG], Changes()),
    "what fired runs anew from then on where it runs again": (
        [look(again=True)],
        [RANG],
        Changes(start=(look(again=True, since=MORNING + DAY),)),
    ),
    "what runs again runs already": ([look(again=True)], [RANG, row(2, since=MORNING + DAY)], Changes()),
    "what ran again is over once its moment moved": (
        [look(again=True, since=MORNING + 3 * DAY)],
        [RANG, row(2, since=MORNING + DAY)],
        Changes(start=(look(again=True, since=MORNING + 3 * DAY),), stop=(row(2, since=MORNING + DAY),)),
    ),
    "what was stopped and is asked for with the same moment runs on": (
        [look()],
        [STOPPED],
        Changes(reopen=(STOPPED,)),
    ),
    "what stands still is held": ([look(still=HEARD)], [row()], Changes(hold=((row(), HEARD),))),
    "what is held stays so": ([look(still=HEARD)], [HELD], Changes()),
    "what stands still no more is released": ([look()], [HELD], Changes(release=(HELD,))),
    "what is due already cannot be held any more": (
        [look(still=HEARD, since=MORNING - DAY)],
        [row(since=MORNING - DAY)],
        Changes(),
    ),
    "what starts while it stands still is held from its start": (
        [look(still=HEARD)],
        [],
        Changes(start=(look(still=HEARD),)),
    ),
    "what runs on while it stands still is held": (
        [look(still=HEARD)],
        [STOPPED],
        Changes(hold=((STOPPED, HEARD),), reopen=(STOPPED,)),
    ),
    "a held clock that was stopped runs on without being released twice": (
        [look()],
        [replace(HELD, done_at=LATER)],
        Changes(reopen=(replace(HELD, done_at=LATER),)),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_has_to_change(case: str) -> None:
    should, stood, wanted = CASES[case]

    assert changes(should, stood, at=LATER) == wanted


def apply(found: Changes[Row], stood: Sequence[Row], at: datetime) -> list[Row]:
    """Do to rows what the tables do, so that what stands afterwards can be compared."""
    rows = {one.id: one for one in stood}
    for one in found.stop:
        rows[one.id] = replace(one, done_at=at)
    for one in found.reopen:
        rows[one.id] = replace(one, done_at=None, paused_since=None)
    for one in found.release:
        rows[one.id] = replace(one, paused_since=None)
    for one, _ in found.hold:
        rows[one.id] = replace(rows[one.id], paused_since=at)
    for one in found.start:
        held = at if one.still else None
        new = row(len(rows) + 1, since=one.since, key=one.key, kind=one.code, paused_since=held)
        rows[new.id] = new
    return list(rows.values())


def fire(rows: Sequence[Row], at: datetime) -> list[Row]:
    """Let fire what is due and not held."""
    due = [one.id for one in rows if one.done_at is None and one.paused_since is None and one.due_at <= at]
    return [replace(one, done_at=at, fired=True) if one.id in due else one for one in rows]


def is_open(rows: Sequence[Row]) -> list[Row]:
    return [one for one in rows if one.done_at is None]


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Runs, ...]:
    """Draw what should stand: at most one clock of each kind and key, since one of a few moments."""
    named = draw(st.sets(st.tuples(st.sampled_from(["look", "answer"]), st.sampled_from(["", "2"]))))
    return tuple(
        Runs(
            kind,
            since=MORNING + draw(st.integers(0, 4)) * 12 * HOUR,
            span=EveryHours(24),
            key=key,
            again=draw(st.booleans()),
            still=draw(st.sampled_from([None, HEARD])),
        )
        for kind, key in sorted(named)
    )


@given(st.lists(st.tuples(wishes(), st.booleans()), max_size=8))
def test_after_any_acts_what_stands_is_what_should_and_nothing_is_left_to_do(
    acts: list[tuple[tuple[Runs, ...], bool]],
) -> None:
    rows: list[Row] = []
    for number, (should, fires) in enumerate(acts):
        at = MORNING + number * 9 * HOUR
        rows = fire(rows, at) if fires else rows

        rows = apply(changes(should, rows, at=at), rows, at)

        named = {(one.code, one.key): one for one in should}
        for clock in is_open(rows):
            wish = named.pop((clock.kind, clock.key))
            assert clock.started_at == wish.since or (wish.again and clock.started_at > wish.since)
            assert (clock.paused_since is not None) == (wish.still is not None) or clock.due_at <= at
        for (kind, key), wish in named.items():  # what should stand and does not has fired, and is spent
            spent = [one for one in rows if (one.kind, one.key, one.started_at) == (kind, key, wish.since)]
            assert any(one.fired for one in spent)
            assert not wish.again
        assert not changes(should, rows, at=at)


@given(wishes())
def test_what_was_stopped_runs_on_when_it_is_asked_for_again(should: tuple[Runs, ...]) -> None:
    rows = apply(changes(should, [], at=MORNING), [], MORNING)
    stopped = apply(changes((), rows, at=LATER), rows, LATER)

    found = changes(should, stopped, at=LATER)

    assert is_open(stopped) == []
    assert (len(found.reopen), found.start) == (len(should), ())


def test_open_tasks_keep_the_order_in_which_they_are_said() -> None:
    should = (Asks("view"), look(), Asks("cure", due=LATER))

    assert asks(should) == (Asks("view"), Asks("cure", due=LATER))

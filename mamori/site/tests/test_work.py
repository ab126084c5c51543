"""What the worker promises: time in order, no part in another's way, a database that may go away for a while."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection, transaction
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts, standing
from mamori.ground.clocks.actions import Fired, Task
from mamori.ground.outbox import actions as outbox, facts as outbox_facts, publishing
from mamori.ground.seal import actions as seal
from mamori.japan.calendar import japanese_calendar
from mamori.site import wiring, work
from mamori.site.command.outbox import command as outbox_command

MONDAY = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
LEAD = Actor(by="lead-1", role=Role.LEAD, at=MONDAY, via="test")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Event):
    """A bell was rung."""

    kind = "test.bell_rung"
    text = Text("鐘が鳴った", "a bell was rung")
    bell: str


@pytest.fixture
def house(settings: Settings, tmp_path: Path, db: None) -> Iterator[dict[str, Task]]:
    """Give the house keys, a log and an empty table of its own; the test fills in what rings."""
    settings.KEYS, settings.LOG = tmp_path / "keys", tmp_path / "log"
    seal.prepare_keys()
    rings, former = wiring.RINGS, dict(publishing._BY_KIND)
    wiring.RINGS = {}
    yield wiring.RINGS
    wiring.RINGS = rings
    publishing._BY_KIND.clear()
    publishing._BY_KIND.update(former)
    standing.use_calendar(wiring.business_calendar)


def start(about: str, hours: int) -> None:
    clocks.start(kind="bell", about=about, at=MONDAY, duration=Hours(hours))


def test_settling_plays_clocks_and_what_follows_from_them_in_the_order_of_time(
    house: dict[str, Task],
) -> None:
    told: list[tuple[str, str, datetime]] = []

    def ring(fired: Fired) -> None:
        told.append(("rung", fired.about, fired.at))
        outbox.publish(BellRung(subject=fired.about, bell=fired.about), at=fired.at)
        if fired.about == "a:1":
            clocks.start(kind="bell", about="between:1", at=fired.at, duration=Hours(1))

    house["bell"] = ring
    publishing.hear(BellRung, lambda event, at: told.append(("heard", event.bell, at)))
    start("b:1", 3)
    start("a:1", 1)

    work.settle(at=MONDAY + timedelta(days=1))

    hour = timedelta(hours=1)
    assert told == [
        ("rung", "a:1", MONDAY + hour),
        ("heard", "a:1", MONDAY + hour),
        ("rung", "between:1", MONDAY + 2 * hour),
        ("heard", "between:1", MONDAY + 2 * hour),
        ("rung", "b:1", MONDAY + 3 * hour),
        ("heard", "b:1", MONDAY + 3 * hour),
    ]


def test_settling_goes_on_past_what_keeps_failing(house: dict[str, Task]) -> None:
    start("a:1", 1)
    start("b:1", 2)

    work.settle(at=MONDAY + timedelta(days=1))

    assert {c.about for c in clock_facts.stuck()} == {"a:1", "b:1"}


def test_a_turn_does_each_part_of_the_work_once(house: dict[str, Task]) -> None:
    house["bell"] = lambda fired: None
    publishing.hear(BellRung, lambda event, at: None)
    start("a:1", 1)
    outbox.publish(BellRung(subject="a:1", bell="a"), at=MONDAY)
    outbox.add_endpoint(LEAD, url="https://shop.invalid/")

    turn = work.turn(at=MONDAY + timedelta(days=1))

    assert (turn.rung, turn.worked, turn.sequenced, turn.delivered) == (1, 1, 1, 0)


def test_a_new_calendar_is_told_of_by_an_event(house: dict[str, Task]) -> None:
    start("a:1", 24)
    heard: list[Event] = []
    publishing.hear(work.DeadlineMoved, lambda event, at: heard.append(event))

    standing.use_calendar(
        lambda: japanese_calendar().closing([date(2026, 11, 17)], Text("棚卸し", "stocktaking"))
    )
    moved = work.renew(at=MONDAY)
    outbox.work(at=MONDAY)

    assert moved == 1
    (news,) = heard
    assert isinstance(news, work.DeadlineMoved)
    assert (news.about, news.clock) == ("a:1", "bell")
    assert news.new_due_at > news.old_due_at


def loop(told: list[Text], **parts: work.Part) -> work.Loop:
    return work.Loop(name="work", parts=parts, stop=threading.Event(), tell=told.append)


def test_a_part_that_fails_holds_up_no_other_and_is_told_of_once(house: dict[str, Task]) -> None:
    told: list[Text] = []
    done: list[str] = []
    faults = [RuntimeError("no"), RuntimeError("no")]

    def faulty(at: datetime) -> int:
        if faults:
            raise faults.pop()
        return 0

    def fine(at: datetime) -> int:
        done.append("fine")
        return len(done) % 2

    worker = loop(told, faulty=faulty, fine=fine)
    pauses = [worker.round(MONDAY + timedelta(seconds=n)) for n in range(4)]

    assert done == ["fine"] * 4
    assert [text.en for text in told] == ["A fault in “faulty”; it is tried again: RuntimeError"]
    assert pauses == [work.AFTER_A_FAULT, work.AFTER_A_FAULT, 0, work.PAUSE]
    assert clock_facts.pulse(MONDAY).is_alive


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """Let the test's own transaction live on when the worker closes its connection."""
    connection.close = lambda: None  # type: ignore[method-assign]
    yield
    del connection.close


def failing(*errors: Exception | None) -> work.Part:
    """Fail with each of these, one after the other, or do nothing."""
    left = list(errors)

    def part(at: datetime) -> int:
        if error := left.pop(0) if left else None:
            raise error
        return 0

    return part


def from_driver(words: str, **facts: object) -> OperationalError:
    """Return an error as Django raises those of a driver."""
    cause = Exception(words)
    for name, value in facts.items():
        setattr(cause, name, value)
    error = OperationalError(words)
    error.__cause__ = cause
    return error


def wrapped(error: Exception) -> Exception:
    """Return a mistake that followed from another error."""
    outer = RuntimeError("in the midst of it")
    outer.__cause__ = error
    return outer


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("the server closed the connection\nunexpectedly"),
        from_driver("the server closed the connection", sqlstate=None),
        from_driver("the server closed the connection", sqlstate="57P01"),
        from_driver("the server closed the connection", sqlite_errorcode=14),
    ],
)
def test_a_database_that_is_away_is_waited_for_and_told_of(house: dict[str, Task], error: Exception) -> None:
    told: list[Text] = []
    worker = loop(told, part=failing(error, wrapped(error), None))
    worker.beaten_at = MONDAY

    pauses = [worker.round(MONDAY) for _ in range(3)]

    assert pauses == [work.PAUSE] * 3
    assert told[0].en.startswith("The database is away; it is waited for and tried again (the server closed")
    assert told[0].ja.startswith("データベースに届きません。待って、また試します(the server closed")
    assert told[1:] == [work.BACK]


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (from_driver("database is locked", sqlite_errorcode=5), "The database is busy;"),
        (from_driver("database is locked", sqlite_errorcode=261), "The database is busy;"),
        (from_driver("canceling statement due to lock timeout", sqlstate="55P03"), "The database is busy;"),
        (from_driver("database or disk is full", sqlite_errorcode=13), "The disk is full;"),
        (from_driver("could not extend file", sqlstate="53100"), "The disk is full;"),
        (OSError(28, "No space left on device"), "The disk is full;"),
        (from_driver("no such column: x", sqlite_errorcode=1), "A fault in “part”;"),
        (OSError(2, "No such file"), "A fault in “part”;"),
    ],
)
def test_what_is_no_outage_is_not_called_one_and_holds_up_no_other_part(
    house: dict[str, Task], error: Exception, sentence: str
) -> None:
    told: list[Text] = []
    done: list[str] = []
    worker = loop(told, part=failing(error, error), other=lambda at: done.append("done") or 0)

    for _ in range(3):
        worker.round(MONDAY)

    assert done == ["done"] * 3
    assert len(told) == 1
    assert told[0].en.startswith(sentence)


def test_a_table_that_is_missing_is_a_fault_of_ours_and_ends_no_worker(house: dict[str, Task]) -> None:
    told: list[Text] = []

    def asks(at: datetime) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM clocks_clock")
        return 0

    loop(told, part=asks).round(MONDAY)

    assert len(told) == 1
    assert told[0].en.startswith("A fault in “part”; it is tried again:")


def test_a_worker_whose_beat_fails_goes_on_ringing(
    house: dict[str, Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Text] = []
    done: list[str] = []

    def fail(*, name: str, at: datetime) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr(clocks, "beat", fail)
    loop(told, other=lambda at: done.append("done") or 0).round(MONDAY)

    assert done == ["done"]
    assert [text.en for text in told] == ["A fault in “beat”; it is tried again: RuntimeError"]


def test_the_terminal_shows_what_is_stuck_and_mends_it(house: dict[str, Task]) -> None:
    terminal = CliRunner()

    def call(*words: str) -> str:
        answer = terminal.invoke(outbox_command, list(words))
        assert answer.exit_code == 0, answer.output
        return answer.output

    call("add-endpoint", "https://shop.invalid/", "--kind", "test.*")
    publishing.hear(BellRung, lambda event, at: 1 / 0)  # type: ignore[arg-type,return-value]
    outbox.publish(BellRung(subject="a:1", bell="a"), at=MONDAY)
    for hours in range(5):
        outbox.work(at=MONDAY + timedelta(hours=hours))
    (stuck,) = outbox_facts.stuck()

    assert "ZeroDivisionError" in call("stuck", "--json")
    call("retry", stuck.ref)
    call("skip", stuck.ref, "--reason", "no bell")
    assert "shop.invalid" in call("endpoints")
    assert "msg_" in call("log")
    number = str(outbox_facts.endpoints()[0].number)
    assert call("rotate-secret", number).startswith("whsec_")
    call("remove-endpoint", number, "--reason", "moved")
    assert outbox_facts.endpoints()[0].why_off == "moved"


@pytest.mark.processes
def test_the_worker_begins_to_look_through_private_accounts_and_ends_well_when_told_to(
    tmp_path: Path,
) -> None:
    env = {**os.environ, "MAMORI_HOME": str(tmp_path), "MAMORI_DATABASE_URL": "", "MAMORI_LANG": "en"}
    run = [
        sys.executable,
        "-c",
        "import sys; from mamori.site.command import main; sys.argv[0] = 'mamori'; main()",
    ]
    subprocess.run([*run, "setup"], env=env, check=True, capture_output=True)

    worker = subprocess.Popen([*run, "work"], env=env, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    first, until = worker.stdout.readline(), time.monotonic() + 60
    with closing(sqlite3.connect(tmp_path / "mamori.sqlite3")) as house:
        while (
            not (begun := house.execute("SELECT kind FROM clocks_clock").fetchall())
            and time.monotonic() < until
        ):
            time.sleep(0.05)
    worker.send_signal(signal.SIGTERM)
    rest, _ = worker.communicate(timeout=20)

    assert first.startswith("At work")
    assert begun == [("display.hidden_pass",)]
    assert "stopped" in rest
    assert worker.returncode == 0
    assert subprocess.run([*run, "work", "--once"], env=env, check=True, capture_output=True).returncode == 0

"""On a busy machine a program that gets on is waited for, one that does nothing is started anew, and after 30 minutes it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator

import pytest

from mamori.site import supervisor as supervising
from mamori.site.supervisor import Child, Program, Relay, Supervisor
from trials.scratch import python

WEB = Program(name="web", words=("serve",))


class Start(Child):
    """A start of which the test says what it has done and whether it is ready; no process stands behind it."""

    def __init__(self, kills: int, now: float) -> None:
        self.program, self.is_given_up = WEB, False
        self.waiting = supervising.begun(now, WEB.start_seconds, kills)
        self.expected, self.ready, self.ready_at = 1, 0, None
        self.did, self.is_killed = 0, False

    @property
    def done(self) -> int:
        return self.did

    @property
    def code(self) -> int | None:
        return -9 if self.is_killed else None

    def kill(self) -> None:
        self.is_killed = True


class Clock:
    """A clock that the test sets."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


class House(Supervisor):
    """A supervisor whose programs are such starts; `starts` are those so far."""

    def __init__(self, clock: Clock) -> None:
        self.said = io.StringIO()
        super().__init__([WEB], listening=None, words={}, env={}, limit=1, relay=Relay(self.said))
        self.clock, self.starts = clock, list[Start]()
        self._start(self.slots[0])

    def _made(self, program: Program, kills: int = 0) -> Child:
        self.starts.append(Start(kills, self.clock.now))
        return self.starts[-1]

    def _bury(self, child: Child) -> None:
        """Nothing is left of it."""

    def pump(self, until: float, works: bool = False) -> None:
        """Let time pass, a second at a time; what `works` uses a tick of the processor in each."""
        slot = self.slots[0]
        while self.clock.now < until and self.code is None:
            self.clock.now += 1
            self.starts[-1].did += works
            if slot.child is not None and slot.child.code is not None:
                self._died(slot, slot.child)
            if slot.child is None and slot.again_at is not None and self.clock.now >= slot.again_at:
                self._start(slot)
            self._look_at_start(slot)

    def told(self) -> list[str]:
        return [json.loads(line)["message"] for line in self.said.getvalue().splitlines()]


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Run a house by a clock that the test sets."""
    clock = Clock()
    monkeypatch.setattr(supervising, "time", clock)
    house = House(clock)
    yield house
    house._selector.close()


def test_a_program_that_uses_the_processor_is_not_killed_however_long_it_takes(house: House) -> None:
    house.pump(until=1_700, works=True)

    assert len(house.starts) == 1
    assert house.told() == []
    assert house.code is None


def test_a_program_that_does_nothing_is_killed_and_the_next_has_twice_the_time(house: House) -> None:
    house.pump(until=1_400)

    assert [start.waiting.seconds for start in house.starts] == [60, 120, 240, 480, 480, 480][
        : len(house.starts)
    ]
    assert len(house.starts) >= 5
    assert (
        house.code is None
    )  # what we kill ourselves is no death of its own: five of those would end the house


def test_after_half_an_hour_without_a_ready_program_the_house_ends_with_a_code(house: House) -> None:
    house.pump(until=1_790, works=True)
    assert house.code is None

    house.pump(until=1_810, works=True)

    assert house.code == 1
    assert house.told() == ["a program does not get ready; giving up"]


def test_once_a_program_was_ready_the_next_start_has_the_first_time_again(house: House) -> None:
    house.pump(until=200)
    assert house.slots[0].kills > 0
    house.starts[-1].ready = 1
    house.pump(until=4_000)

    assert house.code is None
    assert (house.slots[0].kills, house.slots[0].missed_since) == (0, None)


def test_a_word_about_being_ready_counts_as_getting_on() -> None:
    start = supervising.begun(0, 60)

    assert not start.is_stuck(59, lambda: 0)
    assert not start.is_stuck(60, lambda: 1)
    assert not start.is_stuck(119, lambda: 1)
    assert start.is_stuck(120, lambda: 1)


WORK = """
import os, sys
sys.stdin.readline()
while sum(os.times()[:2]) < 0.3: pass
print(1, flush=True)
sys.stdin.readline()
"""


def test_the_processor_time_of_a_program_is_counted_with_all_that_it_started() -> None:
    shell = " ".join(["exec", python()[0], "-c", f"'{WORK}'"])
    words = ["sh", "-c", f"({shell}) <&0; read end"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        before = supervising.ticks(program.pid)
        print(file=program.stdin, flush=True)
        assert program.stdout.readline() == "1\n"
        during = supervising.ticks(program.pid)
        print("\n", file=program.stdin, flush=True)

    assert during - before >= 0.25 * os.sysconf("SC_CLK_TCK")
    assert supervising.ticks(program.pid) == 0

"""A plugin of pytest that compares, after every act of enforcement, payouts and contact, what should stand with what stands.

Each verb is watched; when the outermost is done, kinds, keys, moments, due moments and what is held are compared: of contact
about the matters that were touched, of the others about every one.  `MAMORI_SETTLED=check` fails the test in which they
differ; `tell` counts and says the differences at the end of the run.  A test that asks for `settled_contact` is always held
to it, for contact.
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from types import ModuleType
from typing import Any

import pytest

from mamori.grammar.actor import Actor
from tests.settled import whole
from tests.settled.tally import Tally

ROOMS = ("enforcement", "payouts", "contact")
MODE = os.environ.get("MAMORI_SETTLED", "")
ABOUT = {
    "mamori.ground.ledger.actions": ("record",),
    "mamori.ground.clocks.actions": ("start", "stop", "stand", "run_on"),
}
"""What names the matter that is touched, by `about`."""

HAND_WRITTEN = (
    "test_promptness_counts_the_hearing_and_says_its_share",
    "test_policy_of_the_breach.py",
    "test_the_last_decisions_are_tried_and_too_few_are_called_so",
    "test_a_danger_ends_also_when_code_of_before_took_its_call_off_the_list_during_an_upgrade",
)
"""Tests that write rows as no verb would: they are about what is read of them."""

tallies = {room: Tally() for room in ROOMS}
differences: list[str] = []
latest: dict[str, datetime] = {}
"""The latest moment of an act in each test: a walk acts now and then as of an earlier one, but looks at all matters."""
calls: list[str] = []
"""The verbs that are being done, the outermost first: only when it is done all has to be settled."""
touched: dict[str, None] = {}
"""The matters of contact that were touched since it was looked last."""


@dataclass(slots=True)
class Pace:
    """After how many acts it is looked: after each, unless a test that makes thousands says otherwise."""

    every: int = 1
    waiting: int = 0


pace = Pace()


def _test() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("/")[2].partition(" ")[0]


def watched(
    name: str, verb: Callable[..., Any], rooms: tuple[str, ...], *, fails: bool
) -> Callable[..., Any]:
    """Return a verb after which it is looked whether all is settled in these rooms; where it is not, it `fails`."""

    @wraps(verb)
    def call(*args: Any, **kwargs: Any) -> Any:
        before = dict(touched)
        calls.append(name)
        try:
            result = verb(*args, **kwargs)
        except BaseException:
            touched.clear()  # what it had touched is as it was, or is not there
            touched.update(before)
            raise
        finally:
            calls.pop()
        if not calls and not any(one in _test() for one in HAND_WRITTEN):
            actor = next(one for one in (*args, *kwargs.values()) if isinstance(one, Actor))
            latest[_test()] = max(actor.at, latest.get(_test(), actor.at))
            pace.waiting += 1
            for room in rooms:
                if room != "contact" or touched:
                    tallies[room].acts[name] += 1
            if pace.waiting >= pace.every:
                look(name, rooms, fails=fails)
        return result

    return call


def look(name: str, rooms: tuple[str, ...], *, fails: bool) -> None:
    """Look whether all is settled that was touched since it was looked last, `name` being what was done last."""
    said = [f"{_test()}: {name}: {one}" for room in rooms for one in _differing(room, latest[_test()])]
    differences.extend(said)
    touched.clear()
    pace.waiting = 0
    if said and fails:
        raise AssertionError("\n".join(said))


def _differing(room: str, at: datetime) -> Iterator[str]:
    if room == "contact":
        found: Iterator[str] = _looking(room).differing(tuple(touched), at, tallies[room])
        return found
    return whole.differing(room, at, tallies[room])


def _looking(room: str) -> ModuleType:
    return importlib.import_module(f"tests.settled.{room}")


def noting(doing: Callable[..., Any]) -> Callable[..., Any]:
    """Return what does the same, and notes what matter of contact it is about."""

    @wraps(doing)
    def call(*args: Any, **kwargs: Any) -> Any:
        if kwargs["about"].startswith("contact."):
            touched[kwargs["about"]] = None
        return doing(*args, **kwargs)

    return call


@cache
def watching(
    rooms: tuple[str, ...], *, fails: bool
) -> tuple[tuple[ModuleType, str, Callable[..., Any]], ...]:
    """Return the watched verbs of these rooms, each with where their other parts and the tests find it."""
    found = []
    for place, names in ABOUT.items():
        module = importlib.import_module(place)
        found += [(module, name, noting(getattr(module, name))) for name in names]
    for room in rooms:
        for place in _looking(room).CALLED_FROM:
            module = importlib.import_module(place)
            found += [
                (module, name, watched(name, verb, rooms, fails=fails))
                for name, verb in vars(module).items()
                if _is_verb(room, name, verb)
            ]
    return tuple(found)


def _is_verb(room: str, name: str, verb: object) -> bool:
    of_room = (
        re.match(rf"mamori\.rooms\.{room}\.(\w+\.)?actions\b", getattr(verb, "__module__", "")) is not None
    )
    is_verb = of_room and inspect.isfunction(verb) and not name.startswith("_") and name != "receive"
    return is_verb and "actor" in inspect.signature(verb).parameters  # type: ignore[arg-type]


@pytest.fixture
def settled_contact(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Fail the test at the first act after which something else stands about a matter of contact than should.

    What it gives counts the acts of the whole run.  With the mark `looks_every(n)` it is looked after so many acts at once.
    """
    seldom = request.node.get_closest_marker("looks_every")
    touched.clear()
    pace.every, pace.waiting = seldom.args[0] if seldom else 1, 0
    with pytest.MonkeyPatch.context() as patched:
        if not MODE:
            for module, name, verb in watching(("contact",), fails=True):
                patched.setattr(module, name, verb)
        yield tallies["contact"]
        if seldom and touched and not MODE:
            look("the end", ("contact",), fails=True)
    pace.every = 1


@pytest.hookimpl(
    trylast=True
)  # within what counts statements: what is looked at here is no statement of a verb
def pytest_sessionstart() -> None:
    """Watch every verb of the whole run."""
    if MODE:
        for module, name, verb in watching(ROOMS, fails=MODE == "check"):
            setattr(module, name, verb)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many acts were compared, and what differed."""
    if MODE:
        for room, tally in tallies.items():
            for line in (room, *tally.table()):
                terminalreporter.write_line(line)
        for line in differences[:40]:
            terminalreporter.write_line(line)

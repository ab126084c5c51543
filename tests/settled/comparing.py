"""A plugin of pytest that compares, after every verb of enforcement, what should stand with what stands, due moments included.

`MAMORI_SETTLED=check` fails the test in which they differ; `tell` counts and says the differences at the end of the run.
"""

from __future__ import annotations

import importlib
import inspect
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any

import pytest

from mamori.grammar.hand import Hand
from mamori.ground.clocks.newest import Newest, newest
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.settlement import span
from mamori.ground.matters.standing import Stands, runs

ROOM = "mamori.rooms.enforcement"
CALLED_FROM = ("actions", "actions.policy", "actions.policy_drafting", "hearing_contact")
MODE = os.environ.get("MAMORI_SETTLED", "")

HAND_WRITTEN = (
    "test_promptness_counts_the_hearing_and_says_its_share",
    "test_policy_of_the_breach.py",
    "test_the_last_decisions_are_tried_and_too_few_are_called_so",
)
"""Tests that write rows as no verb would: they are about what is read of them."""

compared: Counter[str] = Counter()
differences: list[str] = []
latest: dict[str, datetime] = {}
"""The latest moment of an act in each test: a walk acts now and then as of an earlier one, but looks at all matters."""
calls: list[str] = []
"""The verbs that are being done, the outermost first: only when it is done all has to be settled."""


def should() -> dict[str, tuple[Stands, ...]]:
    """Return what should stand about every matter of the room."""
    models = importlib.import_module(f"{ROOM}.models")
    rules = importlib.import_module(f"{ROOM}.rules.standing")
    keeping = importlib.import_module(f"{ROOM}.keeping")
    found: dict[str, Iterable[Stands]] = {}
    for finding in models.Finding.objects.prefetch_related("measures"):
        found |= keeping.should(finding, finding.measures.all())
    for appeal in models.Appeal.objects.all():
        found[f"enforcement.appeal:{appeal.pk}"] = rules.of_appeal(appeal)
    for row in models.Policy.objects.all():
        found[f"enforcement.policy:{row.number}"] = rules.of_policy(row)
    return {about: tuple(stands) for about, stands in found.items()}


def differing(at: datetime) -> Iterator[str]:
    """Say where something else stands than should, or lasts otherwise."""
    wanted = should()
    stood: dict[str, list[Newest]] = {}
    for clock in newest(wanted):
        stood.setdefault(clock.about, []).append(clock)
    for about, stands in wanted.items():
        clocks = stood.get(about, [])
        if found := changes(stands, clocks, at=at):
            yield f"{about}: {_said(found)}"
        for one in runs(stands):
            for clock in clocks:
                if clock.done_at is None and (clock.kind, clock.started_at) == (one.code, one.since):
                    compared["clocks"] += 1
                    if clock.duration != str(span(one)):
                        yield f"{about}: {clock.kind} lasts {clock.duration} and not {span(one)}"


def _said(found: Changes[Newest]) -> str:
    parts = {
        "start": [one.code for one in found.start],
        "stop": [one.kind for one in found.stop],
        "hold": [one.kind for one, _ in found.hold],
        "release": [one.kind for one in found.release],
        "reopen": [one.kind for one in found.reopen],
    }
    return ", ".join(f"{what} {' '.join(kinds)}" for what, kinds in parts.items() if kinds)


def _test() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("/")[2].partition(" ")[0]


def watched(name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb after which it is looked whether all is settled."""

    @wraps(verb)
    def call(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        try:
            result = verb(*args, **kwargs)
        finally:
            calls.pop()
        if not calls and not any(one in _test() for one in HAND_WRITTEN):
            hand = next(one for one in (*args, *kwargs.values()) if isinstance(one, Hand))
            compared[name] += 1
            at = latest[_test()] = max(hand.at, latest.get(_test(), hand.at))
            said = [f"{_test()}: {name}: {one}" for one in differing(at)]
            differences.extend(said)
            assert not said or MODE == "tell", said
        return result

    return call


@pytest.hookimpl(
    trylast=True
)  # within what counts statements: what is looked at here is no statement of a verb
def pytest_sessionstart() -> None:
    """Put the watched verbs where the room's other parts and the tests find them."""
    if not MODE:
        return
    for place in CALLED_FROM:
        module = importlib.import_module(f"{ROOM}.{place}")
        for name, verb in list(vars(module).items()):
            of_room = getattr(verb, "__module__", "").startswith(f"{ROOM}.actions")
            is_verb = of_room and inspect.isfunction(verb) and not name.startswith("_") and name != "receive"
            if is_verb and "hand" in inspect.signature(verb).parameters:
                setattr(module, name, watched(name, verb))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many acts were compared, and what differed."""
    if MODE:
        clocks, acts = compared["clocks"], sum(compared.values()) - compared["clocks"]
        terminalreporter.write_line(
            f"settled: {acts} acts of {len(compared) - 1} verbs, {clocks} clocks compared, {len(differences)} differences"
        )
        for line in differences[:40]:
            terminalreporter.write_line(line)

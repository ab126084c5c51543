"""A plugin of pytest: after every verb of a room that is settled it compares what should stand with what stands, and until when.

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
from itertools import batched
from typing import Any

import pytest

from mamori.grammar.hand import Hand
from mamori.ground.clocks.newest import Newest, newest
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.settlement import span
from mamori.ground.matters.standing import Stands, runs

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


def of_enforcement() -> dict[str, Iterable[Stands]]:
    """Return what should stand about findings, measures, appeals and versions of the policy."""
    models, rules, keeping = _parts("enforcement", "models", "rules.standing", "keeping")
    found: dict[str, Iterable[Stands]] = {}
    for finding in models.Finding.objects.prefetch_related("measures"):
        found |= keeping.should(finding, finding.measures.all())
    for appeal in models.Appeal.objects.all():
        found[f"enforcement.appeal:{appeal.pk}"] = rules.of_appeal(appeal)
    for row in models.Policy.objects.all():
        found[f"enforcement.policy:{row.number}"] = rules.of_policy(row)
    return found


def of_payouts() -> dict[str, Iterable[Stands]]:
    """Return what should stand about payouts and accounts."""
    models, rules, keeping = _parts("payouts", "models", "rules.standing", "keeping")
    found = {keeping.about(row): rules.of_payout(row) for row in models.Payout.objects.all()}
    return found | {keeping.about(row): rules.of_account(row) for row in models.Account.objects.all()}


ROOMS: dict[str, tuple[tuple[str, ...], Callable[[], dict[str, Iterable[Stands]]]]] = {
    "enforcement": (
        ("actions", "actions.policy", "actions.policy_drafting", "hearing_contact"),
        of_enforcement,
    ),
    "payouts": (("actions",), of_payouts),
}
"""The rooms that are settled: from where their verbs are called, and what should stand."""


def _parts(room: str, *names: str) -> list[Any]:
    return [importlib.import_module(f"mamori.rooms.{room}.{name}") for name in names]


def differing(room: str, at: datetime) -> Iterator[str]:
    """Say where something else stands about a room's matters than should, or lasts otherwise."""
    wanted = {about: tuple(stands) for about, stands in ROOMS[room][1]().items()}
    stood: dict[str, list[Newest]] = {}
    for some in batched(wanted, 500):
        for clock in newest(some):
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


def watched(room: str, name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb of a room after which it is looked whether all is settled there."""

    @wraps(verb)
    def call(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        try:
            result = verb(*args, **kwargs)
        finally:
            calls.pop()
        if not calls and not any(one in _test() for one in HAND_WRITTEN):
            hand = next(one for one in (*args, *kwargs.values()) if isinstance(one, Hand))
            compared[f"{room}.{name}"] += 1
            at = latest[_test()] = max(hand.at, latest.get(_test(), hand.at))
            said = [f"{_test()}: {name}: {one}" for one in differing(room, at)]
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
    for room, (places, _) in ROOMS.items():
        for module in _parts(room, *places):
            for name, verb in list(vars(module).items()):
                of_room = getattr(verb, "__module__", "").startswith(f"mamori.rooms.{room}.actions")
                is_verb = of_room and inspect.isfunction(verb) and not name.startswith("_")
                if is_verb and name != "receive" and "hand" in inspect.signature(verb).parameters:
                    setattr(module, name, watched(room, name, verb))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many acts were compared, and what differed."""
    if MODE:
        clocks, acts = compared["clocks"], sum(compared.values()) - compared["clocks"]
        terminalreporter.write_line(
            f"settled: {acts} acts of {len(compared) - 1} verbs, {clocks} clocks compared, {len(differences)} differences"
        )
        for line in differences[:40]:
            terminalreporter.write_line(line)

"""Every address, with every role, by every method: nobody enters where the table does not let them (A10)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from mamori.grammar.hand import Role
from mamori.site.routes import Route, routes
from tests.permissions.asking import PAGES, SHUT, Outcome, ask, filled, outcome, texts
from tests.permissions.table import SIGNING_IN, TABLE, Line
from tests.permissions.world import NOT_SHARED, SECRETS, Persona, World, build, personas

LEAST = 5_000
"""So many knocks there must be: a table that had shrunk would prove little."""
OPENED = 120
"""So many addresses must show something to somebody.  Tried on PostgreSQL too: what pages read, they read there."""


def declared() -> dict[str, Route]:
    """Return what the code declares, by the table's way of naming an address."""
    return {
        f"{method} {route.path}".strip(): route for route in routes() for method in (route.methods or ("",))
    }


def test_the_table_names_every_address_and_no_other() -> None:
    assert sorted({line.path for line in TABLE}) == sorted(declared())


def test_the_code_declares_what_the_table_says() -> None:
    found = {name: route.access for name, route in declared().items()}

    differing = {
        line.path: found[line.path]
        for line in TABLE
        if found[line.path] is None
        or found[line.path].roles != line.roles
        or found[line.path].scope != line.scope
        or found[line.path].step_up != line.step_up
        or found[line.path].enrolling != line.enrols
    }

    assert differing == {}


@pytest.fixture
def world(db: None, enter: Callable[..., Client]) -> World:
    return build()


@pytest.mark.served
def test_nobody_enters_where_the_table_does_not_let_them(world: World, enter: Callable[..., Client]) -> None:
    knocks: Counter[Outcome] = Counter()
    wrong: list[str] = []

    for persona in personas(world, enter):
        for line in TABLE:
            for method in _methods(line):
                path = filled(line.path.rpartition(" ")[2], world, line.values | _number(line, world))
                answer = ask(persona, method, path, world, line.body)
                found = outcome(answer, path)
                knocks[found] += 1
                if found not in expected(line, persona, method) or leaks(line, persona, texts(answer)):
                    wrong.append(f"{persona.name}: {method} {path} → {answer.status_code} {found}")

    print(dict(knocks))
    assert not wrong, "\n".join(wrong)
    assert knocks.total() >= LEAST


def test_what_may_be_read_opens_for_whom_it_is_meant(world: World, enter: Callable[..., Client]) -> None:
    opened, wrong = 0, []
    everybody = list(personas(world, enter))

    for line in TABLE:
        meant = next((one for one in everybody if _is_meant(line, one)), None)
        if meant is None or "GET" not in _methods(line):
            continue
        path = filled(line.path.rpartition(" ")[2], world, line.values | _number(line, world))
        answer = ask(meant, "GET", path, world, line.body)
        opened += answer.status_code == 200
        if outcome(answer, path) not in expected(line, meant, "GET"):
            wrong.append(f"{meant.name}: GET {path} → {answer.status_code}")

    assert not wrong, "\n".join(wrong)
    assert opened >= OPENED


def _is_meant(line: Line, persona: Persona) -> bool:
    concerned = not line.own or (persona.owns and persona.role in line.owners)
    return persona.role in line.roles and concerned and (persona.fresh or not line.step_up)


def _number(line: Line, world: World) -> dict[str, str]:
    """Return which matter's number stands in the address, where it is not the trouble's."""
    if "/measures/<" in line.path or "/enforcement/" in line.path:
        return {"number": world.finding_case, "measure": str(world.measure)}
    if "/payouts/" in line.path:
        return {"number": world.payout_case}
    if "/appeals/<" in line.path or "/appeal/<slug" in line.path:
        return {"number": world.appeal_case}
    if "recoveries" in line.path or "/appeals/against/" in line.path:
        return {"number": world.recovery_case}
    return {"number": world.formal_case} if "/notices/<" in line.path or "/formal/" in line.path else {}


def _methods(line: Line) -> tuple[str, ...]:
    """Return the methods to knock with: an endpoint's own, and for a page all of them."""
    return (line.path.partition(" ")[0],) if " " in line.path else PAGES


def expected(line: Line, persona: Persona, method: str) -> frozenset[Outcome]:
    """Return what may come of a knock."""
    concerned = not line.own or (persona.owns and persona.role in line.owners)
    stale = line.step_up and not persona.fresh
    if not (line.enrols and persona.enrols) and (persona.role not in line.roles or not concerned or stale):
        return SHUT | {Outcome.NO_METHOD}
    if line.opens and method == "GET":
        return frozenset({Outcome.ENTERED})
    may = {Outcome.ENTERED, Outcome.HIDDEN, Outcome.NO_METHOD}
    if line in SIGNING_IN:
        may.add(Outcome.SENT_AWAY)  # a later step of signing in leads back to the first
    return frozenset(may)


def leaks(line: Line, persona: Persona, seen: object) -> list[str]:
    """Name what this persona must never see and was shown: contact details of anybody, words of others' threads."""
    parties = {Role.BUYER, Role.HELPER, Role.SELLER, Role.DELEGATE}
    text = "\n".join(seen)  # type: ignore[arg-type]
    hers = {NOT_SHARED} if persona.owns and persona.role in parties else set()
    return [
        name for name, secret in SECRETS.items() if name not in hers | line.shows and is_told(secret, text)
    ]


def is_told(secret: str, text: str) -> bool:
    """Say whether a secret stands in a text; digits within a longer number, as a figure's decimals, tell nothing."""
    bounded = rf"(?<![\d.]){secret}(?!\d)" if secret.isdigit() else re.escape(secret)
    return re.search(bounded, text) is not None


def test_a_number_is_told_as_itself_and_not_as_decimals_of_a_figure() -> None:
    number = SECRETS["the account number"]

    assert is_told(number, f'"number": "{number}"')
    assert is_told(number, f"普通 {number} スズキ")
    assert not is_told(number, f"mamori_request_seconds_sum 0.0{number}51")

"""Every address, with every role: nobody enters where the table does not let them, by whichever method (A10)."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
import typst
from django.db import connection
from django.http import HttpResponse
from django.template import Template
from django.test import Client

from mamori.grammar.actor import Role
from mamori.ground.web import problems
from mamori.site import metrics
from mamori.site.routes import Route, routes
from tests.permissions.api import NOWHERE
from tests.permissions.asking import SHUT, Outcome, ask, filled, outcome, texts
from tests.permissions.table import PARTS, SIGNING_IN, TABLE, Line
from tests.permissions.world import NOT_SHARED, SECRETS, Persona, World, build, personas

KNOWN = ("GET", "POST")
"""By these everybody knocks at every page; by one of the others in turn."""
OTHERS = ("HEAD", "PUT", "PATCH", "DELETE")
REFUSED = frozenset({"PUT", "PATCH", "DELETE"})
KNOCKING, LEAST, EACH = 25, 27_000, 6
"""So many must knock, so often, and at each page so many by each other method: a table that had shrunk would prove little."""
OPENED, PAPERS = 240, 3
"""So many addresses must show something to somebody, on PostgreSQL too, and so many kinds of papers."""
FORMER = {"a counsellor no more"}
"""Whom the guard takes for who they were, and the room, which knows better, refuses."""


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


def test_no_page_takes_put_patch_or_delete() -> None:
    pages = [route for route in routes() if not route.methods]

    assert [page.path for page in pages if not page.takes] == [NOWHERE]
    assert [page.path for page in pages if REFUSED.intersection(page.takes)] == []


@pytest.fixture
def world(db: None, enter: Callable[..., Client]) -> World:
    return build()


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> set[bytes]:
    """Answer instead of a PDF the text that it is made of, so that what it tells is seen; the first of each kind is set.

    Returns the kinds, each by its template.
    """
    kinds: set[bytes] = set()
    setting = typst.compile

    def told(source: bytes, *, sys_inputs: dict[str, str], **how: Any) -> bytes:
        if source not in kinds:
            assert setting(source, sys_inputs=sys_inputs, **how).startswith(b"%PDF")
            kinds.add(source)
        return "\n".join(sys_inputs.values()).encode()

    monkeypatch.setattr(typst, "compile", told)
    return kinds


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[object, ...], bytes]:
    """Draw the page of a refusal once for each door and sentence: nothing else of it depends on the address.

    Returns what was drawn, to be forgotten before somebody else knocks.
    """
    drawn: dict[tuple[object, ...], bytes] = {}
    draw = problems.render

    def once(request: Any, template: str, told: dict[str, Any], *, status: int) -> HttpResponse:
        door, refusal = request.path.split("/")[1], told["refusal"]
        key = (door, status, refusal.code, refusal.sentence)
        if key not in drawn:
            drawn[key] = draw(request, template, told, status=status).content
        return HttpResponse(drawn[key], status=status)

    monkeypatch.setattr(problems, "render", once)
    return drawn


@pytest.fixture
def quietly(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Note neither requests nor the contexts of templates: nobody asks here, and knocks are many."""
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))


@pytest.mark.served
@pytest.mark.usefixtures("quietly")
def test_nobody_enters_where_the_table_does_not_let_them(
    world: World, enter: Callable[..., Client], papers: set[bytes], refusals: dict[tuple[object, ...], bytes]
) -> None:
    opened: set[str] = set()
    heard: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    everybody = personas(world, enter)
    lines = (*TABLE, *PARTS)
    places = [_place(line, world) for line in lines]

    for nth, persona in enumerate(everybody):
        refusals.clear()
        metrics.REQUESTS.clear()  # its page grows by every address that was knocked at
        metrics.SECONDS.clear()
        for turn, (line, path) in enumerate(zip(lines, places, strict=True), start=nth):
            for method in _methods(line, turn):
                answer = ask(persona, method, path, world, line.body)
                found = outcome(answer, path)
                heard[path, method] += 1
                if method == "GET" and answer.status_code == HTTPStatus.OK:
                    opened.add(line.path)
                if found not in expected(line, persona, method) or leaks(line, persona, texts(answer)):
                    wrong.append(f"{persona.name}: {method} {path} → {answer.status_code} {found}")

    assert not wrong, "\n".join(wrong)
    assert len(everybody) >= KNOCKING
    assert heard.total() >= LEAST
    pages = [path for line, path in zip(lines, places, strict=True) if _is_page(line) and not line.is_part]
    assert {heard[page, method] for page in pages for method in ("GET", "POST")} == {len(everybody)}
    assert min(heard[page, method] for page in pages for method in ("HEAD", *REFUSED)) >= EACH
    assert len(opened) >= OPENED
    assert len(papers) >= PAPERS


@pytest.mark.skipif(connection.vendor != "postgresql", reason="here all of the table is tried")
def test_what_may_be_read_opens_for_whom_it_is_meant(
    world: World, enter: Callable[..., Client], papers: set[bytes]
) -> None:
    opened, wrong = 0, []
    everybody = list(personas(world, enter))

    for line in (*TABLE, *PARTS):
        meant = next((one for one in everybody if _is_meant(line, one)), None)
        if meant is None or "GET" not in _methods(line):
            continue
        path = _place(line, world)
        answer = ask(meant, "GET", path, world, line.body)
        opened += answer.status_code == HTTPStatus.OK
        if outcome(answer, path) not in expected(line, meant, "GET"):
            wrong.append(f"{meant.name}: GET {path} → {answer.status_code}")

    assert not wrong, "\n".join(wrong)
    assert opened >= OPENED
    assert papers


def _is_meant(line: Line, persona: Persona) -> bool:
    concerned = not line.own or (persona.owns and persona.role in line.owners)
    return persona.role in line.roles and concerned and (persona.fresh or not line.step_up)


def _place(line: Line, world: World) -> str:
    """Return the address, with the world's numbers in its places."""
    path = filled(line.path.rpartition(" ")[2], world, line.values | _number(line, world))
    return f"{path}?{line.asked}" if line.asked else path


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


def _methods(line: Line, turn: int = 0) -> tuple[str, ...]:
    """Return the methods to knock with: an endpoint's own, and for a page those it knows and, in turn, one other."""
    if line.is_part:
        return KNOWN
    return (*KNOWN, OTHERS[turn % len(OTHERS)]) if _is_page(line) else (line.path.partition(" ")[0],)


def _is_page(line: Line) -> bool:
    return " " not in line.path


def expected(line: Line, persona: Persona, method: str) -> frozenset[Outcome]:
    """Return what may come of a knock; by which methods a page is asked, only those learn who may enter."""
    stale = line.step_up and not persona.fresh
    if not (line.enrols and persona.enrols) and (persona.role not in line.roles or stale):
        return SHUT | {Outcome.NO_METHOD} if persona.name in FORMER else SHUT
    if _is_page(line) and method in REFUSED and line.path != NOWHERE:
        return frozenset({Outcome.NO_METHOD})
    if line.own and not (persona.owns and persona.role in line.owners):
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

"""The handbook says what runs: all that is declared stands in it, and whoever changes a declaration changes its page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from mamori.grammar.actor import INSIDE, Role
from mamori.grammar.businesstime import CalendarDays, span_text
from mamori.grammar.declaration import Template
from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures, lifecycles, procedures
from mamori.ground.matters.decision import Decision
from mamori.law.clauses import CLAUSES
from mamori.law.deadlines import DEADLINES
from mamori.law.grounds import GROUNDS
from mamori.law.settings import SETTINGS
from mamori.rooms.disclosure.handbook import rules as handbook
from mamori.rooms.disclosure.handbook.rules import LINES, digest, lines, moved, parts
from tools.reference.house import load

SPANS = {one.code: span_text(one.duration) for one in DEADLINES}
VALUES = {one.code: Text(str(one.default) or "-", str(one.default) or "-") for one in SETTINGS}
OTHER = Text("別の言葉", "other words")


def said(one: Procedure) -> tuple[Text, ...]:
    return lines(one, parts(one, SPANS, VALUES), None)


def ours(kind: type[Any]) -> Iterator[Any]:
    """Yield every value of a kind that a module of the house holds, by itself, in a tuple or in a table."""
    for name, module in list(sys.modules.items()):
        if name.startswith("mamori.") and ".tests" not in name:
            for value in list(vars(module).values()):
                some = value.values() if isinstance(value, dict) else value
                each = list(some) if isinstance(value, tuple | dict) else [value]
                yield from (one for one in each if isinstance(one, kind))


def missing(every: Iterable[Procedure]) -> list[str]:
    """Name each declaration by which something runs and that no procedure tells of."""
    told = list(every)
    owed: dict[str, tuple[Iterable[Any], Callable[[Procedure], Iterable[Any]]]] = {
        "lifecycle": (lifecycles().values(), lambda one: one.lifecycles),
        "deadline": (DEADLINES, lambda one: one.deadlines),
        "clause": (CLAUSES, lambda one: one.clauses),
        "ground": (GROUNDS, lambda one: one.grounds),
        "setting": (SETTINGS, lambda one: one.settings),
        "notice": (ours(Template), lambda one: one.notices),
        "decision": (ours(Decision), lambda one: one.decisions),
    }
    found = []
    for kind, (declared, of) in owed.items():
        known = {id(value) for one in told for value in of(one)}
        found += [f"{kind} {_name(value)}" for value in declared if id(value) not in known]
    return sorted(set(found))


def _name(value: Any) -> str:
    return str(getattr(value, "code", "") or getattr(value, "name", "") or value.title.en)


def with_(one: Procedure, field: str, values: tuple[Any, ...]) -> Procedure:
    changed: dict[str, Any] = {field: values}
    return replace(one, **changed)


def test_all_that_is_declared_stands_in_the_handbook() -> None:
    load()

    assert missing(procedures()) == []


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("lifecycles", "lifecycle"),
        ("deadlines", "deadline"),
        ("clauses", "clause"),
        ("grounds", "ground"),
        ("settings", "setting"),
        ("notices", "notice"),
        ("decisions", "decision"),
    ],
)
def test_what_no_procedure_tells_of_is_found(field: str, kind: str) -> None:
    left_out = getattr(a(field), field)[0]
    every = [
        with_(one, field, tuple(value for value in getattr(one, field) if value is not left_out))
        for one in procedures()
    ]

    assert missing(every) == [f"{kind} {_name(left_out)}"]


def a(field: str) -> Procedure:
    """Return the first procedure that has something of the kind."""
    return next(one for one in procedures() if getattr(one, field))


def with_first(field: str, change: Callable[[Any], Any]) -> tuple[Procedure, Procedure]:
    one = a(field)
    first, *rest = getattr(one, field)
    return one, with_(one, field, (change(first), *rest))


def a_step_more(chart: Statechart[Any]) -> Statechart[Any]:
    first, last = next(iter(chart.states)), list(chart.states)[-1]
    more = Step(name="more", text=OTHER, moves={first: last}, roles=frozenset({Role.LEAD}))
    return replace(chart, steps=(*chart.steps, more))


def for_others(chart: Statechart[Any]) -> Statechart[Any]:
    first, *rest = chart.steps
    return replace(chart, steps=(replace(first, roles=frozenset({Role.OFFICER})), *rest))


def a_state_renamed(chart: Statechart[Any]) -> Statechart[Any]:
    first = next(iter(chart.states))
    return replace(chart, states=dict(chart.states) | {first: OTHER})


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("lifecycles", a_step_more),
        ("lifecycles", for_others),
        ("lifecycles", a_state_renamed),
        ("decisions", lambda one: replace(one, title=OTHER)),
        ("decisions", lambda one: replace(one, lead=OTHER)),
        (
            "decisions",
            lambda one: replace(one, roles=INSIDE - frozenset(one.roles) or frozenset({Role.LEAD})),
        ),
        ("decisions", lambda one: replace(one, step_up=not one.step_up)),
        ("deadlines", lambda one: replace(one, title=OTHER)),
        ("notices", lambda one: replace(one, body=OTHER)),
        ("notices", lambda one: replace(one, on_paper=not one.on_paper)),
        ("tables", lambda one: replace(one, rows=one.rows[1:])),
        ("grounds", lambda one: replace(one, text=OTHER)),
        ("clauses", lambda one: replace(one, text=OTHER)),
        ("clauses", lambda one: replace(one, version=one.version + 1)),
        ("settings", lambda one: replace(one, title=OTHER)),
        ("examples", lambda one: OTHER),
    ],
)
def test_whoever_changes_a_declaration_changes_the_page(field: str, change: Callable[[Any], Any]) -> None:
    before, after = with_first(field, change)

    assert said(before) != said(after)
    assert digest(said(before)) != digest(said(after))


def test_another_beginning_changes_the_page() -> None:
    chart = a("lifecycles").lifecycles[0]
    other = replace(chart, steps=(*chart.steps, *_ways_from(chart)), initial=list(chart.states)[1])

    assert said(replace(a("lifecycles"), lifecycles=(other,))) != said(
        replace(a("lifecycles"), lifecycles=(replace(other, initial=chart.initial),))
    )


def _ways_from(chart: Statechart[Any]) -> Iterator[Step[Any]]:
    """Yield a step from the second state to each, so that each is reached from it."""
    second = list(chart.states)[1]
    for place, state in enumerate(chart.states):
        yield Step(name=f"way{place}", text=OTHER, moves={second: state}, roles=frozenset({Role.LEAD}))


def test_a_time_or_a_value_that_the_operator_sets_changes_the_page() -> None:
    timed, chosen = a("deadlines"), a("settings")
    spans = SPANS | {timed.deadlines[0].code: span_text(CalendarDays(99))}
    values = VALUES | {chosen.settings[0].code: OTHER}

    assert lines(timed, parts(timed, spans, VALUES), None) != said(timed)
    assert lines(chosen, parts(chosen, SPANS, values), None) != said(chosen)


def test_what_the_law_or_practice_asks_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    one = a("serves")
    before = said(one)
    line = LINES[one.serves[0]]
    monkeypatch.setattr(handbook, "LINES", dict(LINES) | {line.code: replace(line, text=OTHER)})

    assert said(one) != before


def test_the_operators_words_are_a_line_of_their_own() -> None:
    one = a("examples")

    change = moved(said(one), lines(one, parts(one, SPANS, VALUES), OTHER))

    assert change.gone == ()
    assert [line.ja for line in change.new] == ["運営者の書き足し：別の言葉"]


def test_two_procedures_of_one_code_and_a_table_that_does_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="two procedures"):
        declare_procedures(replace(procedures()[0], title=OTHER))
    with pytest.raises(ValueError, match="do not fit"):
        ProcedureTable(title=OTHER, heads=(OTHER,), rows=((OTHER, OTHER),))
    with pytest.raises(ValueError, match="do not fit"):
        ProcedureTable(title=OTHER, heads=(OTHER,), rows=())

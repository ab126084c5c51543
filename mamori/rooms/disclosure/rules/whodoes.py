"""Who does what, and in which order, from when something arrives until it ends: what a new colleague reads first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mamori.grammar.hand import Role
from mamori.grammar.procedure import Procedure
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text
from mamori.rooms.disclosure.rules.handbook import roles_text

ALONG = Text(
    "途中で（どの状態でできるかは、状態の表のとおり）",
    "Along the way (from which states, the table of states says)",
)
"""What is on from several states and moves nothing on, or would end it from any of them, stands once, under this."""
MANY = 3
"""From so many open states an end would be said too often; of two it is what is decided there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoDoes:
    """Some roles, and what they do, in the order in which it is declared."""

    who: Text
    does: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStage:
    """What may be done in one state, by whom; `when` is None where it does not depend on a state."""

    when: Text | None
    by: tuple[WhoDoes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureCourse:
    """How one kind of thing goes its way, stage by stage; `title` is None where a procedure has no lifecycle."""

    title: Text | None
    stages: tuple[CourseStage, ...]


def courses(one: Procedure) -> tuple[ProcedureCourse, ...]:
    """Return who does what in a procedure: by its lifecycles or, where it has none, by its decisions."""
    if one.lifecycles:
        return tuple(_course(chart) for chart in one.lifecycles)
    if one.decisions:
        by = _by_role((frozenset(each.roles), each.title) for each in one.decisions)
        return (ProcedureCourse(title=None, stages=(CourseStage(when=None, by=by),)),)
    return ()


def _course(chart: Statechart[Any]) -> ProcedureCourse:
    along = [step for step in chart.steps if _is_along(chart, step)]
    stages = [
        CourseStage(
            when=chart.states[state],
            by=_by_role(
                (step.roles, _does(chart, step, state))
                for step in chart.steps
                if state in step.moves and step not in along
            ),
        )
        for state in chart.states
    ]
    by = _by_role((step.roles, _does(chart, step, next(iter(step.moves)))) for step in along)
    stages.append(CourseStage(when=ALONG, by=by))
    return ProcedureCourse(title=chart.title, stages=tuple(stage for stage in stages if stage.by))


def _is_along(chart: Statechart[Any], step: Step[Any]) -> bool:
    """Say whether a step is on from several open states and moves none, or from each of many and ends it in one way."""
    if step.afterwards or len(step.moves) < 2:
        return False
    if all(start is end for start, end in step.moves.items()):
        return True
    leads_to = set(step.moves.values())
    is_everywhere = len(step.moves) >= MANY and set(step.moves) == chart.open_states
    return is_everywhere and len(leads_to) == 1 and leads_to <= chart.ends


def _does(chart: Statechart[Any], step: Step[Any], state: Any) -> Text:
    if step.moves[state] is state:
        return step.text
    return Text("{step} → {to}", "{step} → {to}").fill(step=step.text, to=chart.states[step.moves[state]])


def _by_role(some: Iterable[tuple[frozenset[Role], Text]]) -> tuple[WhoDoes, ...]:
    """Gather what the same roles do, people before the machine."""
    found: dict[frozenset[Role], list[Text]] = {}
    for roles, text in some:
        found.setdefault(roles, []).append(text)
    return tuple(
        WhoDoes(who=roles_text(roles), does=tuple(texts))
        for roles, texts in sorted(found.items(), key=lambda pair: pair[0] == {Role.MACHINE})
    )

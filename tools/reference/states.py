"""The pages of lifecycles and of who may take which step."""

from __future__ import annotations

from typing import Any

from mamori.grammar.actor import Role
from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Text
from mamori.ground.declared.fields import lifecycles
from tools.reference.house import home_of
from tools.reference.markdown import cell, code, page, place, table


def states() -> str:
    """Render every lifecycle: its drawing, its states, its steps."""
    return page(
        Text("状態と手順", "States and steps"),
        Text(
            "各表の状態は、ここに描いた手順でだけ変わります。",
            "What is kept in each table changes by these steps only.",
        ),
        *(_chart(chart) for chart in lifecycles().values()),
    )


def _chart(chart: Statechart[Any]) -> str:
    state_rows = [
        (code(state), text, state is chart.initial, state in chart.ends)
        for state, text in chart.states.items()
    ]
    step_rows = [
        (code(step.name), step.text, f"{code(start)} → {code(end)}", "<br>".join(_roles(step.roles)))
        for step in chart.steps
        for start, end in step.moves.items()
    ]
    return "\n\n".join(
        [
            f"## {chart.name}：{chart.title.ja} / {chart.title.en}",
            f"宣言 / declared in {place(home_of(chart))}",
            f"```mermaid\n{chart.mermaid()}\n```",
            table(["状態 / state", "ことば / words", "最初 / first", "終わり / end"], state_rows),
            table(["手順 / step", "ことば / words", "移り変わり / change", "できる人 / who may"], step_rows),
        ]
    )


def _roles(roles: frozenset[Role]) -> list[str]:
    return [f"{role.text.ja} / {role.text.en}" for role in Role if role in roles]


def permissions() -> str:
    """Render roles × steps in one table."""
    rows = [
        (code(f"{chart.name}.{step.name}"), step.text, *("✓" if role in step.roles else " " for role in Role))
        for chart in lifecycles().values()
        for step in chart.steps
    ]
    head = ["手順 / step", "ことば / words", *(cell(role.text) for role in Role)]
    return page(
        Text("だれが何をできるか", "Who may do what"),
        Text("✓ のない欄は断られます。", "A field without ✓ is refused."),
        table(head, rows),
    )

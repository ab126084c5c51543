"""Declarations gathered: lifecycles with their states as columns, constraints and indexes, and procedures for the handbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

from mamori.grammar.procedure import Procedure
from mamori.grammar.statechart import Statechart

_CHARTS: dict[str, Statechart[Any]] = {}


def register_lifecycle(chart: Statechart[Any]) -> None:
    """Enter a chart under its name; a table's state field does this by itself."""
    if _CHARTS.setdefault(chart.name, chart) is not chart:
        raise ValueError(f"two lifecycles are called {chart.name}")


def lifecycles() -> dict[str, Statechart[Any]]:
    """Return every registered chart by name."""
    return dict(sorted(_CHARTS.items()))


_PROCEDURES: dict[str, Procedure] = {}


def declare_procedures(*some: Procedure) -> None:
    """Enter a room's procedures."""
    for one in some:
        if _PROCEDURES.setdefault(one.code, one) is not one:
            raise ValueError(f"two procedures are called {one.code}")


def procedures() -> tuple[Procedure, ...]:
    """Return every procedure, in the order in which the rooms stand in the house, each room's own order kept."""
    _read()
    return tuple(_PROCEDURES.values())


@cache
def _read() -> None:
    """Let each room declare its own, when first asked: they name decisions, which not every command needs to know."""
    autodiscover_modules("procedures")


if TYPE_CHECKING:
    Column = models.CharField[str, str]
else:
    Column = models.CharField  # takes no type parameters at run time


class StateField(Column):
    """A CharField whose choices and default come from a chart; a migration sees a plain CharField."""

    def __init__(self, chart: Statechart[Any] | None = None, **options: Any) -> None:
        if chart is not None:
            register_lifecycle(chart)
            options.setdefault("max_length", 32)
            options.setdefault("choices", chart.choices)
            options.setdefault("default", chart.initial.value)
        self.chart = chart
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave wording out of migrations: a corrected label is not a change of the database."""
        name, _, args, options = super().deconstruct()
        options.pop("choices", None)
        return name, "django.db.models.CharField", args, options


def state_constraints(chart: Statechart[Any], table: str) -> list[models.BaseConstraint]:
    """Return what the database holds of the chart: known states only, and `closed_at` set just at the ends."""
    ends = sorted(state.value for state in chart.ends)
    return [
        models.CheckConstraint(
            condition=Q(state__in=sorted(state.value for state in chart.states)), name=f"{table}_state_known"
        ),
        models.CheckConstraint(
            condition=Q(state__in=ends, closed_at__isnull=False)
            | (~Q(state__in=ends) & Q(closed_at__isnull=True)),
            name=f"{table}_closed_at_ends",
        ),
    ]


IS_OPEN = Q(closed_at__isnull=True)
"""The one condition that queues and their partial indexes share."""


def alike[T](kind: type[T], row: object, **more: Any) -> T:
    """Make a frozen value of a row: each of its fields that is not given is what the row calls the same."""
    names = [one.name for one in fields(kind) if one.name not in more]  # type: ignore[arg-type]  # a dataclass
    return kind(**{name: getattr(row, name) for name in names}, **more)

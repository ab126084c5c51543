"""A state as a column: the field, its constraints and its partial index, all read from the Statechart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from mamori.grammar.statechart import Statechart
from mamori.ground.declared.registry import register

if TYPE_CHECKING:
    Column = models.CharField[str, str]
else:
    Column = models.CharField  # takes no type parameters at run time


class StateField(Column):
    """A CharField whose choices and default come from a chart; a migration sees a plain CharField."""

    def __init__(self, chart: Statechart[Any] | None = None, **options: Any) -> None:
        if chart is not None:
            register(chart)
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

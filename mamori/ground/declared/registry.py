"""The registry of lifecycles: what the reference pages, the checks and the random walks go through."""

from __future__ import annotations

from typing import Any

from mamori.grammar.statechart import Statechart

_CHARTS: dict[str, Statechart[Any]] = {}


def register(chart: Statechart[Any]) -> None:
    """Enter a chart under its name; a table's state field does this by itself.

    :raises ValueError: when another chart has the name.
    """
    if _CHARTS.setdefault(chart.name, chart) is not chart:
        raise ValueError(f"two lifecycles are called {chart.name}")


def lifecycles() -> dict[str, Statechart[Any]]:
    """Return every registered chart by name."""
    return dict(sorted(_CHARTS.items()))

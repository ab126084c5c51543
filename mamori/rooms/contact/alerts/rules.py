"""Pure decisions of an alert: its clocks, how a buyer is reached, and what a notice names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs
from mamori.japan.calendar import JAPAN
from mamori.law.alerts import ALERT_LOOK, ALERT_REMINDER
from mamori.rooms.contact.alerts.lifecycle import LIVE, AlertState


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """What buyers are told: which goods, what is dangerous, what becomes of it next; in the operator's own plain words."""

    goods: Text
    what: Text
    next: Text

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Return it from how it is kept."""
        return cls(**{name: Text(**each) for name, each in row.items()})

    @property
    def row(self) -> dict[str, Any]:
        """Return how it is kept."""
        return asdict(self)


class AlertNow(Protocol):
    """What of an alert its clocks rest on."""

    state: str
    looked_at: datetime | None
    remind_since: datetime | None


def of_alert(one: AlertNow) -> Iterator[Runs]:
    """Yield the clocks that should run: the next look for later orders, and the first reminder that is due."""
    if one.state == AlertState.STANDING and one.looked_at is not None:
        yield Runs(ALERT_LOOK, since=one.looked_at)
    if one.state in LIVE and one.remind_since is not None:
        yield Runs(ALERT_REMINDER, since=one.remind_since)


def end_of_day(at: datetime) -> datetime:
    """Return the moment at which that day in Japan is over: those told on one day are told once more together."""
    day = at.astimezone(JAPAN)
    return day.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def listed(names: list[str]) -> str:
    """Return the names of goods in one line, a few of them where they are many."""
    few = "、".join(f"「{name}」" for name in names[:3])
    return few if len(names) < 4 else f"{few} ほか (+{len(names) - 3})"

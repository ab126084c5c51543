"""Which house runs on this database: one row, by the database's own clock, since two machines need not agree on the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Now

from mamori.ground.clocks.models import RunningHouse

LEASE = timedelta(seconds=60)
"""For so long after a house last said that it runs, no other may run on its database."""
THE_ROW = 1
RUNS = "clocks_runninghouse"
"""The table that says which house runs: no business of a backup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningFact:
    """Which house said last that it runs on this database, on which machine, and how long ago by the database's clock."""

    house: str
    host: str
    ago: timedelta


def running_house() -> RunningFact | None:
    """Return the house that runs on this database or did so last; None where none ever did."""
    ago = ExpressionWrapper(Now() - F("seen_at"), output_field=DurationField())
    row = RunningHouse.objects.annotate(ago=ago).first()
    return RunningFact(house=row.house, host=row.host, ago=row.ago) if row else None


def run_house(*, house: str, host: str) -> bool:
    """Note that this house runs now, by the database's clock; say whether it may: no other was heard of for a while.

    Of two who come at once, one is noted.  A row from the future is of a clock that was put back, and holds nobody up.
    """
    is_free = Q(house=house) | Q(seen_at__lt=Now() - LEASE) | Q(seen_at__gt=Now() + LEASE)
    noted = {"house": house, "host": host[:255], "seen_at": Now()}
    if RunningHouse.objects.filter(is_free, pk=THE_ROW).update(**noted):
        return True
    RunningHouse.objects.bulk_create([RunningHouse(pk=THE_ROW, **noted)], ignore_conflicts=True)
    return RunningHouse.objects.filter(pk=THE_ROW, house=house).exists()

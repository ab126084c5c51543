"""Does the algebra of business time agree with a slow walk that shares neither its code nor its holidays?"""

from __future__ import annotations

import json
import platform
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

import click

from mamori.grammar.businesstime import BusinessDays, CalendarDays, Duration, EveryHours, Hours, add
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.site.command.speak import LANG, say

TITLE = Text("営業時間の計算を、遅い歩みと突き合わせる", "business time against a slow walk")
SPAN = timedelta(days=20 * 365)  # starts fall in 2015 to 2034, so that each end stays in the calendar
PROMISE = Text("食い違いは0、仕込んだ誤りは見つかること", "0 disagreements, and the planted fault is caught")


class NoSecondTable(Refusal):
    """Given when the second source of holidays is not installed."""

    code = "no-second-table"
    status = 409
    text = Text(
        "突き合わせには jpholiday が要ります。`make test` の環境（開発用の依存）で実行してください。",
        "The comparison needs jpholiday. Please run it in the development environment that `make test` sets up.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What the comparison found."""

    starts: int
    disagreements: int
    first_disagreement: str | None
    planted_disagreements: int
    add_microseconds: float
    calendar: str
    machine: str
    at: str

    @property
    def kept(self) -> bool:
        """Say whether the promise is kept: nothing differs, and a wrong rule would have been seen."""
        return self.disagreements == 0 and self.planted_disagreements > 0


def slow_walk(start: datetime, duration: Duration, is_open: Callable[[date], bool]) -> datetime:
    """Return the end of `duration` from local `start`, found day by day as a person with a wall calendar would."""
    midnight = datetime.combine(start.date(), datetime.min.time()) + timedelta(days=1)
    if isinstance(duration, EveryHours):
        return start + timedelta(hours=duration.count)
    if isinstance(duration, Hours):
        now, left = start, timedelta(hours=duration.count)
        while True:
            today = midnight - now if is_open(now.date()) else timedelta()
            if left <= today:
                return now + left
            left -= today
            now, midnight = midnight, midnight + timedelta(days=1)
    left_days = duration.count
    while left_days:
        if isinstance(duration, CalendarDays) or is_open(midnight.date()):
            left_days -= 1
        midnight += timedelta(days=1)
    return midnight


def planted(start: datetime, duration: Hours, is_open: Callable[[date], bool]) -> datetime:
    """Return the usual wrong answer: move to the next business day, add days, keep the time of day."""
    now, days = start, duration.count // 24
    while not is_open(now.date()):
        now += timedelta(days=1)
    while days:
        now += timedelta(days=1)
        days -= is_open(now.date())
    return now


def japanese_business_days() -> Callable[[date], bool]:
    """Return whether a day is a business day by `jpholiday`, our second source.

    :raises NoSecondTable: when it is not installed.
    """
    try:
        import jpholiday
    except ImportError:
        raise NoSecondTable from None

    @cache
    def is_open(day: date) -> bool:
        return day.weekday() < 5 and not jpholiday.is_holiday(day)

    return is_open


def question(dice: random.Random) -> tuple[datetime, Duration]:
    """Return a random local start in 2015 to 2034 and a random duration; midnights and round hours come often."""
    grain = dice.choice([1, 60, 3_600, 86_400])
    start = datetime.fromisoformat("2015-01-01") + timedelta(
        seconds=dice.randrange(int(SPAN.total_seconds())) // grain * grain
    )
    kinds: list[Duration] = [
        Hours(dice.choice([24, 48, 72])),
        Hours(dice.randint(1, 400)),
        EveryHours(dice.randint(1, 400)),
        BusinessDays(dice.randint(1, 20)),
        CalendarDays(dice.randint(1, 60)),
    ]
    return start, dice.choice(kinds)


def walk(*, starts: int, at: datetime, seed: int = 20_210_510) -> Walked:
    """Compare `starts` random questions, and one in four with the planted fault.

    :raises NoSecondTable: when `jpholiday` is not installed.
    """
    is_open, calendar, dice = japanese_business_days(), japanese_calendar(), random.Random(seed)  # noqa: S311
    wrong, caught, first, spent = 0, 0, None, 0.0
    for _ in range(starts):
        start, duration = question(dice)
        begun = time.perf_counter()
        due = add(start.replace(tzinfo=JAPAN), duration, calendar).at
        spent += time.perf_counter() - begun
        truth = slow_walk(start, duration, is_open).replace(tzinfo=JAPAN)
        if due != truth:
            wrong += 1
            first = (
                first or f"{start.isoformat()} + {duration}: {due.isoformat()}, walked {truth.isoformat()}"
            )
        if isinstance(duration, Hours) and duration.count % 24 == 0:
            caught += planted(start, duration, is_open).replace(tzinfo=JAPAN) != truth
    return Walked(
        starts=starts,
        disagreements=wrong,
        first_disagreement=first,
        planted_disagreements=caught,
        add_microseconds=round(spent / max(starts, 1) * 1e6, 2),
        calendar=calendar.version,
        machine=f"{platform.machine()}, Python {platform.python_version()}",
        at=at.isoformat(timespec="seconds"),
    )


@click.command(name="clocks", help=TITLE.in_(LANG))
@click.option("--starts", type=click.IntRange(1), default=100_000, help=say("開始の数", "number of starts"))
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(starts: int, json_: bool) -> None:
    """Run the walk; exit with 1 when the promise is not kept."""
    found = walk(starts=starts, at=datetime.now(UTC))
    if json_:
        click.echo(json.dumps(asdict(found) | {"kept": found.kept}, ensure_ascii=False))
    else:
        click.echo(TITLE.in_(LANG))
        for name, value in asdict(found).items():
            click.echo(f"  {name:22} {value}")
        click.echo(
            f"  {PROMISE.in_(LANG)}: {say('守られた', 'kept') if found.kept else say('守られていない', 'broken')}"
        )
    if not found.kept:
        raise SystemExit(1)

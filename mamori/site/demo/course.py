"""What every scene of the demo leans on: its days, its teller, and how one act follows the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mamori.grammar.actor import Actor, Role
from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text
from mamori.japan.calendar import JAPAN, HalfYear, Month, half_of, japanese_calendar, month_of, spoken
from mamori.site.demo.guests import AGENT, BUYERS, CLAIMED, LEAD, ORDERS, SELLERS

# The days of the story: written as those of one winter, played on business days counted back from now.


NOW = datetime.now(JAPAN)
WRITTEN = HalfYear(2026, 2)
ANCHORS = (date(2026, 11, 16), date(2027, 1, 12), date(2027, 2, 1), date(2027, 2, 15), date(2027, 3, 2))
"""From each of these the story counts business days, so that no holiday moves what is due."""
STAMP = regex(r'"(20\d\d-\d\d-\d\dT[^"]+)"')
STRETCH = 4
"""The sample's orders of a quarter are spread over a year up to now."""


@cache
def half() -> HalfYear:
    """Return the half-year of the story: the last one whose end the story has time to look back on."""
    found = half_of(month_of(NOW))
    while _played(ANCHORS[-1], found) >= NOW.date():
        found = half_of(found.months[0].previous)
    return found


def moment(text: str) -> datetime:
    """Return a moment of the story, in Japan time."""
    written = datetime.fromisoformat(text)
    return datetime.combine(_played(written.date(), half()), written.time(), JAPAN)


def month(text: str) -> Month:
    """Return the month in which a month of the story is played."""
    return month_of(moment(f"{text}-21"))


def _played(day: date, half: HalfYear) -> date:
    anchor = max(one for one in ANCHORS if one <= day)
    months = anchor.year * 12 + anchor.month + 6 * _between(half)
    before = date((months - 1) // 12, (months - 1) % 12 + 1, anchor.day) - timedelta(days=1)
    gone = sum(_is_open(anchor + timedelta(days=n + 1)) for n in range((day - anchor).days))
    return japanese_calendar().business_day(1 + gone, before)


def _between(half: HalfYear) -> int:
    return 2 * (half.year - WRITTEN.year) + half.number - WRITTEN.number


def _is_open(day: date) -> bool:
    return japanese_calendar().why_closed(day) is None


def market(file: Path) -> Iterator[str]:
    """Yield the lines of a file of the sample as if it had been written for the days on which the story is played."""
    moved = moment("2026-11-16T09:00") - datetime(2026, 11, 16, 9, tzinfo=JAPAN)
    end = datetime(2026, 11, 16, tzinfo=JAPAN)
    told = tuple(f'{{"kind":"order","ref":"{ref}"' for ref in (*ORDERS.values(), CLAIMED))
    for line in file.read_text("utf-8").splitlines(keepends=True):
        is_told = file.stem != "orders" or line.startswith(told)

        def at(found: re.Match[str], *, is_told: bool = is_told) -> str:
            written = datetime.fromisoformat(found[1])
            played = written + moved if is_told else NOW - STRETCH * (end - written)
            return f'"{played.isoformat(timespec="seconds")}"'

        yield STAMP.sub(at, line)


def ordered(lines: list[str], since: datetime | None, until: datetime) -> list[str]:
    """Return the lines of the orders that were made after the one moment, if any, and up to the other."""
    found = ((line, STAMP.search(line)) for line in lines)
    at = ((line, datetime.fromisoformat(stamp[1])) for line, stamp in found if stamp)
    return [line for line, ordered in at if (since is None or since < ordered) and ordered <= until]


MARKS = {"scene": "■", "person": "●", "house": "◇", "note": "・"}


class Teller:
    """Writes lines above a progress bar; without a terminal it writes the lines alone."""

    def __init__(self, lang: Lang, steps: int, console: Console | None = None) -> None:
        self.lang = lang
        self.console = console or Console(highlight=False, soft_wrap=True, record=True)
        self.told = 0
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self._task = self.progress.add_task(Text("物語", "story").in_(lang), total=steps)

    def __enter__(self) -> Teller:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def scene(self, title: Text) -> None:
        """Begin a scene."""
        self.console.print(f"\n[bold]{MARKS['scene']} {title.in_(self.lang)}[/bold]")

    def person(self, at: datetime, what: Text) -> None:
        """Tell what a person did."""
        self._line(at, MARKS["person"], what, "")
        self.told += 1
        self.progress.advance(self._task)

    def house(self, at: datetime, what: Text) -> None:
        """Tell what the system did by itself."""
        self._line(at, MARKS["house"], what, "cyan")

    def note(self, lines: Iterable[Text]) -> None:
        """Add an explanation."""
        for line in lines:
            self.console.print(f"      {MARKS['note']} {line.in_(self.lang)}", style="dim", markup=False)

    def _line(self, at: datetime, mark: str, what: Text, style: str) -> None:
        moment = spoken(at).in_(self.lang)
        self.console.print(
            f"  {moment:　<18} {mark} {what.in_(self.lang)}", style=style or None, markup=False
        )


class Course:
    """What came up so far, and when it is; `jump` moves the clock on and lets the house do what falls due until then."""

    def __init__(
        self,
        teller: Teller,
        jump: Callable[[datetime], None],
        confirm: Callable[[datetime], int],
        call_businesses: Callable[[datetime, Collection[str]], int],
    ) -> None:
        self.teller, self.jump, self.confirm = teller, jump, confirm
        self.call_businesses = call_businesses
        self.troubles: list[int] = []
        self.findings: list[int] = []
        self.requests: list[int] = []
        self.now = moment("2026-11-16T09:00")

    def note(self, what: Text, due: datetime) -> None:
        """Add a line, and by when an answer is due."""
        said = spoken(due)
        self.teller.note([what, Text(f"期限 {said.ja}", f"due {said.en}")])

    def do(self, when: str, who: str, role: Role, what: Text) -> Actor:
        """Tell what somebody does at a moment, let what fell due until then happen, and return the actor."""
        at = self.now = moment(when)
        self.jump(at)
        self.teller.person(at, Text(f"{role.text.ja}：{what.ja}", f"{role.text.en}: {what.en}"))
        return Actor(by=who, role=role, at=at, via="demo")

    def buyer(self, when: str, scene: str, what: Text) -> Actor:
        """Let the buyer of a scene do something."""
        return self.do(when, f"buyer:{BUYERS[scene]}", Role.BUYER, what)

    def seller(self, when: str, scene: str, what: Text) -> Actor:
        """Let the seller of a scene do something."""
        return self.do(when, f"seller:{SELLERS[scene]}", Role.SELLER, what)

    def agent(self, when: str, what: Text) -> Actor:
        """Let an agent do something."""
        return self.do(when, AGENT, Role.AGENT, what)

    def lead(self, when: str, what: Text) -> Actor:
        """Let a lead do something."""
        return self.do(when, LEAD, Role.LEAD, what)

    def told_by_market(self, when: str) -> None:
        """Let the marketplace say what it did of what it was asked."""
        at = self.now = moment(when)
        self.jump(at)
        count = self.confirm(at)
        what = Text(
            f"通販サイト：指示{count}件の実行を確認するファイルを渡す",
            f"the marketplace hands over a file that confirms {count}",
        )
        self.teller.person(at, what)
        self.jump(at)

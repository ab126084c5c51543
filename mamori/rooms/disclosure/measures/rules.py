"""What is said of measures: when a month is counted, what a figure says, what an answer owes, and the pledge's sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from mamori.grammar.figures import UNITS, Removals, SheetRow, Unit, share, value_text
from mamori.grammar.line import Force
from mamori.grammar.outline import PublicFigure
from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text
from mamori.japan.calendar import JAPAN, Month, month_named, month_of
from mamori.law.gate import CellState, PublicCell, count_cell
from mamori.law.pledge import (
    GROUPS,
    IN_TIME_SHARE,
    MAIN_GROUPS,
    ON_NOTICE,
    ON_OWN_INITIATIVE,
    ON_REQUEST,
    PLEDGE_ROWS,
    REMOVED_IN_TIME,
    REQUESTED,
)
from mamori.law.reports import JOMC_TITLE
from mamori.law.shown import SETTLED_DAYS

# What everybody reads of measures: what a figure says, when a month is counted, which figure of a measure is drawn.


_SAID = {
    CellState.FEW: Text("5未満", "fewer than 5"),
    CellState.HIDDEN: Text("少数のため出しません", "not told: too few"),
    CellState.NONE: Text("対象なし", "nothing to count"),
    CellState.NOT_YET: Text("まだ出ない", "not reached yet"),
}
_BOUNDS = {
    CellState.AT_LEAST: Text("{figure}以上", "{figure} or more"),
    CellState.AT_MOST: Text("{figure}以下", "{figure} or less"),
}
MARKS = {
    CellState.FEW: "<5",
    CellState.HIDDEN: "…",
    CellState.NONE: "–",
    CellState.NOT_YET: "△",
}
"""What stands for a figure where a picture has room for little."""


def settled_at(month: Month) -> datetime:
    """Return the moment as of which a month is counted, and from which on it can be."""
    return month.until + timedelta(days=SETTLED_DAYS)


def last_settled(at: datetime) -> Month:
    """Return the last month that can be counted at `at`."""
    month = Month(at.year + 1, 1)
    while settled_at(month) > at:
        month = month.previous
    return month


def month_text(month: Month) -> Text:
    """Return what a month is called."""
    return Text(f"{month.year}年{month.number}月", f"{month.since:%B} {month.year}")


KEY = Text(
    "「…」は少数のため出さない月、「<5」は5未満、「△」はまだ出ない月、「–」は対象のない月です。割合の「90+」は90以上、「<9」は9未満です。",
    "“…”: not told, as it is too few. “<5”: fewer than 5. “△”: not reached yet. “–”: nothing to count. Of a "
    "share “90+”: 90 or more, “<9”: below 9.",
)


def cell_text(figure: PublicFigure, cell: PublicCell) -> Text:
    """Say what a cell tells."""
    return state_text(figure.unit, cell.state, cell.count, cell.value)


def state_text(unit: Unit, state: CellState, count: int | None, value: Decimal | None) -> Text:
    """Say what a figure of that unit tells."""
    if state in _SAID:
        return _SAID[state]
    name = UNITS[unit]
    said = (
        Text(f"{count:,} {name.ja}", f"{count:,}")
        if unit is Unit.COUNT
        else Text(f"{value:,.1f} {name.ja}", f"{value:,.1f} {name.en}")
    )
    return _BOUNDS[state].fill(figure=said) if state in _BOUNDS else said


def mark_of(cell: PublicCell) -> str:
    """Return the sign that stands for what is not told in a picture."""
    return MARKS.get(cell.state, "")


def drawn_of(figures: Sequence[PublicFigure]) -> PublicFigure | None:
    """Return the figure of a measure that is drawn: how well before how many; none where it has no figure."""
    told = [one for one in figures if one.unit is not Unit.COUNT]
    return next(iter(told or figures), None)


FORCES = {
    Force.SHALL: Text(
        "法律が、行うものとすると定めていることです。", "The Act says that this is to be done."
    ),
    Force.EFFORT: Text(
        "法律が、行うよう努めることを求めていることです（努力義務）。",
        "The Act asks to endeavour to do this.",
    ),
    Force.ON_REQUEST: Text(
        "法律により、購入者から請求があったときに応えることです。",
        "Under the Act this is done when a buyer asks for it.",
    ),
}
BEYOND = Text(
    "法律の定めはなく、運営者が自ら行っていることです。",
    "No statute asks for this; we do it of our own accord.",
)


def force_text(force: Force | None) -> Text:
    """Say in plain words how strongly something is asked."""
    return FORCES.get(force, BEYOND) if force else BEYOND


# What the operator says of a practice: done here, elsewhere in words of its own, or not done; and what such an answer owes.


ALONE_AFTER = timedelta(days=1)
"""After how long an answer is published by who proposed it, where nobody else is there who could."""


class AnswerSays(StrEnum):
    """Where a practice is done."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    NOT_DONE = "not-done"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _SAYS[self]


_SAYS = {
    AnswerSays.HERE: Text("この仕組みで行っている", "done here"),
    AnswerSays.ELSEWHERE: Text("この仕組みの外で行っている", "done elsewhere"),
    AnswerSays.NOT_DONE: Text("行っていない", "not done"),
}


class AnswerFault(StrEnum):
    """What an answer owes, or may not say."""

    NOT_HERE = "not-here"
    NO_WORDS = "no-words"
    NO_DAY = "no-day"
    DAY_TO_COME = "day-to-come"
    NO_PROOF = "no-proof"
    NOT_HTTPS = "not-https"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSaid:
    """An answer: of a practice, or under a title of its own of something else; since when it is done, and what shows it."""

    practice: str
    says: AnswerSays
    title_ja: str = ""
    title_en: str = ""
    words_ja: str = ""
    words_en: str = ""
    since_on: date | None = None
    shown: str = ""
    link: str = ""


def faults(said: AnswerSaid, *, runs: bool, today: date) -> Iterator[tuple[str, AnswerFault]]:
    """Yield what is wrong with an answer, each beside the field that it is in; `runs` says whether the house does it at all."""
    if said.says is AnswerSays.HERE and not runs:
        yield "says", AnswerFault.NOT_HERE
    if said.says is AnswerSays.ELSEWHERE:
        owed = ("words_ja", "words_en") if said.practice else ("title_ja", "title_en", "words_ja", "words_en")
        yield from ((name, AnswerFault.NO_WORDS) for name in owed if not getattr(said, name).strip())
        if said.since_on is None:
            yield "since_on", AnswerFault.NO_DAY
        if not said.shown.strip():
            yield "shown", AnswerFault.NO_PROOF
    if said.since_on is not None and said.since_on > today:
        yield "since_on", AnswerFault.DAY_TO_COME
    if said.link and not host_of(said.link):
        yield "link", AnswerFault.NOT_HTTPS


def alone_at(proposed_at: datetime) -> datetime:
    """Return from when on who proposed an answer may publish it, where nobody else is there."""
    return proposed_at + ALONE_AFTER


_PLAIN_HOST = regex(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_PLAIN_ADDRESS = regex(r"[!-\[\]-~]+")
"""What a host is made of, and the signs of an address: ASCII without blanks and backslashes."""


def host_of(address: str) -> str:
    """Return the host of a plain address of a page: https, its usual port, no user; "" of any other."""
    try:
        found = urlsplit(address)
        fine = found.scheme == "https" and found.port in (None, 443) and found.username is None
    except ValueError:
        return ""
    host = (found.hostname or "").lower()
    return host if fine and _PLAIN_HOST.fullmatch(host) and _PLAIN_ADDRESS.fullmatch(address) else ""


LANGS: tuple[Lang, ...] = ("ja", "en")
NONE = Text("（いま行っている取組みはありません）", "(Nothing is done at present.)")
HEADING = Text("{place}. {title}（{article}）", "{place}. {title} ({article})")
SINCE = Text("{title}（{day}から）", "{title} (since {day})")
MORE = Text(
    "取組みの全体と月ごとの実績は、次のページで公表しています。",
    "All measures, and how far they went month by month, are published here:",
)


class JomcFound(StrEnum):
    """What somebody found at the address on the page of JOMC."""

    SAME = "same"
    DIFFERS = "differs"
    NOTHING = "nothing"


FOUND = {
    JomcFound.SAME: Text("こちらの文と同じものが載っている", "it says the same as our text"),
    JomcFound.DIFFERS: Text("載っているが、こちらの文と違う", "it says something else than our text"),
    JomcFound.NOTHING: Text("載っていない、または開けない", "nothing stands there, or it does not open"),
}
type JomcHeading = tuple[Text, Text, Sequence[Sequence[Text]]]
"""One of the three headings: its title, its article, and of each point under it the title and what it does."""


def jomc_text(headings: Sequence[JomcHeading], *, operator: str, page: str) -> Text:
    """Write the text: it says what the headings hold, and nothing else."""
    ja, en = ("\n".join(_lines(headings, operator, page, lang)) + "\n" for lang in LANGS)
    return Text(ja, en)


def _lines(headings: Sequence[JomcHeading], operator: str, page: str, lang: Lang) -> Iterator[str]:
    yield JOMC_TITLE.in_(lang)
    if operator:
        yield operator
    for place, (title, article, points) in enumerate(headings, 1):
        yield ""
        yield HEADING.fill(place=f"{place}", title=title, article=article).in_(lang)
        if not points:
            yield NONE.in_(lang)
        for first, *rest in points:
            yield f"{'・' if lang == 'ja' else '- '}{first.in_(lang)}"
            yield from (f"{'　' if lang == 'ja' else '  '}{text.in_(lang)}" for text in rest)
    yield ""
    yield MORE.in_(lang)
    yield page


# The sheet of the product safety pledge: which time it is of, and what stands in each row; what is not counted has no figure.


MONTHS_SHOWN = 24
"""So many months are offered for choosing; an earlier one is written in the address."""
NOT_COUNTED = Text(
    "ここでは数えていません。自社の数を書いてください", "Not counted here; write your own figure"
)
NOT_PUBLIC = Text("公表しない", "not for everybody")
NO_CATEGORY, OTHERS = Text("カテゴリなし", "no category"), Text("ほか", "others")
KPI_COLUMNS = (
    "period",
    "code",
    "row",
    "title",
    "figure",
    "unit",
    "counted",
    "definition",
    "counted_from",
    "note",
    "public",
    "final",
)
RAISED_LATER = Text(
    "月の数が確定したあとに確かめられた該当（どの数にも入っていない）",
    "raised after it was final; in none of the figures",
)


@dataclass(frozen=True, slots=True)
class SheetPeriod:
    """A month or a calendar year in Japan, by the name that stands in addresses: `2026-11` or `2026`."""

    name: str
    title: Text
    since: datetime
    until: datetime

    def is_over(self, at: datetime) -> bool:
        """Say whether nothing more can happen in it."""
        return self.until <= at

    @property
    def final_at(self) -> datetime:
        """Return from when on nothing moves it: the month of its last requests is final after the next."""
        return month_of(self.until).until

    def is_final(self, at: datetime) -> bool:
        """Say whether its figures are final."""
        return self.final_at <= at


def month_period(month: Month) -> SheetPeriod:
    """Return a month as the time of a sheet."""
    return SheetPeriod(f"{month}", month_text(month), month.since, month.until)


def year_period(year: int) -> SheetPeriod:
    """Return a calendar year as the time of a sheet."""
    since, until = Month(year, 1).since, Month(year + 1, 1).since
    return SheetPeriod(f"{year:04}", Text(f"{year}年", f"{year}"), since, until)


def period_named(name: str) -> SheetPeriod | None:
    """Return the month or year that is written so; None for what is neither."""
    if re.fullmatch(r"20[0-9]{2}", name, re.ASCII):
        return year_period(int(name))
    month = month_named(name, None)
    return month_period(month) if month else None


def usual_period(began: datetime, at: datetime) -> SheetPeriod:
    """Return the last month that is over, or the one of now where nothing was kept before it."""
    now = month_of(at)
    return month_period(now if now.since <= began else now.previous)


def periods(began: datetime, at: datetime) -> tuple[SheetPeriod, ...]:
    """Return the months and then the years of which something is kept, the newest first."""
    months: list[SheetPeriod] = []
    one = month_of(at)
    while one.until > began and len(months) < MONTHS_SHOWN:
        months.append(month_period(one))
        one = one.previous
    first, last = began.astimezone(JAPAN).year, at.astimezone(JAPAN).year
    return (*months, *(year_period(year) for year in range(last, first - 1, -1)))


class AskedListing(Protocol):
    """A listing that a request under the pledge asks for, as the room that takes in requests tells it.

    `is_within`: it is acted on within the request, and not by our own decision beyond it.  `removed_at` is when the marketplace
    confirmed that it was hidden or removed, None where it has not.
    """

    @property
    def requested_on(self) -> date: ...
    @property
    def category(self) -> str: ...
    @property
    def confirmed_at(self) -> datetime: ...
    @property
    def removed_at(self) -> datetime | None: ...
    @property
    def in_time(self) -> bool: ...
    @property
    def is_within(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """What the requests of a time come to: `late` were found to be asked for after their month was final, and count nowhere.

    `removed` are by the marketplace's category; `beyond` were acted on by our own decision and are no part of the others.
    """

    identified: int
    in_time: int
    removed: Mapping[str, int]
    beyond: int
    late: int


def final_of(requested_on: date) -> datetime:
    """Return from when on the month of a request is final: after the next."""
    return Month(requested_on.year, requested_on.month).next.until


def requested_of(hits: Iterable[AskedListing], period: SheetPeriod, at: datetime) -> Requested:
    """Count the requests of a month or year as of `at`, and of each month nothing that came after it was final."""
    first, after = (moment.astimezone(JAPAN).date() for moment in (period.since, period.until))
    known = [hit for hit in hits if first <= hit.requested_on < after and hit.confirmed_at <= at]
    counted = [hit for hit in known if hit.confirmed_at < final_of(hit.requested_on)]
    within = [hit for hit in counted if hit.is_within]
    removed = [
        hit
        for hit in within
        if hit.removed_at and hit.removed_at <= at and hit.removed_at < final_of(hit.requested_on)
    ]
    return Requested(
        identified=len(within),
        in_time=sum(hit.in_time for hit in removed),
        removed=dict(Counter(hit.category for hit in removed)),
        beyond=len(counted) - len(within),
        late=len(known) - len(counted),
    )


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row with its figure, or without one where there is none; `groups` are those that stand in it, by their name.

    `of` is the whole of which a share is told.
    """

    row: SheetRow
    count: int | None
    groups: tuple[tuple[Text, int], ...] = ()
    of: int = 0

    @property
    def figure(self) -> int | Decimal | None:
        """Return what stands in it: a count or a share, None where there is nothing."""
        return self.count if self.row.unit is Unit.COUNT or self.count is None else share(self.count, self.of)

    @property
    def said(self) -> Text:
        """Say what stands in it."""
        if self.count is None:
            return NOT_COUNTED
        if self.row.unit is not Unit.COUNT:
            return value_text(self.row.unit, share(self.count, self.of), of=self.of)
        count = Text(f"{self.count:,} 件", f"{self.count:,}")
        if self.row is not GROUPS:
            return count
        if not self.groups:
            return Text("削除した出品はありません", "nothing was removed")
        return Text(
            "、".join(f"{name.ja} {count:,} 件" for name, count in self.groups),
            "; ".join(f"{name.en} {count:,}" for name, count in self.groups),
        )

    def public(self, period: SheetPeriod, at: datetime) -> Text:
        """Say what of it everybody may read: of a month whose figure nothing moves any more, through the gate.

        Of a year, of groups, of parts beside their whole, of what the figures are made of, and of a month that runs nothing.
        """
        is_still = period.is_final(at) if self.row is REQUESTED else period.is_over(at)
        if self.count is None or self.row in PARTS or "-" not in period.name or not is_still:
            return NOT_PUBLIC
        cell = count_cell(self.count)
        return state_text(Unit.COUNT, cell.state, cell.count, None)

    @property
    def counted(self) -> str:
        """Say whether it is counted, in part, or not: `yes`, `partly`, `no`."""
        if not self.row.is_counted:
            return "no"
        return "partly" if self.row.lacks else "yes"


PARTS = (REMOVED_IN_TIME, IN_TIME_SHARE, GROUPS)
"""The rows that are parts of the first: beside it a small rest could be reckoned."""


def sheet_of(found: Removals, asked: Requested) -> tuple[SheetLine, ...]:
    """Return the rows of the sheet: nothing stands in one of which we keep no record, least of all a 0."""
    lines = {
        REQUESTED: SheetLine(REQUESTED, asked.identified),
        REMOVED_IN_TIME: SheetLine(REMOVED_IN_TIME, asked.in_time),
        IN_TIME_SHARE: SheetLine(IN_TIME_SHARE, asked.in_time, of=asked.identified),
    } | {
        row: SheetLine(row, sum(categories.values()), main_groups(categories))
        for row, categories in (
            (GROUPS, asked.removed),
            (ON_OWN_INITIATIVE, found.own),
            (ON_NOTICE, found.reported),
        )
    }
    return tuple(lines[row] for row in PLEDGE_ROWS)


def main_groups(categories: Mapping[str, int]) -> tuple[tuple[Text, int], ...]:
    """Return the categories of which most were removed, and the others together."""
    ranked = sorted(categories.items(), key=lambda one: (-one[1], one[0]))
    named = [(Text(name, name) if name else NO_CATEGORY, count) for name, count in ranked]
    rest = sum(count for _, count in named[MAIN_GROUPS:])
    return (*named[:MAIN_GROUPS], *(((OTHERS, rest),) if rest else ()))


def behind(found: Removals, asked: Requested) -> tuple[tuple[str, Text, int], ...]:
    """Return what the figures are made of: code, title and count, the requests first, then all removals by their ground."""
    removed = sum(asked.removed.values())
    return (
        (
            "requested.removed",
            Text(
                "(1)のうち 翌月末までに削除したか見えなくしたもの",
                "of (1) removed or hidden by the end of the next month",
            ),
            removed,
        ),
        (
            "requested.open",
            Text("(1)のうち そうならなかったもの", "of (1) those that were not"),
            asked.identified - removed,
        ),
        (
            "requested.beyond",
            Text(
                "要請の範囲を超え、自社の判断で扱った出品（(1)に入らない）",
                "acted on by our own decision beyond a request; not in (1)",
            ),
            asked.beyond,
        ),
        ("requested.late", RAISED_LATER, asked.late),
        *_all_removed(found),
    )


def _all_removed(found: Removals) -> tuple[tuple[str, Text, int], ...]:
    return (
        (
            "total",
            Text("危険を理由に削除した出品（すべて）", "listings removed for danger, all of them"),
            found.total,
        ),
        *(
            (
                one.code,
                Text(f"うち {one.title.ja}", f"of these on {one.title.en}"),
                found.on_ground.get(one.code, 0),
            )
            for one in ON_REQUEST
        ),
        (
            "asked",
            Text(
                "うち 行政機関の要請から始まったと記録されたもの",
                "of these recorded as an authority's request",
            ),
            found.asked,
        ),
        (
            "reported",
            Text("うち 申し出から始まったと記録されたもの", "of these recorded as a report"),
            sum(found.reported.values()),
        ),
        (
            "own",
            Text("うち そのほか（(5)の数）", "of these all others: the figure in (5)"),
            sum(found.own.values()),
        ),
        (
            "taken_back",
            Text(
                "あとで取り消した削除（いま時点。上の数からは引いていない）",
                "reversed since, by now; not subtracted above",
            ),
            found.taken_back,
        ),
    )


def kpi_table(
    period: SheetPeriod,
    lines: Sequence[SheetLine],
    made_of: Sequence[tuple[str, Text, int]],
    lang: Lang,
    *,
    at: datetime,
) -> Iterator[tuple[object, ...]]:
    """Yield the lines of the table: the sheet row by row, the groups, and what the figures are made of."""
    final = "yes" if period.is_final(at) else "no"

    def said(text: Text | None) -> str:
        return text.in_(lang) if text else ""

    for line in lines:
        row = line.row
        shown = ("", "") if line.figure is None else (line.figure, row.unit.value)
        means = (line.counted, said(row.means), said(row.counted_from), said(row.lacks))
        public = said(line.public(period, at))
        yield period.name, row.code, row.number, said(row.title), *shown, *means, public, final
        for place, (name, count) in enumerate(line.groups, start=1):
            yield (
                *(
                    period.name,
                    f"{row.code}.{place}",
                    row.number,
                    said(name),
                    count,
                    row.unit.value,
                    line.counted,
                ),
                *("", "", "", said(NOT_PUBLIC), final),
            )
    for code, title, count in made_of:
        named = code if code.startswith("requested.") else f"removals.{code}"
        yield period.name, named, "", said(title), count, "count", "yes", "", "", "", said(NOT_PUBLIC), final

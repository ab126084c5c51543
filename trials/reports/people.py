"""Who reports in the simulated year, what and when: assumed, not observed, and declared here."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from mamori.japan.calendar import JAPAN
from mamori.law.complaints import ComplaintReason, DangerAnswer, ReportedWhat

DAY = timedelta(days=1)
SHOPS, LISTINGS, REVIEWS = 200, 1_000, 300
HOURS = (2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 11, 14, 11, 9, 9, 9, 10, 11, 12, 15, 17, 14, 7)
"""How many of the day's reports come in each hour: few at night, most at noon and after nine in the evening."""
WEEKDAYS = (10, 9, 9, 9, 10, 13, 14)
WORDS = (
    "箱に書かれた会社名が、調べても見つかりません。",
    "充電中に本体が熱くなり、煙が出ました。",
    "電話番号にかけても「現在使われておりません」と言われます。",
    "The brand on the label is not the one in the pictures.",
    "商品页面上没有公司地址，也联系不到店家。",
    "🔥👩‍👩‍👧‍👦🇯🇵 𠮷野家の𩸽 と書いてあるのに届いたのは…",
    "\u202e逆向きの文字\u202c とﾊﾝｶｸ と①②㍿ \t\n\n 改行\r\n",
    "読めない字\ufffd と、とても長い説明。" + "同じことが何度も起きています。" * 100,
)
_SHARES_OF_WHAT = {
    ReportedWhat.LISTING: 66,
    ReportedWhat.SHOP: 13,
    ReportedWhat.REVIEW: 10,
    ReportedWhat.MESSAGE: 3,
    ReportedWhat.ADVERTISEMENT: 3,
    ReportedWhat.PLATFORM: 3,
    ReportedWhat.OTHER: 2,
}
NAMELESS = (ReportedWhat.MESSAGE, ReportedWhat.PLATFORM, ReportedWhat.OTHER)
_SHARES_OF_REASON = {
    ComplaintReason.DANGEROUS: 5,
    ComplaintReason.COUNTERFEIT: 18,
    ComplaintReason.PROHIBITED: 8,
    ComplaintReason.DISPLAY: 17,
    ComplaintReason.UNREACHABLE: 14,
    ComplaintReason.PRICE: 9,
    ComplaintReason.FAKE_REVIEW: 9,
    ComplaintReason.SCAM: 9,
    ComplaintReason.OFF_PLATFORM: 5,
    ComplaintReason.OTHER: 6,
}


class Manner(StrEnum):
    """What somebody does about being told."""

    NAMELESS = "leaves no address"
    PROMPT = "enters the code at once"
    CLUMSY = "enters a wrong code first"
    SLOW = "enters the code when its time is over, and asks for another"
    LATER = "leaves an address days later"
    SILENT = "leaves an address and never enters the code"


_SHARES_OF_MANNER = {
    Manner.NAMELESS: 40,
    Manner.PROMPT: 42,
    Manner.CLUMSY: 4,
    Manner.SLOW: 4,
    Manner.LATER: 5,
    Manner.SILENT: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Everything that is assumed: of a hundred reports, so many floods and incidents, and what staff do."""

    unknown: float = 0.14
    again_same_form: float = 0.03
    again_same_words: float = 0.02
    adds: float = 0.08
    answers_danger: float = 0.7
    was_harmed: float = 0.3
    asks_again: float = 0.12
    floods: float = 0.09
    flood_size: int = 180
    incidents: float = 0.06
    incident_size: int = 300
    danger_in_time: float = 0.9
    decided_late: float = 0.03
    opens: int = 10
    closes: int = 18


@dataclass(slots=True)
class Reporter:
    """One report as it will be made, and what whoever makes it knows of it afterwards; `thing` is what they mean by it."""

    number: int
    at: datetime
    what: ReportedWhat
    reason: ComplaintReason
    where: str
    thing: str
    words: str
    source: str
    manner: Manner
    language: str = "ja"
    in_flood: bool = False
    danger: tuple[DangerAnswer, ...] = ()
    report: int = 0
    confirmed_at: datetime | None = None
    has_read: bool = False

    @property
    def secret(self) -> str:
        """Return the secret of the report's page."""
        return f"trial-secret-{self.number:08d}"

    @property
    def mail(self) -> str:
        """Return the address of whoever it is."""
        return f"reporter-{self.number}@example.jp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From which day to which the reports come, the last one not included, and on which days an incident fills the news."""

    first: date
    end: date
    incidents: Sequence[date] = field(default=())

    @property
    def begins(self) -> datetime:
        """Return the first moment."""
        return datetime.combine(self.first, datetime.min.time(), JAPAN)

    @property
    def ends(self) -> datetime:
        """Return the moment after the last."""
        return datetime.combine(self.end, datetime.min.time(), JAPAN)


YEAR = Span(
    first=date(2026, 4, 1),
    end=date(2027, 4, 1),
    incidents=(date(2026, 5, 3), date(2026, 12, 30), date(2026, 9, 1)),
)
TURN = Span(first=date(2026, 12, 24), end=date(2027, 1, 7), incidents=(date(2026, 12, 30),))


def drawn(span: Span, *, reports: int, behaviour: Behaviour, dice: random.Random) -> list[Reporter]:
    """Draw so many reports in order of time: single ones, floods of a competitor, and incidents that many report at once."""
    moments = sorted(_moments(span, reports, dice))
    found = list(_crowds(span, reports, behaviour, dice))[: reports * 2 // 5]
    singles = dice.sample(moments, reports - len(found))
    found += [_single(at, behaviour, dice) for at in singles]
    found.sort(key=lambda one: one.at)
    for number, one in enumerate(found):
        one.number = number
        if (
            not one.thing
            or one.what in NAMELESS
            or (one.what is ReportedWhat.ADVERTISEMENT and "/" not in one.where)
        ):
            one.thing = f"alone:{number}"
    return found


def _moments(span: Span, count: int, dice: random.Random) -> Iterator[datetime]:
    days = [span.first + DAY * number for number in range((span.end - span.first).days)]
    chosen = dice.choices(days, [WEEKDAYS[day.weekday()] for day in days], k=count)
    for day, hour in zip(chosen, dice.choices(range(24), HOURS, k=count), strict=True):
        yield datetime(
            day.year, day.month, day.day, hour, dice.randrange(60), dice.randrange(60), tzinfo=JAPAN
        )


def _single(at: datetime, behaviour: Behaviour, dice: random.Random) -> Reporter:
    what = _one_of(_SHARES_OF_WHAT, dice)
    where, thing = _named(what, behaviour, dice)
    reason = _one_of(_SHARES_OF_REASON, dice)
    return Reporter(
        number=0,
        at=at,
        what=what,
        reason=reason,
        where=where,
        thing=thing,
        words=dice.choice(WORDS),
        source=f"198.51.{dice.randrange(256)}.{dice.randrange(256)}",
        manner=_one_of(_SHARES_OF_MANNER, dice),
        language=dice.choice(("ja", "ja", "ja", "ja", "en")),
        danger=_answered(behaviour, dice) if reason is ComplaintReason.DANGEROUS else (),
    )


def _named(what: ReportedWhat, behaviour: Behaviour, dice: random.Random) -> tuple[str, str]:
    """Return what is typed and what is meant: what is known is written as a reference or inside an address."""
    if dice.random() < behaviour.unknown:
        gone = dice.choice(
            (f"https://market.example/items/gone-{dice.randrange(400)}", "🍣の店", "さくら", "")
        )
        return gone, f"{what}?{gone}" if gone else ""
    match what:
        case ReportedWhat.LISTING:
            ref = f"L-{dice.randrange(LISTINGS)}"
            return dice.choice((ref, f"https://market.example/items/{ref}?from=top")), f"listing {ref}"
        case ReportedWhat.SHOP:
            ref = f"S-{dice.randrange(SHOPS)}"
            return dice.choice((ref, f" {ref} ")), f"shop {ref}"
        case ReportedWhat.REVIEW:
            ref = f"R-{dice.randrange(REVIEWS)}"
            return ref, f"review {ref}"
        case _:
            return dice.choice(("", "トップページ", "検索の広告")), ""


def _answered(behaviour: Behaviour, dice: random.Random) -> tuple[DangerAnswer, ...]:
    if dice.random() >= behaviour.answers_danger:
        return ()
    if dice.random() < behaviour.was_harmed:
        return (dice.choice((DangerAnswer.INJURY, DangerAnswer.FIRE)), DangerAnswer.KEPT)
    return (DangerAnswer.KEPT,)


def _crowds(span: Span, reports: int, behaviour: Behaviour, dice: random.Random) -> Iterator[Reporter]:
    """Yield the floods, each by one competitor on the listings of one shop, and the incidents, each of one listing by many."""
    incident = min(behaviour.incident_size, reports // 5)
    for place in range(round(reports * behaviour.incidents / incident) or 1):
        day = span.incidents[place % len(span.incidents)]
        ref = f"L-{dice.randrange(LISTINGS)}"
        for _ in range(incident):
            one = _single(_in_a_day(day, dice), behaviour, dice)
            one.what, one.reason, one.where, one.thing = (
                ReportedWhat.LISTING,
                ComplaintReason.DANGEROUS,
                ref,
                f"listing {ref}",
            )
            one.danger = _answered(behaviour, dice)
            one.manner = dice.choice((Manner.PROMPT, Manner.PROMPT, Manner.PROMPT, one.manner))
            yield one
    flood = min(behaviour.flood_size, reports // 5)
    for _ in range(round(reports * behaviour.floods / flood) or 1):
        day = span.first + DAY * dice.randrange((span.end - span.first).days)
        shop, source = dice.randrange(SHOPS), f"203.0.113.{dice.randrange(256)}"
        for place in range(flood):
            one = _single(_in_a_day(day, dice, hours=1), behaviour, dice)
            ref = f"L-{(shop + SHOPS * (place % (LISTINGS // SHOPS))) % LISTINGS}"
            one.what, one.reason, one.where, one.thing = (
                ReportedWhat.LISTING,
                ComplaintReason.COUNTERFEIT,
                ref,
                f"listing {ref}",
            )
            one.danger, one.source, one.in_flood, one.manner = (), source, True, Manner.NAMELESS
            yield one


def _in_a_day(day: date, dice: random.Random, hours: int = 6) -> datetime:
    begins = datetime(day.year, day.month, day.day, 9, tzinfo=JAPAN)
    return begins + timedelta(seconds=dice.randrange(hours * 3_600))


def _one_of[Kind](shares: dict[Kind, int], dice: random.Random) -> Kind:
    return dice.choices(list(shares), list(shares.values()))[0]

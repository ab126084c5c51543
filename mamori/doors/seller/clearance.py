"""What a seller may do now at the marketplace, and of what it may not: why, until when, and what it can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.doors.seller import measures, payouts
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ClearanceFact, Doing, HindranceFact, PayoutClearance
from mamori.ground.web.parts import Tone
from mamori.japan.spoken import spoken

ABOUT = {
    Doing.SELLING: Text("販売", "Selling"),
    Doing.LISTING: Text("新しい出品", "New listings"),
    Doing.CATEGORY: Text("「{category}」の出品", "Listings in “{category}”"),
    Doing.PAYOUT: Text("売上金の受取り", "Being paid"),
}
"""What a seller does, as its own page says it; of single listings it speaks where they are."""
YES, NO, PART = Text("できます", "yes"), Text("できません", "no"), Text("一部だけ", "in part")
PAGES = {"enforcement": (measures.PATH, measures.OPEN), "payouts": (payouts.PATH, payouts.OPEN)}
"""Where something is done about what a room says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """One reason: about what, why, until when, what to do and where."""

    about: Text
    text: Text
    until: Text | None
    todo: Text
    path: str
    link: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """The panel: each thing that a seller does with whether it may, and every reason why not."""

    lines: tuple[tuple[Text, Text, Tone], ...]
    hindered: tuple[WhyNot, ...]


def doings(ref: str, at: datetime) -> Doings | None:
    """Return what the seller may do; nothing where nobody told of it."""
    found = market.clearance(ref, at=at)
    if found is None:
        return None
    return Doings(lines=tuple(_lines(found)), hindered=tuple(_hindered(one) for one in found.hindrances))


def _lines(found: ClearanceFact) -> list[tuple[Text, Text, Tone]]:
    lines = [
        (ABOUT[Doing.SELLING], *_may(found.may_sell)),
        (ABOUT[Doing.LISTING], *_may(found.may_list)),
    ]
    if found.payout is PayoutClearance.PART:
        lines.append((ABOUT[Doing.PAYOUT], PART, Tone.WARN))
    elif found.payout is not PayoutClearance.NOT_TOLD:
        lines.append((ABOUT[Doing.PAYOUT], *_may(found.payout is PayoutClearance.CLEAR)))
    return lines


def _may(yes: bool) -> tuple[Text, Tone]:
    return (YES, Tone.GOOD) if yes else (NO, Tone.BAD)


def _hindered(one: HindranceFact) -> WhyNot:
    path, link = PAGES.get(one.room, ("", None))
    about = ABOUT[one.what].fill(category=one.category)
    until = spoken(one.until) if one.until else None
    return WhyNot(about=about, text=one.text, until=until, todo=one.todo, path=path, link=link)

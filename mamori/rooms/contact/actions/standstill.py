"""Cases that stand still until a day: chosen, with another day for longer or shorter, by those who answer for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mamori.grammar.businesstime import day_text
from mamori.grammar.hand import HEADS, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact import owing, standstill, stillnotices, words
from mamori.rooms.contact.models import Standstill, Trouble
from mamori.rooms.contact.owing import Matter
from mamori.rooms.contact.rules.standstill import CAUSES, LONGEST, Cause, end_of

STEP = Text("案件の期限を止める", "let cases stand still")
NUMBERS = regex(r"\d{4}[-\s]?\d{4}(?!\d)|[^\s,，、]+")
"""A case number as it is typed or as pages draw it, in two groups; and whatever else is no space."""
AT_ONCE = 50
"""So many cases are chosen at once, for others wait while they are gone through."""


class StandstillUnreadable(Refusal, code="standstill-unreadable", status=422):
    """Given when no case is named, too many are, or the day is past or too far ahead."""

    text = Text(
        "受付番号を1件から{most}件まで、止める最後の日は今日から{days}日後までで選んでください。",
        "Please name 1 to {most} cases, and a last day that is not past nor more than {days} days ahead.",
    ).fill(most=AT_ONCE, days=LONGEST.days - 1)


class CannotStandStill(Refusal, code="cannot-stand-still", status=409):
    """Given when a case that is named is closed, in danger, of another room or not there; none of them then stands still."""

    text = Text(
        "{number}は止められません。終わった案件、危険のある案件、問い合わせ以外の案件を除いて、もう一度お試しください。",
        "{number} cannot stand still. Please leave out what is over, in danger, or no inquiry, and try again.",
    )


def hold_still(hand: Hand, *, cases: str, cause: Cause, until: date, reason: str) -> None:
    """Let these cases stand still to the end of a day, after which they run on by themselves; both sides are told.

    With another day one that stands still does so for longer, or shorter.
    """
    reason, end = words.reasoned(reason), end_of(until, at=hand.at, zone=JAPAN)
    if end is None:
        raise StandstillUnreadable()
    with memory.act():
        for name, thing in _chosen(hand, cases):
            now, why = standstill.of_case(name, hand.at), _told(thing, cause)
            if now is not None and (now.until, now.cause) == (end, why):
                continue
            lasts = {"cause": why, "began_at": now.began_at if now else hand.at, "until": end}
            one, _ = Standstill.objects.update_or_create(about=name, defaults=lasts)
            memory.put(standstill.STANDSTILLS, name, one)
            owing.stand(thing, one, hand.at)
            told = {"why": CAUSES[why], "until": day_text(until)}
            owing.tell_parties(thing, stillnotices.STANDS_STILL, hand.at, **told)
            said = {"reason": reason, "cause": why.value, "until": end.isoformat()}
            owing.keep(hand, thing, "hold_still", **said)


def _told(thing: Matter, cause: Cause) -> Cause:
    """Return what is told and kept: of a seller who is protected nothing that could say where it is."""
    seller = market.seller(thing.thread.seller_ref if isinstance(thing, Trouble) else thing.seller_ref)
    return Cause.OTHER if seller and seller.contact.protected else cause


def _chosen(hand: Hand, numbers: str) -> Iterator[tuple[str, Matter]]:
    """Yield the matters behind case numbers with spaces, commas or lines between; each must be one that can stand still."""
    if hand.role not in HEADS:
        raise StepNotYours(step=STEP, roles=Text("責任者と法務担当", "leads and counsel"))
    named = dict.fromkeys(NUMBERS.findall(numbers))
    if not 0 < len(named) <= AT_ONCE:
        raise StandstillUnreadable()
    found: dict[str, str] = {}
    for number in named:
        case = cases.by_number(number)
        if case is None or case.closed_at is not None:
            raise CannotStandStill(number=number)
        found[case.about] = number
    for about, number in sorted(found.items()):  # locked in one order, whoever names them
        thing = owing.find(hand, about)
        if thing is None or (isinstance(thing, Trouble) and thing.in_danger):
            raise CannotStandStill(number=number)
        yield about, thing

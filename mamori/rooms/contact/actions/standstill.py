"""What moves due moments: cases that stand still until a day, closing days that a seller declares, and a changed calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from mamori.grammar.actor import HEADS, Actor
from mamori.grammar.businesstime import day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.japan import written
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.deadlines import ANSWER, FORMAL_ANSWER, HEARING, QUESTION_ANSWER, RESOLUTION
from mamori.rooms.contact import notices, owing, standstill
from mamori.rooms.contact.finding import NothingHere, seller_of
from mamori.rooms.contact.models import SellerClosing, Standstill, Trouble
from mamori.rooms.contact.owing import OF_PROPOSAL, Matter
from mamori.rooms.contact.rules.standstill import CAUSES, LONGEST, Cause, end_of

# Cases that stand still until a day: chosen, with another day for longer or shorter, by those who answer for it.


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


def hold_still(actor: Actor, *, cases: str, cause: Cause, until: date, reason: str) -> None:
    """Let these cases stand still to the end of a day, after which they run on by themselves; both sides are told.

    With another day one that stands still does so for longer, or shorter.
    """
    reason, end = written.reasoned(reason), end_of(until, at=actor.at, zone=JAPAN)
    if end is None:
        raise StandstillUnreadable()
    with memory.act():
        for name, thing in _chosen(actor, cases):
            now, why = standstill.of_case(name, actor.at), _shown(thing, cause)
            if now is not None and (now.until, now.cause) == (end, why):
                continue
            lasts = {"cause": why, "began_at": now.began_at if now else actor.at, "until": end}
            one, _ = Standstill.objects.update_or_create(about=name, defaults=lasts)
            memory.put(standstill.STANDSTILLS, name, one)
            owing.stand(thing, one, actor.at)
            told = {"why": CAUSES[why], "until": day_text(until)}
            owing.notify_parties(thing, notices.STANDS_STILL, actor.at, **told)
            said = {"reason": reason, "cause": why.value, "until": end.isoformat()}
            owing.keep(actor, thing, "hold_still", **said)


def _shown(thing: Matter, cause: Cause) -> Cause:
    """Return what is told and kept: of a seller who is protected nothing that could say where it is."""
    seller = market.seller(thing.thread.seller_ref if isinstance(thing, Trouble) else thing.seller_ref)
    return Cause.OTHER if seller and seller.contact.protected else cause


def _chosen(actor: Actor, numbers: str) -> Iterator[tuple[str, Matter]]:
    """Yield the matters behind case numbers with spaces, commas or lines between; each must be one that can stand still."""
    if actor.role not in HEADS:
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
        thing = owing.find(actor, about)
        if thing is None or (isinstance(thing, Trouble) and thing.in_danger):
            raise CannotStandStill(number=number)
        yield about, thing


TOLD = (
    frozenset({ANSWER.code, RESOLUTION.code, QUESTION_ANSWER.code, HEARING.code, FORMAL_ANSWER.code})
    | OF_PROPOSAL
)


def move_deadline(
    actor: Actor, *, about: str, clock: str, old_due_at: datetime, new_due_at: datetime
) -> None:
    """Follow a due moment that moved, and tell those whom it binds.

    Matters of other rooms are passed over, and so is a clock that was stopped or moved again meanwhile.
    """
    moved = {"old": spoken(old_due_at), "new": spoken(new_due_at)}
    with memory.act():
        thing = owing.find(actor, about)
        if thing is None or not _still_runs(about, clock, new_due_at):
            return
        owing.follow(thing, clock, new_due_at, actor.at)
        if clock in TOLD:
            owing.notify_parties(thing, notices.MOVED, actor.at, **moved)
        owing.keep(actor, thing, "move_deadline", clock=clock, **_moments(old_due_at, new_due_at))


def _moments(old: datetime, new: datetime) -> dict[str, str]:
    return {"old_due_at": old.isoformat(), "new_due_at": new.isoformat()}


def _still_runs(about: str, clock: str, due_at: datetime) -> bool:
    return any(c.kind == clock and c.due_at == due_at for c in clock_facts.open_clocks(about))


CLOSED_AT_ONCE = 31
"""For so many days in a row a shop may say that it is closed."""


class ClosingUnreadable(Refusal, code="closing-unreadable", status=422):
    """Given when closing days run backwards, lie behind us, or far ahead."""

    text = Text(
        "休業日は、今日から1年以内の日付を、始まりの日から順に、{most}日間までで入力してください。",
        "Please give closing days within a year from today, the first day first, at most {most} days.",
    ).fill(most=CLOSED_AT_ONCE)


def declare_closing(actor: Actor, *, first: date, last: date) -> int:
    """Let a seller say on which days, both included, it is closed; return the entry's id."""
    seller_ref, today = seller_of(actor), actor.at.astimezone(JAPAN).date()
    if not today <= first <= last <= today + timedelta(days=365) or (last - first).days >= CLOSED_AT_ONCE:
        raise ClosingUnreadable()
    with memory.act():
        row = SellerClosing.objects.create(
            seller_ref=seller_ref, first=first, last=last, declared_at=actor.at
        )
        _record_closing(actor, row, "declare_closing")
    return row.pk


def withdraw_closing(actor: Actor, *, closing: int) -> None:
    """Take closing days back: clocks that already leave them out keep their moments."""
    with memory.act():
        row = (
            SellerClosing.objects.select_for_update()
            .filter(pk=closing, seller_ref=seller_of(actor), withdrawn_at__isnull=True)
            .first()
        )
        if row is None:
            raise NothingHere()
        row.withdrawn_at = actor.at
        row.save(update_fields=("withdrawn_at",))
        _record_closing(actor, row, "withdraw_closing")


def _record_closing(actor: Actor, row: SellerClosing, verb: str) -> None:
    ledger.record(
        actor,
        kind=f"contact.{verb}",
        subject=f"seller:{row.seller_ref}",
        about=f"contact.closing:{row.pk}",
        payload={"first": row.first.isoformat(), "last": row.last.isoformat()},
    )

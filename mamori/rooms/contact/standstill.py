"""Standing still in motion: closing days that a clock leaves out from its start, and clocks stopped for a struck region."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from mamori.grammar.businesstime import Duration, Hours, Pause, add, elapsed
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.japan.prefectures import PREFECTURES, prefecture_of
from mamori.law.settings import CLOSINGS_LEAVE, CLOSINGS_MOST, CLOSINGS_NOTICE
from mamori.rooms.contact.models import Formal, SellerClosing, Suspension, Thread
from mamori.rooms.contact.rules.standstill import (
    BUYERS_CLOCKS,
    CAUSES,
    CLOSED,
    Cause,
    Closing,
    counted_closings,
    cut,
    is_grave,
    stopped,
)
from mamori.rooms.contact.topics import Harm, Topic


def areas_of(*, seller_ref: str, buyer_ref: str) -> dict[str, str]:
    """Return the prefectures of both registered addresses, as a thread keeps them.

    Of a seller who is protected none is kept: a clock that stands still would tell the buyer in which region it is.
    """
    seller, buyer = market.seller(seller_ref), market.buyer(buyer_ref)
    return {
        "seller_area": prefecture_of(seller.contact.address)
        if seller and not seller.contact.protected
        else "",
        "buyer_area": prefecture_of(buyer.contact.address) if buyer else "",
    }


def closing_pauses(thread: Thread, harm: Harm | None, at: datetime) -> tuple[Pause, ...]:
    """Return the seller's closing days that an answer's clock started at `at` leaves out."""
    today = at.astimezone(JAPAN).date()
    rows = SellerClosing.objects.filter(
        seller_ref=thread.seller_ref, last__gte=today, declared_at__lte=at, withdrawn_at__isnull=True
    )
    closings = [
        Closing(first=row.first, last=row.last, declared_on=row.declared_at.astimezone(JAPAN).date())
        for row in rows
    ]
    if not closings:
        return ()
    most, notice = terms.settings(CLOSINGS_MOST, CLOSINGS_NOTICE, at=at)
    calendar = clock_facts.calendar()
    latest = max(closing.last for closing in closings)
    ahead = (today + timedelta(days=n) for n in range((latest - today).days + 1))
    days = counted_closings(
        closings,
        opened_on=today,
        notice=notice,
        most=most,
        open_days={day for day in ahead if calendar.why_closed(day) is None},
        grave=is_grave(Topic(thread.topic), harm),
    )
    midnights = (datetime(day.year, day.month, day.day, tzinfo=JAPAN) for day in days)
    return tuple(Pause(begin, begin + timedelta(days=1), CLOSED) for begin in midnights)


def in_time(
    pauses: tuple[Pause, ...], *, since: datetime, duration: Duration, solution: datetime
) -> tuple[Pause, ...]:
    """Return the pauses by which an answer moves no nearer to the solution than the operator's hours."""
    calendar, leave = clock_facts.calendar(), terms.setting(CLOSINGS_LEAVE, at=since)
    spare = elapsed(add(since, duration, calendar).at, solution, calendar) - timedelta(hours=leave)
    return cut(
        pauses,
        since=since,
        spare=max(spare, timedelta()),
        calendar=calendar,
        whole=not isinstance(duration, Hours),
    )


def in_force() -> list[Suspension]:
    """Return the suspensions in force, those that stop most first."""
    return list(Suspension.objects.filter(ended_at__isnull=True).order_by("-with_resolution", "id"))


def covering(area: str, among: list[Suspension]) -> Suspension | None:
    """Return the first of these suspensions that covers a prefecture, or nothing."""
    return next((one for one in among if area in one.areas.split(",")), None)


def hold_still(placed: Thread | Formal, name: str) -> int:
    """Stop what runs on a matter whose region is struck, from the moment it was struck; return how many clocks."""
    among = in_force() if placed.seller_area or placed.buyer_area else []
    return sum(
        clocks.pause(about=name, at=one.began_at, reason=cause_of(one), kind=kind)
        for one, kinds in _stopping(placed, among)
        for kind in kinds
    )


def let_run(placed: Thread | Formal, name: str, at: datetime) -> dict[str, tuple[datetime, datetime]]:
    """Let what no suspension stops any longer run on; return old and new due moment of each clock that moved, by kind."""
    still = {kind for _, kinds in _stopping(placed, in_force()) for kind in kinds}
    before = {clock.kind: clock.due_at for clock in clock_facts.open_clocks(name) if clock.paused_since}
    for kind in before.keys() - still:
        clocks.resume(about=name, at=at, kind=kind)
    after = {clock.kind: clock.due_at for clock in clock_facts.open_clocks(name) if not clock.paused_since}
    return {kind: (due, after[kind]) for kind, due in before.items() if kind in after}


def recorded(moved: Mapping[str, tuple[datetime, datetime]]) -> dict[str, str]:
    """Return what the record says of clocks that run on: by kind, when each is due now."""
    return {clock.replace(".", "_"): due.isoformat() for clock, (_, due) in moved.items()}


def still_kinds(name: str) -> set[str]:
    """Return the kinds of a matter's clocks that stand still."""
    return {clock.kind for clock in clock_facts.open_clocks(name) if clock.paused_since}


def still(placed: Thread | Formal) -> Mapping[str, Text]:
    """Return which kinds of clocks stand still where a matter's parties are, and why."""
    among = in_force() if placed.seller_area or placed.buyer_area else []
    return {kind: cause_of(one) for one, kinds in reversed(_stopping(placed, among)) for kind in kinds}


def _stopping(placed: Thread | Formal, among: list[Suspension]) -> list[tuple[Suspension, tuple[str, ...]]]:
    sellers, buyers = covering(placed.seller_area, among), covering(placed.buyer_area, among)
    found = [(sellers, stopped(with_resolution=sellers.with_resolution))] if sellers else []
    return [*found, (buyers, BUYERS_CLOCKS)] if buyers else found


def reason_for(party: str, one: Suspension, placed: Thread | Formal) -> Text:
    """Say to a party why clocks stand still, and where only if it lives there: nobody learns where the other side is."""
    area = placed.buyer_area if party.startswith("buyer:") else placed.seller_area
    return reason_of(one) if area in one.areas.split(",") else cause_of(one)


def reason_of(one: Suspension) -> Text:
    """Say why clocks stand still, and where: to staff, and to who lives there."""
    where = [PREFECTURES[area] for area in one.areas.split(",")]
    cause = cause_of(one)
    return Text(
        f"{cause.ja}（{'・'.join(text.ja for text in where)}）",
        f"{cause.en} ({', '.join(text.en for text in where)})",
    )


def cause_of(one: Suspension) -> Text:
    """Say why clocks stand still and not where, as a clock keeps it: both sides read how its time was counted."""
    return CAUSES[Cause(one.cause)]

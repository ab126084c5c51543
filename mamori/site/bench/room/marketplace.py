"""What the marketplace answers about the buyer, and money that goes back on another way."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    HEARING,
    REMEDY_DECISION,
    RETURN_SENDING,
)
from mamori.rooms.contact.lifecycle import (
    RECOVERY,
    RecoveryState,
    RemedyState,
)
from mamori.site.bench.room.ending import end
from mamori.site.bench.room.offers import note_paid, reverse
from mamori.site.bench.room.state import Fault, NotNow, Room, trying


@trying
def market_answers(room: Room, did_it: bool) -> None:
    """Let the marketplace answer what it was asked about the buyer."""
    if not room.out:
        raise NotNow
    room.out, is_label = False, room.remedy is RemedyState.ORDERED
    if not did_it:
        room.turn("fail", Role.MACHINE)
        room.wait_for(*(() if room.fault is Fault.FORGET else (REMEDY_DECISION.code,)))
    elif is_label:
        room.turn("label", Role.MACHINE)
        room.wait_for(RETURN_SENDING.code)
    else:
        room.too_late |= room.recalled
        room.twice |= room.charged_back and not room.recalled
        room.turn("confirm", Role.MACHINE)
        end(room, "make_good", Role.MACHINE, mediation="exhaust")
        room.paid += room.granted
        room.refunded = min(room.given.price, room.refunded + room.granted)
        _open_recovery(room)


def _open_recovery(room: Room) -> None:
    if not room.given.recovers:
        room.borne += room.paid
    elif not room.given.accepted:
        room.recovery = RECOVERY.take("bear", RecoveryState.HEARING, Role.MACHINE)
        room.borne += room.paid
    else:
        room.recovery, room.most = RecoveryState.HEARING, min(room.paid, room.given.recovery_ceiling)
        room.clocks.add(HEARING.code)


@trying
def pay_back(room: Room, amount: int) -> None:
    """Let the seller give money back through the marketplace."""
    if not 1 <= amount <= room.given.price - room.refunded:
        raise NotNow
    room.refunded += amount
    room.elsewhere += amount
    _call_back(room)
    note_paid(room)


@trying
def charge_back(room: Room) -> None:
    """Let the card company give the money back."""
    if room.charged_back:
        raise NotNow
    room.charged_back = True
    _call_back(room)
    reverse(room)


def _call_back(room: Room) -> None:
    if room.out and (room.charged_back or room.given.price - room.refunded < room.granted):
        room.recalled = True

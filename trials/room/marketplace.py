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
from trials.room.ending import end
from trials.room.offers import note_all_back, note_paid, reverse
from trials.room.state import RECOVERY_CLOCKS, Fault, NotNow, Room, trying


@trying
def market_answers(room: Room, did_it: bool) -> None:
    """Let the marketplace answer what it was asked about the buyer."""
    if not room.out:
        raise NotNow
    room.out, is_label = False, room.remedy is RemedyState.ORDERED
    if not did_it:
        room.turn("fail", Role.MACHINE)
        room.wait_for(*(() if room.fault is Fault.FORGET else (REMEDY_DECISION.code,)))
        theirs, room.counted = room.granted if room.counted else 0, False
        room.elsewhere += theirs
        room.press_on()
        note_all_back(room)
        if theirs and not note_paid(room):
            note_all_back(room)
    elif is_label:
        room.turn("label", Role.MACHINE)
        room.wait_for(RETURN_SENDING.code)
    else:
        room.too_late |= room.recalled
        room.twice |= room.charged_back and not room.recalled
        room.turn("confirm", Role.MACHINE)
        end(room, "make_good", Role.MACHINE, mediation="exhaust")
        room.paid += room.granted
        room.before = room.before if room.counted else room.elsewhere
        if not room.counted or room.fault is Fault.COUNT:
            room.refunded += room.granted
        room.counted = False
        _open_recovery(room)
        _warn(room)


def _open_recovery(room: Room) -> None:
    most = min(max(0, room.paid - room.above), room.given.recovery_ceiling)
    if not room.given.recovers:
        room.borne += room.paid
    elif not room.given.accepted or not most:
        room.recovery = RECOVERY.take("bear", RecoveryState.HEARING, Role.MACHINE)
        room.borne += room.paid
    else:
        room.recovery, room.most = RecoveryState.HEARING, most
        room.clocks.add(HEARING.code)


@trying
def tell_total(room: Room) -> None:
    """Let the marketplace tell the order's total with our refund in it, before it confirms that."""
    if not room.out or room.remedy is not RemedyState.INSTRUCTED or room.counted or room.recalled:
        raise NotNow
    room.refunded, room.counted, room.before = room.refunded + room.granted, True, room.elsewhere


@trying
def pay_back(room: Room, amount: int) -> None:
    """Let the seller give money back through the marketplace, on top of what the operator gave too."""
    if not 1 <= amount <= room.given.price - room.elsewhere:
        raise NotNow
    room.refunded += amount
    room.elsewhere += amount
    _call_back(room)
    if room.paid:
        _warn(room)
    if not note_paid(room):
        note_all_back(room)


def _warn(room: Room) -> None:
    """Tell a lead what the buyer has on top of what was paid, and recover so much less."""
    if not room.above or room.fault is Fault.QUIET:
        return
    room.warned, most = room.above, max(0, room.paid - room.above)
    if room.recovery not in (RecoveryState.HEARING, RecoveryState.HEARD) or most >= room.most:
        return
    room.most = most
    if not most:
        room.recovery = RECOVERY.take("bear", room.recovery, Role.MACHINE)
        room.clocks -= RECOVERY_CLOCKS
        room.borne += room.paid


@trying
def charge_back(room: Room) -> None:
    """Let the card company give the money back."""
    if room.charged_back:
        raise NotNow
    room.charged_back = True
    _call_back(room)
    reverse(room)


def _call_back(room: Room) -> None:
    left = room.left + (room.granted if room.counted else 0)
    if room.out and (room.charged_back or left < room.granted):
        room.recalled = True

"""The clock of a seller's answer to a formal notice stands still where a disaster has struck; its arrival never moves."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.japan.spoken import spoken
from mamori.law.deadlines import FORMAL_ANSWER
from mamori.rooms.contact import standstill, stillnotices
from mamori.rooms.contact.formal import notices as formalnotices
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.models import Suspension


def hold_formal(hand: Hand, *, formal: int, one: Suspension) -> None:
    """Let what runs on a notice of a struck region stand still; both sides are told when it is the answer."""
    found = formally.the_formal(hand, formal)
    name = formally.about(found)
    before = standstill.still_kinds(name)
    if not standstill.hold_still(found, name):
        return
    if FORMAL_ANSWER.code in standstill.still_kinds(name) - before:
        for party in formally.parties(found):
            why = standstill.reason_for(party, one, found)
            formally.tell(party, formalnotices.STANDS_STILL, found, hand.at, why=why)
    formally.keep(hand, found, "hold_still", suspension=one.pk)


def let_formal_run(hand: Hand, *, formal: int) -> None:
    """Let what no suspension stops any longer run on; both sides hear by when the answer is due now."""
    found = formally.the_formal(hand, formal)
    moved = standstill.let_run(found, formally.about(found), hand.at)
    if not moved:
        return
    if FORMAL_ANSWER.code in moved:
        _, due = moved[FORMAL_ANSWER.code]
        for party in formally.parties(found):
            formally.tell(party, stillnotices.RUNS_ON, found, hand.at, due=spoken(due))
    formally.keep(hand, found, "let_run", **standstill.recorded(moved))

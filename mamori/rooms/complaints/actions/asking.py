"""Somebody who may know is asked before a complaint is decided; when every answer is there, its days run anew."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.matters.performance import perform
from mamori.rooms.complaints.actions.matter import COMPLAINTS
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.enforcement import actions as enforcement
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.actions import ToClarify


def ask_around(hand: Hand, *, complaint: int, asked: ToClarify, version: int | None = None) -> None:
    """Ask the seller, the maker, the importer or the holder of a right; who reported is told to nobody of them."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        row = act.matter
        act.step("ask")
        number = enforcement.clarify(
            hand, about=about_complaint(row.pk), seller=row.seller_ref, listing=row.listing_ref, asked=asked
        )
        row.looked_at = row.looked_at or hand.at
        act.save("looked_at")
        act.record("ask", clarification=number, whom=asked.whom.value)


def hear_answers(hand: Hand, *, complaint: int) -> None:
    """Go on with it once nothing that was asked waits for an answer: its days run anew since the last one, if there was any."""
    with perform(hand, COMPLAINTS, complaint) as act:
        if act.matter.state != ComplaintState.ASKING or facts.awaited_of(about_complaint(complaint)):
            return
        act.step("hear")
        act.matter.heard_at = facts.last_answer(about_complaint(complaint))
        act.save("heard_at")
        act.record("hear")

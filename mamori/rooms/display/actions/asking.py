"""Sellers who never wrote a display are told that one will be asked for, then asked; or asked no more."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.deadlines import DISPLAY_NOTICE
from mamori.law.display import DISPLAY_REQUIRED
from mamori.rooms.display import notices
from mamori.rooms.display.actions.displays import ask_what_is_missing
from mamori.rooms.display.actions.matter import DISPLAYS, about
from mamori.rooms.display.actions.proofs import follow_contacts
from mamori.rooms.display.events import AskingGoesOn
from mamori.rooms.display.facts import is_of_business
from mamori.rooms.display.lifecycle import DisplayState
from mamori.rooms.display.models import Display
from mamori.rooms.display.queries import versions

AT_A_TIME = 20


def follow_asking(hand: Hand, *, after: str = "") -> None:
    """Ask the next sellers for the display that they never wrote, and the proof of contacts, as the operator says by now."""
    with memory.act():
        sellers = market.selling(after=after, limit=AT_A_TIME)
        for seller_ref in sellers:
            follow_unwritten(hand, seller_ref=seller_ref)
            follow_contacts(hand, seller_ref=seller_ref)
        if len(sellers) == AT_A_TIME:
            outbox.publish(AskingGoesOn(subject="display.asking:", after=sellers[-1]), at=hand.at)


def follow_unwritten(hand: Hand, *, seller_ref: str) -> None:
    """Tell a seller who wrote no display that one will be asked for; where none is asked any more, let it be."""
    seller, row = market.seller(seller_ref), Display.objects.filter(pk=seller_ref).first()
    if seller is None or (row is not None and (row.closed_at or versions.newest_public(seller_ref))):
        return
    wanted = not seller.erased and is_of_business(seller) and terms.setting(DISPLAY_REQUIRED, at=hand.at)
    was_asked = row is not None and row.asked_at is not None
    if wanted and not was_asked:
        _ask(hand, seller_ref)
    elif was_asked and not wanted:
        _unask(hand, seller_ref)


def require_display(hand: Hand, *, seller_ref: str) -> None:
    """Ask for a display: the time of notice is over, and all that the law asks for is missing."""
    with perform(hand, DISPLAYS, seller_ref) as act:
        if act.matter.state == DisplayState.UNWRITTEN and act.matter.asked_at is not None:
            ask_what_is_missing(act)
            act.record("require")


def _ask(hand: Hand, seller_ref: str) -> None:
    with perform(hand, DISPLAYS, seller_ref) as act:
        act.matter.asked_at = hand.at
        act.save("asked_at")
        outbox.tell(
            to=f"seller:{seller_ref}",
            template=notices.ASKED,
            values={"due": spoken(due(Runs(DISPLAY_NOTICE, since=hand.at)))},
            about=about(seller_ref),
            at=hand.at,
        )
        act.record("ask")


def _unask(hand: Hand, seller_ref: str) -> None:
    with perform(hand, DISPLAYS, seller_ref) as act:
        one = act.matter
        act.step("unask")
        one.asked_at = one.look_since = one.lacking_since = one.checked_at = None
        one.faults = []
        act.save("asked_at", "look_since", "lacking_since", "checked_at", "faults")
        act.record("unask")

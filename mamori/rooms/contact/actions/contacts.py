"""Staff seeing how a party can be reached: for a reason, and recorded before it is shown."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases.facts import case_of
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import Contact
from mamori.rooms.contact import keeping, words
from mamori.rooms.contact.finding import NothingHere, the_thread


def see_contact(hand: Hand, *, thread: int, whose: Role, reason: str) -> Contact:
    """Return how the buyer or the seller of a thread can be reached; the look is recorded, the details are not.

    :raises NothingHere: when the thread is not there for this hand, or nothing is known of the party.
    """
    reason = words.reasoned(reason)
    if not hand.is_staff:
        raise NothingHere()
    with memory.act():
        found = the_thread(hand, thread)
        person = market.buyer(found.buyer_ref) if whose is Role.BUYER else market.seller(found.seller_ref)
        assert person is not None, "a thread stands between people who were known"
        before = case_of(keeping.about(found)).attention or ""  # a look clears nothing
        keeping.keep(hand, found, "see_contact", attention=before, reason=reason, whose=whose.value)
        return person.contact

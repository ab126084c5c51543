"""A formal notice that has arrived: answered by the seller, followed until it is settled; nobody here says who is right."""

from __future__ import annotations

from mamori.grammar.businesstime import span_words
from mamori.grammar.hand import SELLERS, Hand, Role
from mamori.ground.declared import memory
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import FORMAL_REVIEW
from mamori.law.grounds import PARTY_SHARE
from mamori.rooms.contact import formally, formalnotices, words
from mamori.rooms.contact.actions.formal_settling import ended
from mamori.rooms.contact.actions.reading import AlreadyShared, WordsNotShared
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formally import Reply
from mamori.rooms.contact.lifecycle.formal import FORMAL, FormalState

PARTIES = SELLERS | {Role.BUYER}


def go_along(hand: Hand, *, formal: int, said: str = "") -> None:
    """Take the seller's word that it goes along with the notice, with what happens next where it says so."""
    _reply(hand, formal, "go_along", words.optional(said))


def dispute(hand: Hand, *, formal: int, said: str) -> None:
    """Take the seller's word that it disputes the notice, with the reason; the notice stays what it is."""
    _reply(hand, formal, "dispute", words.answering(said))


def _reply(hand: Hand, formal: int, step: str, said: str) -> None:
    with memory.act():
        found = formally.the_formal(hand, formal)
        was_open = found.state == FormalState.ARRIVED
        found.state = FORMAL.take(step, FormalState(found.state), hand.role)
        found.replied_at = hand.at
        if was_open:
            found.followed_at = hand.at
        found.save(update_fields=("state", "replied_at", "followed_at"))
        formally.add_reply(found, step, said, hand.at)
        formally.tell(f"buyer:{found.buyer_ref}", formalnotices.ANSWERED, found, hand.at)
        formally.keep(hand, found, f"{step}_formal", words_sha256=words.digest(said) if said else "")


def miss_formal(hand: Hand, *, formal: int) -> None:
    """Note that the seller has not answered: it is told again, the buyer hears of other roads, a lead is told."""
    with memory.act():
        found = formally.the_formal(hand, formal)
        found.state = FORMAL.take("miss", FormalState(found.state), hand.role)
        found.followed_at = hand.at
        found.save(update_fields=("state", "followed_at"))
        formally.tell(f"seller:{found.seller_ref}", formalnotices.UNANSWERED, found, hand.at)
        formally.tell(f"buyer:{found.buyer_ref}", formalnotices.ROADS, found, hand.at)
        formally.tell("lead", formalnotices.MISSED, found, hand.at)
        formally.keep(hand, found, "miss_formal")


def review_formal(hand: Hand, *, formal: int) -> None:
    """Ask the buyer what became of it; when nothing is heard a second time, let it rest.  The notice stays what it is."""
    with memory.act():
        found = formally.the_formal(hand, formal)
        if found.asked_at is not None:
            ended(hand, found, "rest", "rest_formal")
            return
        found.asked_at = hand.at
        found.save(update_fields=("asked_at",))
        days = span_words(terms.duration(FORMAL_REVIEW, at=hand.at))
        formally.tell(f"buyer:{found.buyer_ref}", formalnotices.ASKED, found, hand.at, days=days)
        formally.keep(hand, found, "review_formal")


def share_formal(hand: Hand, *, formal: int) -> None:
    """Let a party show the notice's words, and the answers, to the centre; it is that party's own act."""
    with memory.act():
        found = formally.the_formal(hand, formal)
        if hand.role not in PARTIES:
            raise NothingHere()
        if found.shared_at is not None:
            raise AlreadyShared()
        found.shared_at = hand.at
        found.save(update_fields=("shared_at",))
        formally.keep(hand, found, "share_formal")


def look_formal(hand: Hand, *, formal: int) -> tuple[str | None, tuple[Reply, ...]]:
    """Show staff the notice's text and each of the seller's answers, once a party has shared them; the look is recorded first."""
    with memory.act():
        found = formally.the_formal(hand, formal)
        if not hand.is_staff:
            raise NothingHere()
        if found.shared_at is None:
            raise WordsNotShared(ground=PARTY_SHARE.title)
        formally.keep(hand, found, "look_formal", ground=PARTY_SHARE.code)
        return formally.read(found), formally.replies(found)

"""A question before purchase: an answer clock of its own, and no resolution clock."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.japan.spoken import spoken
from mamori.rooms.contact import danger, keeping, notices, pace, questionnotices, words
from mamori.rooms.contact.events import QuestionAsked
from mamori.rooms.contact.finding import buyer_of, the_thread
from mamori.rooms.contact.lifecycle import THREAD, ThreadState
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.own_goods import refuse_own
from mamori.rooms.contact.topics import TOPICS, Topic


class NoSuchListing(Refusal, code="no-such-listing", status=404):
    """Given when the listing is not known."""

    text = Text(
        "商品「{ref}」は見つかりません。商品ページから開き直してください。",
        "There is no listing “{ref}”. Please open it again from the product page.",
    )


class TroubleNotClosedSo(Refusal, code="close-the-trouble", status=409):
    """Given when a thread with a trouble is to be closed as if it were a question."""

    text = Text(
        "困りごとのやり取りです。「解決した」または「取り下げる」をお選びください。",
        "This thread is about a trouble. Please choose “solved” or “withdraw”.",
    )


def ask_question(hand: Hand, *, listing_ref: str, topic: Topic, said: str) -> int:
    """Open a thread about a listing and return its id."""
    buyer_ref, said = buyer_of(hand), words.checked(said)
    listing = market.listing(listing_ref)
    if listing is None:
        raise NoSuchListing(ref=listing_ref)
    refuse_own(buyer_ref=buyer_ref, seller_ref=listing.seller_ref)
    with memory.act():
        pace.check_opening(hand, f"shop:{listing.seller_ref}")
        thread = Thread.objects.create(
            topic=topic,
            buyer_ref=buyer_ref,
            seller_ref=listing.seller_ref,
            listing_ref=listing_ref,
            opened_at=hand.at,
            last_at=hand.at,
            answer_due_at=hand.at,
        )
        name = keeping.enter("question", thread, thread, hand.at)
        due = thread.answer_due_at = keeping.start_answer(thread, None, name, hand.at)
        thread.save(update_fields=("answer_due_at",))
        about = {"topic": TOPICS[topic], "due": spoken(due)}
        keeping.tell(f"buyer:{buyer_ref}", questionnotices.RECEIVED, thread, hand.at, **about)
        keeping.tell(f"seller:{listing.seller_ref}", notices.INQUIRY, thread, hand.at, **about)
        danger.tell_of_question(thread, said, hand.at)
        asked = keeping.news(QuestionAsked, thread, answer_due_at=due)
        said_so = words.add(hand, thread, said)
        keeping.keep(hand, thread, "ask_question", asked, **said_so, listing_ref=listing_ref)
    return thread.pk


def close_thread(hand: Hand, *, thread: int) -> None:
    """Close a question."""
    with memory.act():
        found = the_thread(hand, thread)
        if keeping.trouble_of(found):
            raise TroubleNotClosedSo()
        found.state = THREAD.take("close", ThreadState(found.state), hand.role)
        found.closed_at, found.answer_due_at = hand.at, None
        found.save(update_fields=("state", "closed_at", "answer_due_at"))
        clocks.stop(about=keeping.about(found), at=hand.at, why="thread:close")
        keeping.keep(hand, found, "close_thread")

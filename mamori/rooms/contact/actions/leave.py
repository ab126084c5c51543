"""How a party can be reached: what the buyer lets the seller have, and what staff may see, for a reason and recorded first."""

from __future__ import annotations

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases.facts import case_of
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import Contact
from mamori.japan import written
from mamori.rooms.contact import keeping, leave, notices, pace
from mamori.rooms.contact.finding import NothingHere, buyers_thread, the_thread
from mamori.rooms.contact.leave import WAYS, Way
from mamori.rooms.contact.models import HOLDS, Leave


class DetailUnusable(Refusal, code="detail-unusable", status=422):
    """Given when what was filled in cannot be a telephone number or a mail address."""

    text = Text(
        "{way}として読めません。もう一度ご確認ください（例：090-1234-5678、name@example.jp）。",
        "This cannot be read as it stands ({way}). Please look at it again (such as 090-1234-5678 or name@example.jp).",
    )


class ThreadEnded(Refusal, code="thread-ended", status=409):
    """Given when something would be added to a conversation that has ended."""

    text = Text(
        "このやり取りは終わっています。まだお困りのときは、同じ注文からもう一度お知らせください。",
        "This conversation has ended. If something is still wrong, please report it again from the same order.",
    )


def let_contact(actor: Actor, *, thread: int, way: Way, detail: str) -> None:
    """Let the seller have just this detail; one that was given before no longer holds."""
    usable = leave.plain(way, detail)
    if not usable:
        raise DetailUnusable(way=WAYS[way])
    with memory.act():
        found = buyers_thread(actor, thread)
        if found.closed_at is not None:
            raise ThreadEnded()
        if any(held.way is way and held.detail == usable for held in leave.held(found)):
            return
        pace.check_message(actor, found)
        Leave.objects.filter(HOLDS, thread=found, way=way).update(ended_at=actor.at)
        leave.seal(found, way, usable, actor.at).save(force_insert=True)
        keeping.notify(f"seller:{found.seller_ref}", notices.CONTACT_LET, found, actor.at, way=WAYS[way])
        keeping.keep(actor, found, "let_contact", way=way.value)


def end_contact(actor: Actor, *, thread: int, way: Way) -> None:
    """Take it back: from now on the seller is shown it no more."""
    with memory.act():
        found = buyers_thread(actor, thread)
        if Leave.objects.filter(HOLDS, thread=found, way=way).update(ended_at=actor.at):
            keeping.notify(
                f"seller:{found.seller_ref}", notices.CONTACT_ENDED, found, actor.at, way=WAYS[way]
            )
            keeping.keep(actor, found, "end_contact", way=way.value)


def see_contact(actor: Actor, *, thread: int, whose: Role, reason: str) -> Contact:
    """Return how the buyer or the seller of a thread can be reached; the look is recorded, the details are not."""
    reason = written.reasoned(reason)
    if not actor.is_staff:
        raise NothingHere()
    with memory.act():
        found = the_thread(actor, thread)
        person = market.buyer(found.buyer_ref) if whose is Role.BUYER else market.seller(found.seller_ref)
        assert person is not None, "a thread stands between people who were known"
        before = case_of(keeping.about(found)).attention or ""  # a look clears nothing
        keeping.keep(actor, found, "see_contact", attention=before, reason=reason, whose=whose.value)
        return person.contact

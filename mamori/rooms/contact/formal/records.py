"""What every action on a formal notice ends with, and where its words lie: sealed, each side's with its own key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.formal import FormalNotice, Sold
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.casekinds import Lead
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.matters.settlement import settle
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import FORMAL_ANSWER
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact import keeping, standstill
from mamori.rooms.contact.events import FormalArrived, FormalEnded
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.formal.lifecycle import FORMAL, FormalState
from mamori.rooms.contact.formal.rules import Wish, of_formal
from mamori.rooms.contact.models import Formal, FormalReply, Thread
from mamori.rooms.contact.queries.goods import order_name
from mamori.rooms.contact.rules.owed import is_buyers_deed

NOTICES = {notice.code: notice for notice in FORMAL_NOTICES}


def about(formal: Formal) -> str:
    """Return the name under which clocks, acts and the case index know the notice."""
    return f"contact.formal:{formal.pk}"


def declared(formal: Formal) -> FormalNotice:
    """Return what kind of notice it is."""
    return NOTICES[formal.notice]


def ordered_on(order: OrderFact) -> date:
    """Return the day of the order in Japan."""
    return order.ordered_at.astimezone(JAPAN).date()


def wish_of(notice: str, order: OrderFact, **said: Any) -> Wish:
    """Return what a notice will be about, with what was `said` in it, so that its text can be shown before it is sent."""
    about_order: dict[str, Any] = {"order_ref": order.ref, "goods": order_name(order), "amount": order.amount}
    return Wish(notice=NOTICES[notice], ordered_on=ordered_on(order), **about_order, **said)


def sold(seller_ref: str, order: OrderFact | None = None) -> Sold:
    """Return what is known of a sale of this seller's: of an order, what was sold by whom at that time.

    Where nobody told whether the seller was a business then, what is said of it today holds.
    """
    seller = market.seller(seller_ref)
    if seller is None:
        return Sold()
    then = seller.was_private(order.ordered_at) if order else None
    if order and order.sold_as:
        then = order.sold_as is market.SoldAs.INDIVIDUAL
    listings = market.listings([item.listing for item in order.items]) if order else {}
    kinds = frozenset(one.nature.value if one.nature else "" for one in listings.values())
    return Sold(private=seller.contact.private if then is None else then, kinds=kinds)


def parties(formal: Formal) -> tuple[str, str]:
    """Return its buyer and its seller, as notices name them."""
    return f"buyer:{formal.buyer_ref}", f"seller:{formal.seller_ref}"


def the_formal(actor: Actor, formal: int) -> Formal:
    """Return the notice, locked."""
    found = Formal.objects.select_for_update().filter(pk=formal).first()
    if found is None or not is_party(actor, buyer_ref=found.buyer_ref, seller_ref=found.seller_ref):
        raise NothingHere()
    return found


def answer_clocks(names: Iterable[str]) -> dict[str, ClockFact]:
    """Return the clock of the seller's answer of each of these notices that is not answered."""
    return {clock.about: clock for clock in clock_facts.open_of(names, kinds=(FORMAL_ANSWER.code,))}


def number_of(formal: int) -> str:
    """Return the number that people use for the notice."""
    return case_facts.case_of(f"contact.formal:{formal}").number


def enter(formal: Formal) -> None:
    """Enter the notice into the case index: its kind is there, its words never."""
    title, seller = declared(formal).title, market.seller(formal.seller_ref)
    cases.open(
        kind="contact.formal",
        about=about(formal),
        title=title.ja,
        buyer_ref=formal.buyer_ref,
        seller_ref=formal.seller_ref,
        order_ref=formal.order_ref,
        at=formal.arrived_at,
        subject=f"seller:{formal.seller_ref}",
        called=f"{title.en} {seller.name if seller else ''}",
    )


def keep(
    actor: Actor,
    formal: Formal,
    verb: str,
    *events: Event,
    ground: str = "",
    reason: str = "",
    **payload: Any,
) -> int:
    """Record the act, publish the events, refresh the case; return the act's number."""
    name = about(formal)
    act = ledger.record(
        actor,
        kind=f"contact.{verb}",
        subject=f"buyer:{formal.buyer_ref}",
        about=name,
        ground=ground,
        reason=reason,
        payload={"state": formal.state, "notice": formal.notice, **payload},
    )
    for event in events:
        outbox.publish(event, at=actor.at)
    if is_buyers_deed(actor.role, taken_down="through" in payload):
        # It is a word in the trouble with the same order, too: nobody is silent there.
        running = Thread.objects.filter(
            order_ref=formal.order_ref, buyer_ref=formal.buyer_ref, trouble__closed_at__isnull=True
        )
        for thread in running.filter(trouble__isnull=False).select_related("trouble"):
            keeping.note_heard(actor.at, thread)
    should = standstill.left_out(of_formal(formal), name, actor.at)
    settled = settle({name: should}, at=actor.at, why=verb)
    cases.update(
        about=name,
        state=formal.state,
        lead=_unanswered(formal, name) or settled.lead(),
        closed_at=formal.closed_at,
        attention=next((one.what for one in settled.asked[name]), None),
    )
    return act


def _unanswered(formal: Formal, name: str) -> Lead | None:
    """Return the answer that the seller owes since it was due, until the notice is over."""
    if formal.state != FormalState.UNANSWERED:
        return None
    fired = (one for one in clock_facts.rung(name) if one.kind == FORMAL_ANSWER.code)
    return next((Lead(one.kind, one.due_at) for one in fired), None)


def news[E: FormalArrived | FormalEnded](kind: type[E], formal: Formal, **values: Any) -> E:
    """Make an event about the notice."""
    name = about(formal)
    return kind(
        subject=name,
        case=case_facts.case_of(name).number,
        formal=formal.pk,
        notice=formal.notice,
        seller_ref=formal.seller_ref,
        **values,
    )


def notify(to: str, template: Template, formal: Formal, at: datetime, **values: Any) -> None:
    """Write a notice for a party or the lead: number and kind are always in it, words never."""
    name = about(formal)
    known = {"number": case_facts.case_of(name).number, "what": declared(formal).title}
    outbox.notify(to=to, template=template, values=known | values, about=name, at=at)


def seal(formal: Formal, words: str) -> bytes:
    """Seal the notice's text with the buyer's key."""
    subject, _ = parties(formal)
    return sealing.seal(
        subject=subject, place=Place("contact_formal", formal.pk, "sealed"), plain=words.encode()
    )


def read(formal: Formal) -> str | None:
    """Open the text; None where the buyer's key was destroyed."""
    return _opened(parties(formal)[0], Place("contact_formal", formal.pk, "sealed"), formal.sealed)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the seller: what it did ("" where that is not known any more), when, and its words, if it has any."""

    step: str
    at: datetime
    words: str | None

    @property
    def title(self) -> Text:
        """Return what the answer says, in the words of its step."""
        return next((step.text for step in FORMAL.steps if step.name == self.step), _ANSWERED)


_ANSWERED = Text("答えた", "an answer")


def add_reply(formal: Formal, step: str, words: str, at: datetime) -> None:
    """Keep an answer beside those before it, its words sealed with the seller's key; the caller holds the notice locked."""
    number = formal.replies.count() + 1
    sealed = None
    if words:
        _, subject = parties(formal)
        sealed = sealing.seal(subject=subject, place=_reply_place(formal, number), plain=words.encode())
    FormalReply.objects.create(formal=formal, number=number, step=step, sealed=sealed, at=at)


def replies(formal: Formal) -> tuple[Reply, ...]:
    """Return each answer of the seller, the oldest first."""
    _, subject = parties(formal)
    return tuple(
        Reply(reply.step, reply.at, _opened(subject, _reply_place(formal, reply.number), reply.sealed))
        for reply in formal.replies.order_by("number")
    )


def _opened(subject: str, place: Place, sealed: bytes | memoryview[int] | None) -> str | None:
    plain = seals.opened(subject=subject, place=place, sealed=sealed)
    return plain.decode() if plain is not None else None


def _reply_place(formal: Formal, number: int) -> Place:
    """Return where an answer is sealed to: the first to the place that the only one had once."""
    return Place("contact_formal", formal.pk, "reply" if number == 1 else f"reply:{number}")

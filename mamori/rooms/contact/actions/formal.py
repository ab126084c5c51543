"""A buyer's formal notice: sent, answered by the seller, followed until it is settled; nobody here says who is right."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mamori.grammar.declaration import FormalNotice
from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Lang
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import facts as market
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken
from mamori.law.deadlines import FORMAL_ANSWER, FORMAL_REVIEW
from mamori.law.grounds import PARTY_SHARE
from mamori.rooms.contact import formally, formalnotices, keeping, standstill, words
from mamori.rooms.contact.actions.reading import AlreadyShared, WordsNotShared
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.events import FormalArrived, FormalEnded
from mamori.rooms.contact.finding import NothingHere, buyer_of
from mamori.rooms.contact.lifecycle.formal import FORMAL, FormalState
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.goods import order_name
from mamori.rooms.contact.rules.formal import Sender, Wish, composed

PARTIES = frozenset({Role.BUYER, Role.SELLER, Role.DELEGATE})


def wish_of(
    *,
    notice: FormalNotice,
    order: market.OrderFact,
    received_on: date | None = None,
    sender: Sender | None = None,
    reason: str = "",
) -> Wish:
    """Return what a notice will be about, so that its text can be shown before it is sent."""
    return Wish(
        notice=notice,
        order_ref=order.ref,
        goods=order_name(order),
        amount=order.amount,
        ordered_on=order.ordered_at.astimezone(JAPAN).date(),
        received_on=received_on,
        sender=sender,
        reason=reason,
    )


def send_formal(
    hand: Hand,
    *,
    notice: str,
    order_ref: str,
    received_on: date | None = None,
    sender: Sender | None = None,
    reason: str = "",
    lang: Lang = "ja",
) -> int:
    """Put a notice before the seller, untouched, and return its id; its arrival is `hand.at`.

    It is never held, hidden, looked at or refused for what it says; a second one about the same order arrives as well.

    :raises NoSuchOrder, TooManyWords, NothingHere: as their sentences say.
    """
    buyer_ref, reason = buyer_of(hand), words.optional(reason)
    order = market.order(order_ref)
    if order is None or order.buyer_ref != buyer_ref:
        raise NoSuchOrder(ref=order_ref)
    kind = formally.NOTICES[notice]
    wish = wish_of(notice=kind, order=order, received_on=received_on, sender=sender, reason=reason)
    text = composed(wish, lang)
    with transaction.atomic():
        formal = Formal.objects.create(
            notice=kind.code,
            buyer_ref=buyer_ref,
            seller_ref=order.seller_ref,
            order_ref=order_ref,
            received_on=received_on,
            sealed=b"",
            arrived_at=hand.at,
            **standstill.areas_of(seller_ref=order.seller_ref, buyer_ref=buyer_ref),
        )
        formal.sealed = formally.seal(formal, "sealed", text)
        formal.save(update_fields=("sealed",))
        formally.enter(formal)
        name = formally.about(formal)
        due = spoken(keeping.start(FORMAL_ANSWER, name, hand.at))
        if standstill.hold_still(formal, name):
            due = formalnotices.AFTER_DISASTER
        said = {"arrived": spoken(hand.at), "due": due}
        formally.tell(f"buyer:{buyer_ref}", formalnotices.SENT, formal, hand.at, **said)
        formally.tell(f"seller:{order.seller_ref}", formalnotices.ARRIVED, formal, hand.at, **said)
        arrived = _news(FormalArrived, formal, order_ref=order_ref, arrived_at=hand.at.isoformat())
        digest = {"words_sha256": words.digest(text)}
        formally.keep(hand, formal, "send_formal", arrived, arrived_at=hand.at.isoformat(), **digest)
    return formal.pk


def go_along(hand: Hand, *, formal: int, said: str = "") -> None:
    """Take the seller's word that it goes along with the notice, with what happens next where it says so.

    :raises NothingHere, StepNotOpen, StepNotYours, TooManyWords: as their sentences say.
    """
    _reply(hand, formal, "go_along", words.optional(said))


def dispute(hand: Hand, *, formal: int, said: str) -> None:
    """Take the seller's word that it disputes the notice, with the reason; the notice stays what it is.

    :raises NothingHere, StepNotOpen, StepNotYours, NoWords, TooManyWords: as their sentences say.
    """
    _reply(hand, formal, "dispute", words.checked(said))


def _reply(hand: Hand, formal: int, step: str, said: str) -> None:
    with transaction.atomic():
        found = formally.the_formal(hand, formal)
        found.state = FORMAL.take(step, FormalState(found.state), hand.role)
        found.reply = formally.seal(found, "reply", said) if said else None
        found.replied_at = hand.at
        found.save(update_fields=("state", "reply", "replied_at"))
        _follow(found, hand.at, "answered")
        formally.tell(f"buyer:{found.buyer_ref}", formalnotices.ANSWERED, found, hand.at)
        formally.keep(hand, found, f"{step}_formal", words_sha256=words.digest(said) if said else "")


def settle_formal(hand: Hand, *, formal: int) -> None:
    """Take the buyer's word that what followed from the notice is done.

    :raises NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    with transaction.atomic():
        found = formally.the_formal(hand, formal)
        _end(hand, found, "settle")
        formally.tell(f"seller:{found.seller_ref}", formalnotices.SETTLED, found, hand.at)


def miss_formal(hand: Hand, *, formal: int) -> None:
    """Note that the seller has not answered: it is told again, the buyer hears of other roads, a lead is told."""
    with transaction.atomic():
        found = formally.the_formal(hand, formal)
        found.state = FORMAL.take("miss", FormalState(found.state), hand.role)
        found.save(update_fields=("state",))
        _follow(found, hand.at, "missed")
        formally.tell(f"seller:{found.seller_ref}", formalnotices.UNANSWERED, found, hand.at)
        formally.tell(f"buyer:{found.buyer_ref}", formalnotices.ROADS, found, hand.at)
        formally.tell("lead", formalnotices.MISSED, found, hand.at)
        formally.keep(hand, found, "miss_formal", attention="formal-unanswered")


def review_formal(hand: Hand, *, formal: int, times: int) -> None:
    """Ask the buyer what became of it; when nothing is heard a second time, let it rest.  The notice stays what it is."""
    with transaction.atomic():
        found = formally.the_formal(hand, formal)
        if times > 1:
            _end(hand, found, "rest")
            return
        keeping.start(FORMAL_REVIEW, formally.about(found), hand.at, key=str(times + 1))
        formally.tell(f"buyer:{found.buyer_ref}", formalnotices.ASKED, found, hand.at)
        formally.keep(hand, found, "review_formal", times=times)


def share_formal(hand: Hand, *, formal: int) -> None:
    """Let a party show the notice's words, and the reply, to the centre; it is that party's own act.

    :raises AlreadyShared, NothingHere: as their sentences say.
    """
    with transaction.atomic():
        found = formally.the_formal(hand, formal)
        if hand.role not in PARTIES:
            raise NothingHere()
        if found.shared_at is not None:
            raise AlreadyShared()
        found.shared_at = hand.at
        found.save(update_fields=("shared_at",))
        formally.keep(hand, found, "share_formal")


def look_formal(hand: Hand, *, formal: int) -> tuple[str | None, str | None]:
    """Show staff the notice's text and the seller's reply, once a party has shared them; the look is recorded first.

    :raises WordsNotShared: when no party has.
    :raises NothingHere: when there is none, or the hand is not staff's.
    """
    with transaction.atomic():
        found = formally.the_formal(hand, formal)
        if not hand.is_staff:
            raise NothingHere()
        if found.shared_at is None:
            raise WordsNotShared(ground=PARTY_SHARE.title)
        formally.keep(hand, found, "look_formal", ground=PARTY_SHARE.code)
        return formally.read(found, "sealed"), formally.read(found, "reply")


def _follow(formal: Formal, at: datetime, why: str) -> None:
    """Let the clock of what became of it begin anew; the one that waited for an answer ends."""
    name = formally.about(formal)
    clocks.stop(about=name, at=at, why=why)
    keeping.start(FORMAL_REVIEW, name, at, key="1")


def _end(hand: Hand, formal: Formal, step: str) -> None:
    formal.state = FORMAL.take(step, FormalState(formal.state), hand.role)
    formal.closed_at = hand.at
    formal.save(update_fields=("state", "closed_at"))
    clocks.stop(about=formally.about(formal), at=hand.at, why=f"formal:{step}")
    formally.keep(hand, formal, f"{step}_formal", _news(FormalEnded, formal, state=formal.state))


def _news[E: FormalArrived | FormalEnded](kind: type[E], formal: Formal, **values: Any) -> E:
    name = formally.about(formal)
    return kind(
        subject=name,
        case=keeping.case_number(name),
        formal=formal.pk,
        notice=formal.notice,
        seller_ref=formal.seller_ref,
        **values,
    )

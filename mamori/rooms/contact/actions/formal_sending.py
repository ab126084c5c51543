"""A buyer's formal notice is sent, by the buyer or by telephone once its text was read out and confirmed: it has arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mamori.grammar.businesstime import day_text
from mamori.grammar.formal import FormalNotice
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken
from mamori.law.deadlines import FORMAL_ANSWER
from mamori.rooms.contact import formally, formalnotices, keeping, pace, words
from mamori.rooms.contact.actions.callers import NotReadBack, the_check
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.events import FormalArrived
from mamori.rooms.contact.finding import NothingHere, buyer_of
from mamori.rooms.contact.models import Check, Formal, FormalFile
from mamori.rooms.contact.own_goods import refuse_own
from mamori.rooms.contact.queries.goods import order_name
from mamori.rooms.contact.rules.callers import Channel, Through
from mamori.rooms.contact.rules.formal import Sender, Wish, composed


class NoticeNeedsOrder(Refusal):
    """Given when a caller would declare something about a question, which has no order."""

    code = "notice-needs-order"
    status = 409
    text = Text(
        "この件は購入前の質問で、注文がありません。注文番号を伺って、確かめるところからやり直してください。この通販サイトの注文でないときは、"
        "相手に書面で直接送るか、消費生活センター（電話188）に相談するよう、お伝えください。",
        "This is a question before purchase, without an order. Please ask for the order's number and begin with the questions "
        "again. If it was not ordered here, tell them to write to the seller on paper or to ask a consumer affairs centre "
        "(telephone 188).",
    )


class NoticeNeedsVoice(Refusal):
    """Given when a notice would be made of a letter: nobody can be asked whether its text is right."""

    code = "notice-needs-voice"
    status = 409
    text = Text(
        "手紙からは通知を送れません。送る文章を読み上げて確かめていただく必要があります。登録の電話番号にかけて「電話」で受けるか、"
        "出品者の登録された住所へ書面で直接送れることを、お返事でお知らせください。",
        "No notice is sent from a letter: its text has to be read out and confirmed. Please call the registered number and take "
        "it by telephone, or answer that it can be sent on paper to the seller's registered address.",
    )


class ReceivedBeforeOrder(Refusal):
    """Given when the day of receipt lies before the order, from which days would be counted wrongly."""

    code = "received-before-order"
    status = 422
    text = Text(
        "受け取った日が、注文した日（{day}）より前になっています。年・月・日をお確かめください。分からないときは、空のままで送れます。",
        "The day of receipt lies before the order ({day}). Please check year, month and day; leave it empty if you do not know.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a buyer declares, as a form brings it; without the order, which is found by who declares it."""

    notice: str
    received_on: date | None = None
    sender: Sender | None = None
    reason: str = ""


def check_received(order: OrderFact, received_on: date | None) -> None:
    """Refuse a day of receipt that cannot be one."""
    ordered_on = order.ordered_at.astimezone(JAPAN).date()
    if received_on is not None and received_on < ordered_on:
        raise ReceivedBeforeOrder(day=day_text(ordered_on))


def wish_of(
    *,
    notice: FormalNotice,
    order: OrderFact,
    received_on: date | None = None,
    sender: Sender | None = None,
    reason: str = "",
    through: Through = Through.OWN,
    files: int = 0,
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
        through=through,
        files=files,
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
    ready: Ready = Ready(),  # noqa: B008  frozen
) -> int:
    """Put a notice before the seller, untouched, with its files, and return its id; its arrival is `hand.at`.

    It is never held, hidden, looked at or refused for what it says; a second one about the same order arrives as well.
    Nobody declares anything to oneself.
    """
    buyer_ref, reason = buyer_of(hand), words.optional(reason)
    order = market.order(order_ref)
    if order is None or order.buyer_ref != buyer_ref:
        raise NoSuchOrder(ref=order_ref)
    refuse_own(buyer_ref=buyer_ref, seller_ref=order.seller_ref)
    check_received(order, received_on)
    kind = formally.NOTICES[notice]
    wish = wish_of(
        notice=kind,
        order=order,
        received_on=received_on,
        sender=sender,
        reason=reason,
        files=len(ready.files),
    )
    with memory.act():
        pace.check_notice(hand, order_ref)
        return _arrive(hand, wish, order, composed(wish, lang), ready).pk


def text_for_caller(hand: Hand, *, check: str, declared: Declared, lang: Lang) -> str:
    """Return the exact text of a caller's notice, to be read out before it is sent."""
    wish, _ = _callers_wish(the_check(hand, check), declared)
    return composed(wish, lang)


def send_formal_for_caller(
    hand: Hand, *, check: str, declared: Declared, lang: Lang, read_back: str, may_read: bool
) -> int:
    """Put a caller's own notice before the seller and return its id; `read_back` is the SHA-256 of the text
    that was read out and confirmed.

    The buyer hears of it in writing, on paper too.  With `may_read` the caller has also shown it to the centre.
    """
    found = the_check(hand, check)
    wish, order = _callers_wish(found, declared)
    text = composed(wish, lang)
    if read_back != words.digest(text):
        raise NotReadBack()
    how = {"through": found.channel, "check": str(found.pk)}
    with memory.act():
        formal = _arrive(hand, wish, order, text, Ready(), read_back_sha256=read_back, **how)
        if may_read:
            formal.shared_at = hand.at
            formal.save(update_fields=("shared_at",))
            formally.keep(hand, formal, "share_formal", **how)
    return formal.pk


def _callers_wish(check: Check, declared: Declared) -> tuple[Wish, OrderFact]:
    if check.channel != Channel.PHONE:
        raise NoticeNeedsVoice()
    order = market.order(check.order_ref) if check.order_ref else None
    if order is None or order.buyer_ref != check.buyer_ref:
        raise NoticeNeedsOrder()
    refuse_own(buyer_ref=order.buyer_ref, seller_ref=order.seller_ref)
    check_received(order, declared.received_on)
    wish = wish_of(
        notice=formally.NOTICES[declared.notice],
        order=order,
        received_on=declared.received_on,
        sender=declared.sender,
        reason=words.optional(declared.reason),
        through=Through.PHONE,
    )
    return wish, order


def _arrive(hand: Hand, wish: Wish, order: OrderFact, text: str, ready: Ready, **how: str) -> Formal:
    """Let it arrive: its text sealed as shown, both sides told, the answer's clock begun, all in one transaction."""
    formal = Formal.objects.create(
        notice=wish.notice.code,
        buyer_ref=order.buyer_ref,
        seller_ref=order.seller_ref,
        order_ref=order.ref,
        received_on=wish.received_on,
        through=wish.through,
        sealed=b"",
        arrived_at=hand.at,
    )
    formal.sealed = formally.seal(formal, text)
    formal.save(update_fields=("sealed",))
    formally.enter(formal)
    due = spoken(keeping.due(FORMAL_ANSWER, hand.at))
    arrived = formally.news(FormalArrived, formal, order_ref=order.ref, arrived_at=hand.at)
    recorded: dict[str, Any] = {"arrived_at": hand.at.isoformat(), "words_sha256": words.digest(text), **how}
    if ready.files:
        recorded["files"] = _keep_files(hand, formal, ready)
    receipt = formally.keep(hand, formal, "send_formal", arrived, **recorded)
    said = {"arrived": spoken(hand.at), "due": due}
    sent = formalnotices.SENT_BY_TELEPHONE if how else formalnotices.SENT
    formally.tell(f"buyer:{order.buyer_ref}", sent, formal, hand.at, receipt=str(receipt), **said)
    formally.tell(f"seller:{order.seller_ref}", formalnotices.ARRIVED, formal, hand.at, **said)
    return formal


def _keep_files(hand: Hand, formal: Formal, ready: Ready) -> list[dict[str, Any]]:
    """Let the files come along, and return what the record says of them."""
    for number, taken in enumerate(ready.files, 1):
        if taken.subject != f"buyer:{formal.buyer_ref}":
            raise NothingHere()
        vault.keep(hand, taken, about=formally.about(formal))
        FormalFile.objects.create(formal=formal, number=number, file=taken.id, at=hand.at)
    return ready.told

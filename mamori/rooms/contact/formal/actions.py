"""A formal notice is sent, by its buyer or by telephone once it was read out and confirmed; answered, followed and settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.businesstime import span_words
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.terms import facts as terms
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import FORMAL_ANSWER, FORMAL_REVIEW
from mamori.law.grounds import PARTY_SHARE
from mamori.rooms.contact import keeping, pace, words
from mamori.rooms.contact.actions.callers import NotReadBack, the_check
from mamori.rooms.contact.actions.reading import AlreadyShared, WordsNotShared
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.events import FormalArrived, FormalEnded
from mamori.rooms.contact.finding import NothingHere, buyer_of
from mamori.rooms.contact.formal import notices, records
from mamori.rooms.contact.formal.lifecycle import FORMAL, FormalState
from mamori.rooms.contact.formal.records import Reply
from mamori.rooms.contact.formal.rules import Declared, Sender, Wish, check_received, composed
from mamori.rooms.contact.models import Check, Formal, FormalFile
from mamori.rooms.contact.pace import refuse_own
from mamori.rooms.contact.rules.callers import Channel, Through


class NoticeNeedsOrder(Refusal, code="notice-needs-order", status=409):
    """Given when a caller would declare something about a question, which has no order."""

    text = Text(
        "この件は購入前の質問で、注文がありません。注文番号を伺って、確かめるところからやり直してください。この通販サイトの注文でないときは、"
        "相手に書面で直接送るか、消費生活センター（電話188）に相談するよう、お伝えください。",
        "This is a question before purchase, without an order. Please ask for the order's number and begin with the questions "
        "again. If it was not ordered here, tell them to write to the seller on paper or to ask a consumer affairs centre "
        "(telephone 188).",
    )


class NoticeNeedsVoice(Refusal, code="notice-needs-voice", status=409):
    """Given when a notice would be made of a letter, or called settled by one: nobody can be asked whether it is right."""

    text = Text(
        "手紙だけでは、通知を送ることも、手続きが済んだことにもできません。文章を読み上げて確かめていただく必要があります。"
        "登録の電話番号にかけて「電話」で受けるか、通知は出品者の登録された住所へ書面で直接送れることを、お返事でお知らせください。",
        "A letter alone sends no notice, nor calls one settled: the text has to be read out and confirmed. Please call the "
        "registered number and take it by telephone, or answer that a notice can be sent on paper to the seller's registered "
        "address.",
    )


def send_formal(
    actor: Actor,
    *,
    notice: str,
    order_ref: str,
    received_on: date | None = None,
    sender: Sender | None = None,
    reason: str = "",
    lang: Lang = "ja",
    ready: Ready = Ready(),  # noqa: B008  frozen
) -> int:
    """Put a notice before the seller, untouched, with its files, and return its id; its arrival is `actor.at`.

    It is never held, hidden, looked at or refused for what it says; a second one about the same order arrives as well.
    Nobody declares anything to oneself.
    """
    buyer_ref, reason = buyer_of(actor), written.optional(reason)
    order = market.order(order_ref)
    if order is None or order.buyer_ref != buyer_ref:
        raise NoSuchOrder(ref=order_ref)
    refuse_own(buyer_ref=buyer_ref, seller_ref=order.seller_ref)
    check_received(records.ordered_on(order), received_on)
    wish = records.wish_of(
        notice, order, received_on=received_on, sender=sender, reason=reason, files=len(ready.files)
    )
    with memory.act():
        pace.check_notice(actor, order_ref)
        return _arrive(actor, wish, order, composed(wish, lang), ready).pk


def text_for_caller(actor: Actor, *, check: str, declared: Declared, lang: Lang) -> str:
    """Return the exact text of a caller's notice, to be read out before it is sent."""
    return composed(_callers_wish(the_check(actor, check), declared)[0], lang)


def send_formal_for_caller(
    actor: Actor, *, check: str, declared: Declared, lang: Lang, read_back: str, may_read: bool
) -> int:
    """Put a caller's own notice before the seller and return its id; `read_back` is the SHA-256 of the text
    that was read out and confirmed.

    The buyer hears of it in writing, on paper too.  With `may_read` the caller has also shown it to the centre.
    """
    found = the_check(actor, check)
    wish, order = _callers_wish(found, declared)
    text = composed(wish, lang)
    if read_back != words.digest(text):
        raise NotReadBack()
    how = {"through": found.channel, "check": str(found.pk)}
    with memory.act():
        formal = _arrive(actor, wish, order, text, Ready(), read_back_sha256=read_back, **how)
        if may_read:
            formal.shared_at = actor.at
            formal.save(update_fields=("shared_at",))
            records.keep(actor, formal, "share_formal", **how)
    return formal.pk


def _callers_wish(check: Check, declared: Declared) -> tuple[Wish, OrderFact]:
    if check.channel != Channel.PHONE:
        raise NoticeNeedsVoice()
    order = market.order(check.order_ref) if check.order_ref else None
    if order is None or order.buyer_ref != check.buyer_ref:
        raise NoticeNeedsOrder()
    refuse_own(buyer_ref=order.buyer_ref, seller_ref=order.seller_ref)
    check_received(records.ordered_on(order), declared.received_on)
    said: dict[str, Any] = {"received_on": declared.received_on, "sender": declared.sender}
    reason = written.optional(declared.reason)
    return records.wish_of(declared.notice, order, reason=reason, through=Through.PHONE, **said), order


def _arrive(actor: Actor, wish: Wish, order: OrderFact, text: str, ready: Ready, **how: str) -> Formal:
    """Let it arrive: its text sealed as shown, both sides told, the answer's clock begun, all in one transaction."""
    formal = Formal.objects.create(
        notice=wish.notice.code,
        buyer_ref=order.buyer_ref,
        seller_ref=order.seller_ref,
        order_ref=order.ref,
        received_on=wish.received_on,
        through=wish.through,
        sealed=b"",
        arrived_at=actor.at,
    )
    formal.sealed = records.seal(formal, text)
    formal.save(update_fields=("sealed",))
    records.enter(formal)
    due = spoken(keeping.due(FORMAL_ANSWER, actor.at))
    arrived = records.news(FormalArrived, formal, order_ref=order.ref, arrived_at=actor.at)
    recorded: dict[str, Any] = {"arrived_at": actor.at.isoformat(), "words_sha256": words.digest(text), **how}
    if ready.files:
        recorded["files"] = _keep_files(actor, formal, ready)
    receipt = records.keep(actor, formal, "send_formal", arrived, **recorded)
    said = {"arrived": spoken(actor.at), "due": due}
    sent = notices.SENT_BY_TELEPHONE if how else notices.SENT
    records.notify(f"buyer:{order.buyer_ref}", sent, formal, actor.at, receipt=str(receipt), **said)
    records.notify(f"seller:{order.seller_ref}", notices.ARRIVED, formal, actor.at, **said)
    return formal


def _keep_files(actor: Actor, formal: Formal, ready: Ready) -> list[dict[str, Any]]:
    """Let the files come along, and return what the record says of them."""
    for number, taken in enumerate(ready.files, 1):
        if taken.subject != f"buyer:{formal.buyer_ref}":
            raise NothingHere()
        vault.keep(actor, taken, about=records.about(formal))
        FormalFile.objects.create(formal=formal, number=number, file=taken.id, at=actor.at)
    return ready.told


PARTIES = SELLERS | {Role.BUYER}


def go_along(actor: Actor, *, formal: int, said: str = "") -> None:
    """Take the seller's word that it goes along with the notice, with what happens next where it says so."""
    _reply(actor, formal, "go_along", written.optional(said))


def dispute(actor: Actor, *, formal: int, said: str) -> None:
    """Take the seller's word that it disputes the notice, with the reason; the notice stays what it is."""
    _reply(actor, formal, "dispute", written.answering(said))


def _reply(actor: Actor, formal: int, step: str, said: str) -> None:
    with memory.act():
        found = records.the_formal(actor, formal)
        was_open = found.state == FormalState.ARRIVED
        found.state = FORMAL.take(step, FormalState(found.state), actor.role)
        found.replied_at = actor.at
        if was_open:
            found.followed_at = actor.at
        found.save(update_fields=("state", "replied_at", "followed_at"))
        records.add_reply(found, step, said, actor.at)
        records.notify(f"buyer:{found.buyer_ref}", notices.ANSWERED, found, actor.at)
        records.keep(actor, found, f"{step}_formal", words_sha256=words.digest(said) if said else "")


def miss_formal(actor: Actor, *, formal: int) -> None:
    """Note that the seller has not answered: it is told again, the buyer hears of other roads, a lead is told."""
    with memory.act():
        found = records.the_formal(actor, formal)
        found.state = FORMAL.take("miss", FormalState(found.state), actor.role)
        found.followed_at = actor.at
        found.save(update_fields=("state", "followed_at"))
        records.notify(f"seller:{found.seller_ref}", notices.UNANSWERED, found, actor.at)
        records.notify(f"buyer:{found.buyer_ref}", notices.ROADS, found, actor.at)
        records.notify("lead", notices.MISSED, found, actor.at)
        records.keep(actor, found, "miss_formal")


def review_formal(actor: Actor, *, formal: int) -> None:
    """Ask the buyer what became of it; when nothing is heard a second time, let it rest.  The notice stays what it is."""
    with memory.act():
        found = records.the_formal(actor, formal)
        if found.asked_at is not None:
            ended(actor, found, "rest", "rest_formal")
            return
        found.asked_at = actor.at
        found.save(update_fields=("asked_at",))
        days = span_words(terms.duration(FORMAL_REVIEW, at=actor.at))
        records.notify(f"buyer:{found.buyer_ref}", notices.ASKED, found, actor.at, days=days)
        records.keep(actor, found, "review_formal")


def share_formal(actor: Actor, *, formal: int) -> None:
    """Let a party show the notice's words, and the answers, to the centre; it is that party's own act."""
    with memory.act():
        found = records.the_formal(actor, formal)
        if actor.role not in PARTIES:
            raise NothingHere()
        if found.shared_at is not None:
            raise AlreadyShared()
        found.shared_at = actor.at
        found.save(update_fields=("shared_at",))
        records.keep(actor, found, "share_formal")


def look_formal(actor: Actor, *, formal: int) -> tuple[str | None, tuple[Reply, ...]]:
    """Show staff the notice's text and each of the seller's answers, once a party has shared them; the look is recorded first."""
    with memory.act():
        found = records.the_formal(actor, formal)
        if not actor.is_staff:
            raise NothingHere()
        if found.shared_at is None:
            raise WordsNotShared(ground=PARTY_SHARE.title)
        records.keep(actor, found, "look_formal", ground=PARTY_SHARE.code)
        return records.read(found), records.replies(found)


SETTLED = Text(
    "受付番号{number}の{what}（{arrived}に出品者に届いたもの）は、手続きが済みました。見守りを終えてください。",
    "The {what}, case {number}, which reached the seller on {arrived}, is settled. Please stop following it.",
)
"""What a caller confirms, read out as it stands."""


def settle_formal(actor: Actor, *, formal: int) -> None:
    """Take the buyer's word that what followed from the notice is done."""
    with memory.act():
        _settle(actor, records.the_formal(actor, formal), "settle")


def settling_for_caller(actor: Actor, *, check: str, formal: int, lang: Lang) -> str:
    """Return the words by which a caller says that it is settled, to be read out and confirmed."""
    found = _callers_own(the_check(actor, check), Formal.objects.filter(pk=formal).first())
    FORMAL.take("settle_by_telephone", FormalState(found.state), actor.role)
    return _said(found, lang)


def settle_formal_for_caller(actor: Actor, *, check: str, formal: int, lang: Lang, read_back: str) -> None:
    """Take a caller's own word that it is settled; `read_back` is the SHA-256 of the words that were confirmed.

    The buyer hears of it in writing, on paper too: it may not have been them.
    """
    passed = the_check(actor, check)
    with memory.act():
        found = _callers_own(passed, records.the_formal(actor, formal))
        if read_back != words.digest(_said(found, lang)):
            raise NotReadBack()
        how = {"through": passed.channel, "check": str(passed.pk), "read_back_sha256": read_back}
        _settle(actor, found, "settle_by_telephone", **how)
        records.notify(
            f"buyer:{found.buyer_ref}",
            notices.SETTLED_BY_TELEPHONE,
            found,
            actor.at,
            when=spoken(actor.at),
        )


def ended(actor: Actor, formal: Formal, step: str, verb: str, **how: Any) -> None:
    """Let a step end the notice, which the caller holds locked, and record it."""
    formal.state = FORMAL.take(step, FormalState(formal.state), actor.role)
    formal.closed_at = actor.at
    formal.save(update_fields=("state", "closed_at"))
    records.keep(actor, formal, verb, records.news(FormalEnded, formal, state=formal.state), **how)


def _settle(actor: Actor, formal: Formal, step: str, **how: Any) -> None:
    ended(actor, formal, step, "settle_formal", **how)
    records.notify(f"seller:{formal.seller_ref}", notices.SETTLED, formal, actor.at)


def _callers_own(check: Check, formal: Formal | None) -> Formal:
    """Return the notice, if this caller sent it about the order that the questions were about."""
    if check.channel != Channel.PHONE:
        raise NoticeNeedsVoice()
    if formal is None or (formal.buyer_ref, formal.order_ref) != (check.buyer_ref, check.order_ref):
        raise NothingHere()
    return formal


def _said(formal: Formal, lang: Lang) -> str:
    return SETTLED.fill(
        number=records.number_of(formal.pk),
        what=records.declared(formal).title,
        arrived=spoken(formal.arrived_at),
    ).in_(lang)

"""What somebody who calls or writes is about: the matter or the order behind the number that they give."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Formal, Thread

TAKERS = frozenset({Role.AGENT, Role.LEAD})


class NoOrderHere(Refusal, code="no-order-here", status=404):
    """Given when neither a case nor an order is behind what a caller gave."""

    text = Text(
        "「{ref}」という受付番号や注文は、この通販サイトの記録にありません。番号（通販サイトからのメールや納品書にあります）をもう一度伺ってください。"
        "この通販サイトの注文でないときは、ここでは受け付けられません。相手に書面で直接送るか、消費生活センター（電話188）に相談するよう、お伝えください。",
        "This marketplace knows no case and no order “{ref}”. Please ask for the number again: it stands in the marketplace's "
        "mails and on the delivery note. If it was not ordered here nothing can be taken here: tell them to write to the seller "
        "on paper, or to ask a consumer affairs centre (telephone 188).",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What somebody calls about: their open or ended thread, or an order."""

    thread: Thread | None
    order: OrderFact | None
    buyer_ref: str


def find_matter(hand: Hand, number: str) -> Matter:
    """Return what is behind the number of a case, a formal notice's too, or of an order."""
    if hand.role not in TAKERS:
        raise NothingHere()
    number = number.strip()
    thread = _thread_of(number)
    order = market.order(thread.order_ref if thread else _declared_about(number) or number)
    if thread is not None:
        return Matter(thread=thread, order=order, buyer_ref=thread.buyer_ref)
    if order is None:
        raise NoOrderHere(ref=number[:64])
    running = Thread.objects.filter(
        order_ref=order.ref, buyer_ref=order.buyer_ref, closed_at__isnull=True
    ).first()
    return Matter(thread=running, order=order, buyer_ref=order.buyer_ref)


def _thread_of(number: str) -> Thread | None:
    """Return the thread behind eight digits; a number that is none may still be an order's."""
    kind, row = cases.behind(number)
    if kind == "contact.trouble":
        return Thread.objects.filter(trouble=row).first()
    return Thread.objects.filter(pk=row).first() if kind == "contact.thread" else None


def _declared_about(number: str) -> str:
    """Return the order of the formal notice behind eight digits, or nothing."""
    kind, row = cases.behind(number)
    if kind != "contact.formal":
        return ""
    return Formal.objects.values_list("order_ref", flat=True).get(pk=row)

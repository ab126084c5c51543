"""What a refund in the seller's place is decided by, gathered from order, trouble, settings and earlier refunds."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.grammar.businesstime import day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.settings import REMEDY_CEILING, REMEDY_DAYS, REMEDY_TIMES, RETURNS_ON
from mamori.rooms.contact.lifecycle import UNDER_WAY, RemedyState, TroubleState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.rules.eligibility import HINDRANCES, KINDS, Against, Claim, Kind, against, kinds
from mamori.rooms.contact.topics import Topic

YEAR = timedelta(days=365)
GRANTED = (RemedyState.DONE, *sorted(UNDER_WAY))
"""What counts as one of a year's refunds."""


class RemedyHindered(Refusal, code="remedy-hindered", status=409):
    """Given when the declared limits stand against a refund."""

    text = Text(
        "立替返金はできません：{why} ほかの解決をご検討ください。",
        "No refund in the seller's place is possible: {why} Please look for another solution.",
    )


class KindNotOffered(Refusal, code="kind-not-offered", status=409):
    """Given when a buyer asks for what cannot be given in this case."""

    text = Text(
        "この件では「{kind}」はお受けできません。お受けできるのは：{kinds}。",
        "“{kind}” is not possible in this case. Possible are: {kinds}.",
    )


class NothingWasSent(Refusal, code="nothing-was-sent", status=409):
    """Given when goods are to be sent back that never were sent."""

    text = Text(
        "この注文は{day}に、商品が送られないまま取り消されています。返す商品がないので、返金など、ほかの解決をお選びください。",
        "This order was cancelled on {day} before the goods were sent. There is nothing to send back: please choose a refund "
        "or another solution.",
    )


def claim_of(trouble: Trouble, at: datetime, order: market.OrderFact | None = None) -> Claim:
    """Gather what a decision at that moment looks at; a page that has just read the order brings it along."""
    thread = trouble.thread
    order = order or market.order(thread.order_ref)
    assert order is not None, "a trouble stands on an order that was known"
    paid = Remedy.objects.filter(
        buyer_ref=thread.buyer_ref,
        state__in=GRANTED,
        opened_at__gt=at - YEAR,
    ).exclude(trouble=trouble)
    counted = sorted(paid.values_list("opened_at", flat=True))
    in_force = terms.settings(REMEDY_CEILING, REMEDY_DAYS, REMEDY_TIMES, RETURNS_ON, at=at)
    ceiling, days, times, returns = in_force
    return Claim(
        state=TroubleState(trouble.state),
        topic=Topic(thread.topic),
        ordered_at=order.ordered_at,
        reported_at=trouble.opened_at,
        answer_due_at=trouble.answer_due_at,
        amount=order.amount,
        refunded=order.amount - order.left,
        charged_back=order.charged_back,
        cancelled_at=order.cancelled_at,
        unsent=order.unsent,
        refunds_this_year=len(counted),
        free_at=counted[-times] + YEAR if len(counted) >= times else None,
        ceiling=ceiling,
        days=days,
        times=times,
        returns=bool(returns),
    )


def refuse_if_hindered(claim: Claim) -> None:
    """Pass, or say everything that stands against it."""
    if found := against(claim):
        texts = [in_words(one, claim) for one in found]
        raise RemedyHindered(why=Text("".join(t.ja for t in texts), " ".join(t.en for t in texts)))


def refuse_unless_offered(claim: Claim, kind: Kind) -> None:
    """Pass what may be given in this case."""
    if kind is Kind.RETURN and claim.unsent:
        raise NothingWasSent(day=cancelled_on(claim.cancelled_at))
    if kind not in kinds(claim):
        on = [KINDS[each] for each in kinds(claim)]
        told = Text.listed(on)
        raise KindNotOffered(kind=KINDS[kind], kinds=told)


def in_words(found: Against, claim: Claim) -> Text:
    """Say what stands against it and until when, in the words that buyer and staff share."""
    until = spoken(found.until) if found.until else Text("期限", "then")
    day = cancelled_on(claim.cancelled_at)
    return HINDRANCES[found.hindrance].fill(until=until, days=claim.days, times=claim.times, day=day)


def cancelled_on(at: datetime | None) -> Text:
    """Say the day on which an order was cancelled."""
    return day_text(at.astimezone(JAPAN).date()) if at else Text("その日", "that day")

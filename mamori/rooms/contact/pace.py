"""What may be begun at all: about nobody's own goods, and only so often in a short time."""

from __future__ import annotations

from datetime import timedelta

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.rooms.contact.models import Thread

MESSAGES = Limit(name="contact-messages", most=20, per=timedelta(minutes=10))
"""So many messages may one party write in one conversation."""
OPENINGS = Limit(name="contact-openings", most=20, per=timedelta(hours=1))
"""So many troubles with one order, or questions to one shop, may one buyer begin."""
PROPOSALS = Limit(name="contact-proposals", most=20, per=timedelta(hours=1))
"""So many solutions may one party propose in one trouble."""
NOTICES = Limit(name="contact-notices", most=6, per=timedelta(hours=1))
"""So many formal notices may one buyer send about one order."""


class TooFast(people.TooMany, code="too-fast", status=429):
    """Given when one party writes more in a short time than anybody can read; what was written stays in the form."""

    text = Text(
        "短い時間に続けて届きすぎています。{minutes}分ほどたってから、もう一度お送りください。お急ぎのときは相談窓口へお電話ください。",
        "Too much came in a short time. Please send it again in about {minutes} minutes. If it is urgent, telephone the centre.",
    )


def check_opening(actor: Actor, about: str) -> None:
    """Count a trouble or a question of one buyer about an order or a shop."""
    _count(OPENINGS, f"{about}:{actor.by}", actor)


def check_proposal(actor: Actor, thread: Thread) -> None:
    """Count a proposal of one side of the conversation, whoever makes it."""
    _count(PROPOSALS, f"{thread.pk}:{actor.by.partition('/')[0]}", actor)


def check_message(actor: Actor, thread: Thread) -> None:
    """Count a message of one side of the conversation, whoever writes for it."""
    _count(MESSAGES, f"{thread.pk}:{actor.by.partition('/')[0]}", actor)


def check_notice(actor: Actor, order_ref: str) -> None:
    """Count a formal notice about an order."""
    _count(NOTICES, f"{order_ref}:{actor.by}", actor)


def _count(limit: Limit, key: str, actor: Actor) -> None:
    try:
        people.count_exactly(limit, key, at=actor.at)
    except people.TooMany as refusal:
        raise TooFast(wait=refusal.wait) from None


class OwnGoods(Refusal, code="own-goods", status=409):
    """Given when buyer and seller are the same person: no clock may run of oneself on oneself."""

    text = Text(
        "ご自身が出品している商品です。ご自身への問い合わせは受け付けられません。お困りのときは相談窓口にお知らせください。",
        "These are goods that you sell yourself, so you cannot write to yourself. If you need help, please tell the centre.",
    )


def refuse_own(*, buyer_ref: str, seller_ref: str) -> None:
    """Refuse when both are one account of the marketplace, or use one mail address.

    A shared telephone does not count: families share one.
    """
    if buyer_ref == seller_ref:
        raise OwnGoods()
    buyer, seller = market.buyer(buyer_ref), market.seller(seller_ref)
    mails = [one.contact.mail.strip().casefold() for one in (buyer, seller) if one is not None]
    if len(mails) == 2 and mails[0] and mails[0] == mails[1]:
        raise OwnGoods()

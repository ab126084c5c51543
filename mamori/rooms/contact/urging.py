"""Urging in motion: the table's urgings become clocks, and a clock that rings becomes a notice or a call."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import facts as market
from mamori.japan.calendar import spoken
from mamori.rooms.contact import calling, keeping, notices, owing, standstill
from mamori.rooms.contact.events import SellerUnreachable, SellerUrged
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.calling import Why
from mamori.rooms.contact.rules.clocks import URGE_CLOCK
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.rules.urging import Means, Urge, urges
from mamori.rooms.contact.topics import PROGRESS, TOPICS, Harm, Progress, Topic


def turn_to(actor: Actor, trouble: Trouble, progress: Progress) -> list[SellerUrged]:
    """Note how far the trouble has come, drop the old urgings and begin the new; return those done at once.

    While the operator refunds in the seller's place there are none: the seller owes it no more.
    """
    trouble.progress = progress
    clocks.stop(about=keeping.about(trouble), at=actor.at, why=f"progress:{progress}", kind=URGE_CLOCK)
    if owing.owed_to_buyer(trouble) is Owed.REMEDY:
        return []
    done = []
    for number, urge in enumerate(urges(Topic(trouble.thread.topic), Harm(trouble.harm), progress)):
        if urge.after is None:
            done.append(carry_out(actor, trouble, urge))
        else:
            clocks.start(
                kind=URGE_CLOCK,
                about=keeping.about(trouble),
                at=actor.at,
                duration=urge.after,
                key=f"{progress}/{number}/{urge.means}",
                pauses=standstill.pauses_of(keeping.about(trouble), URGE_CLOCK, actor.at),
            )
    return done


def carry_out(actor: Actor, trouble: Trouble, urge: Urge) -> SellerUrged:
    """Urge the seller now: a notice, a letter, or an entry in the call list (one that waits is enough)."""
    seller_ref = trouble.thread.seller_ref
    if urge.means is Means.CALL:
        calling.enter(actor, trouble, why=Why(trouble.progress))
    else:
        keeping.notify(
            f"seller:{seller_ref}",
            notices.URGE_ON_PAPER if urge.means is Means.LETTER else notices.URGE,
            trouble,
            actor.at,
            topic=TOPICS[Topic(trouble.thread.topic)],
            progress=PROGRESS[Progress(trouble.progress)],
            when=_when(trouble, actor.at),
        )
    return keeping.news(SellerUrged, trouble, means=urge.means.value)


def _when(trouble: Trouble, at: datetime) -> Text:
    """Say by when to act: the next due moment that still lies ahead, or at once."""
    ahead = [due for due in (trouble.answer_due_at, trouble.resolution_due_at) if due > at]
    if not ahead:
        return Text("至急", "at once")
    due = spoken(min(ahead))
    return Text(f"{due.ja}までに", f"by {due.en}")


def warn_if_unreachable(actor: Actor, trouble: Trouble) -> list[SellerUnreachable]:
    """Tell the lead when the seller has no contact details at all, so that somebody looks for them."""
    seller = market.seller(trouble.thread.seller_ref)
    if seller is not None and seller.has_contact:
        return []
    keeping.notify("lead", notices.UNREACHABLE, trouble, actor.at, seller=trouble.thread.seller_ref)
    return [keeping.news(SellerUnreachable, trouble)]

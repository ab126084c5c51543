"""A thread with its trouble, mediation and refund in one look: what the words and buttons are chosen by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from mamori.grammar.text import Text
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.japan.calendar import spoken
from mamori.law.deadlines import (
    CONFIRMATION,
    REMEDY_DECISION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
    SILENCE,
)
from mamori.rooms.contact.claiming import claim_of, in_words
from mamori.rooms.contact.keeping import agreement_among, trouble_of
from mamori.rooms.contact.lifecycle import MediationState, RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.models import Mediation, Proposal, Remedy, Thread, Trouble
from mamori.rooms.contact.models.beside import is_fresh
from mamori.rooms.contact.notices import NUMBER_LATER
from mamori.rooms.contact.owing import owed_by, was_paid
from mamori.rooms.contact.queries.goods import cancelled_text
from mamori.rooms.contact.rules import eligibility
from mamori.rooms.contact.rules.eligibility import KINDS, Against, Kind
from mamori.rooms.contact.rules.proposals import REFUNDS, Kind as Proposed, Offer, Side
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.topics import Harm

RUNNING = {
    "silence": SILENCE,
    "decision": REMEDY_DECISION,
    "confirmation": CONFIRMATION,
    "sending": RETURN_SENDING,
    "arrival": RETURN_ARRIVAL,
    "inspection": RETURN_INSPECTION,
}
"""Which clock each place of the sentences is the due moment of."""
UNKNOWN = Text("まもなく", "soon")


def whole_threads() -> QuerySet[Thread]:
    """Return threads that bring everything along which `matter_of` reads."""
    whole = Thread.objects.select_related("trouble__mediation", "trouble__remedy")
    return whole.prefetch_related(_newest("trouble__proposals"))


def _newest(lookup: str) -> Prefetch[str]:
    return Prefetch(lookup, Proposal.objects.order_by("-number"), "newest_proposals")


def mediation_of(trouble: Trouble | None) -> Mediation | None:
    """Return the trouble's mediation, or nothing."""
    if trouble is None or is_fresh(trouble.thread_id):
        return None
    return getattr(trouble, "mediation", None)


def remedy_of(trouble: Trouble | None) -> Remedy | None:
    """Return the trouble's refund, or nothing."""
    if trouble is None or is_fresh(trouble.thread_id):
        return None
    return getattr(trouble, "remedy", None)


def proposals_of(trouble: Trouble | None) -> list[Proposal]:
    """Return what was proposed, the newest first, each with its trouble."""
    if trouble is None or is_fresh(trouble.thread_id):
        return []
    found: list[Proposal] | None = getattr(trouble, "newest_proposals", None)
    if found is None:
        prefetch_related_objects([trouble], _newest("proposals"))
        found = trouble.newest_proposals  # type: ignore[attr-defined]  # what was just fetched
    return found


def proposal_of(trouble: Trouble | None) -> Proposal | None:
    """Return the trouble's open proposal, or nothing."""
    return next((proposal for proposal in proposals_of(trouble) if proposal.closed_at is None), None)


def offer_of(proposal: Proposal | None) -> Offer | None:
    """Return what is said and done about an open proposal."""
    if proposal is None:
        return None
    agreed = {Side.BUYER: proposal.buyer_agreed_at, Side.SELLER: proposal.seller_agreed_at}
    return Offer(
        by=Side(proposal.by_side),
        awaits=frozenset(side for side, at in agreed.items() if at is None),
        is_refund=Proposed(proposal.kind) in REFUNDS,
    )


def matter_of(thread: Thread) -> Matter:
    """Return the states that decide what is said and what can be done."""
    trouble = trouble_of(thread)
    mediation, remedy = mediation_of(trouble), remedy_of(trouble)
    agreement, proposal = agreement_among(proposals_of(trouble)), proposal_of(trouble)
    return Matter(
        thread=ThreadState(thread.state),
        trouble=TroubleState(trouble.state) if trouble else None,
        mediation=MediationState(mediation.state) if mediation else None,
        remedy=RemedyState(remedy.state) if remedy else None,
        offer=offer_of(proposal),
        owed=owed_by(remedy, agreement, proposal),
        paid=was_paid(agreement) or (trouble is not None and trouble.paid_back_at is not None),
        awaits_buyer=thread.awaits_buyer,
        harm=Harm(trouble.harm) if trouble else None,
        in_danger=trouble is not None and trouble.in_danger,
    )


def spoken_due(at: datetime | None) -> Text:
    """Say a due moment inside a sentence."""
    return spoken(at) if at else UNKNOWN


def values_of(thread: Thread, running: Iterable[ClockFact]) -> dict[str, object]:
    """Return what fills the sentences on where it stands: moments of the matter and of its `running` clocks."""
    trouble, due = trouble_of(thread), {clock.kind: clock.due_at for clock in running}
    remedy, proposal = remedy_of(trouble), proposal_of(trouble)
    agreement = agreement_among(proposals_of(trouble))
    return {
        "answer": spoken_due(thread.answer_due_at),
        "resolution": spoken_due(trouble.resolution_due_at if trouble else None),
        "agreed": spoken_due(agreement.due_at if agreement else None),
        **{place: spoken_due(due.get(deadline.code)) for place, deadline in RUNNING.items()},
        "reply": spoken_due(proposal.due_at if proposal else None),
        "amount": f"{remedy.amount:,}" if remedy else "",
        "tracking": (remedy.tracking if remedy else "") or NUMBER_LATER,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What may be given, the most in yen, what stands against it and until when, and what the buyer asked for."""

    kinds: tuple[Kind, ...]
    most: int
    price: int
    refunded: int
    ceiling: int
    cancelled: Text | None
    against: tuple[Against, ...]
    hindrances: tuple[Text, ...]
    wish: Text | None
    wished_amount: int
    asked_at: datetime | None

    @property
    def kind_texts(self) -> tuple[Text, ...]:
        """Return what may be given, in words."""
        return tuple(KINDS[kind] for kind in self.kinds)


def outlook_of(trouble: Trouble, at: datetime, order: OrderFact | None = None) -> Outlook:
    """Return the outlook of an open trouble at that moment."""
    order = order or market.order(trouble.thread.order_ref)
    claim, remedy = claim_of(trouble, at, order), remedy_of(trouble)
    against = eligibility.against(claim)
    return Outlook(
        kinds=eligibility.kinds(claim),
        most=eligibility.most(claim),
        price=claim.amount,
        refunded=claim.refunded,
        ceiling=claim.ceiling,
        cancelled=cancelled_text(order),
        against=against,
        hindrances=tuple(in_words(found, claim) for found in against),
        wish=KINDS[Kind(remedy.wish)] if remedy and remedy.wish else None,
        wished_amount=remedy.wished_amount if remedy else 0,
        asked_at=remedy.asked_at if remedy else None,
    )

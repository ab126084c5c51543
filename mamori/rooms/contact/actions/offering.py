"""What every act about a proposed solution shares: whose word it is, what may be proposed, who is told, what is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.event import Event
from mamori.ground.market import facts as market
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import PROPOSAL
from mamori.rooms.contact import danger, keeping, offernotices, proposing, words
from mamori.rooms.contact.actions.mediation import NoMediation
from mamori.rooms.contact.actions.talk import back_to_seller, count_as_answer
from mamori.rooms.contact.claiming import NothingWasSent, cancelled_on
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.events import ProposalMade
from mamori.rooms.contact.lifecycle import (
    MEDIATION,
    PROPOSAL as CHART,
    TROUBLE,
    UNDER_WAY,
    MediationState,
    ProposalState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.models import Mediation, Proposal, Remedy, Trouble
from mamori.rooms.contact.offerrefusals import MoneyComesByCard, ProposedAmountOutOfRange
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.rules.proposals import (
    KINDS,
    REFUNDS,
    SIDES,
    Kind,
    Money,
    Side,
    amount_within,
    must_agree,
    side_of,
)
from mamori.rooms.contact.topics import Progress

MOST_SAID = 2_000
TAKEN_FOR = "taken_for"
"""Under which name an act says for which side staff took it down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What is proposed.  Yen."""

    kind: Kind
    amount: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose word it is, and how it came: by the party's own hand, by a helper's, or taken down by staff."""

    side: Side
    through: Through = Through.OWN

    @property
    def is_taken_down(self) -> bool:
        """Say whether staff write it for the party."""
        return self.through in (Through.PHONE, Through.LETTER)

    def step(self, name: str) -> str:
        """Return the lifecycles' step: what staff take down has a step of its own, which nobody else may take."""
        return f"take_down_{name}" if self.is_taken_down else name


def worded(offered: Offered) -> Offered:
    """Return the same with its words made ready."""
    said = written.optional(offered.said, most=MOST_SAID)
    said = written.checked(said) if KINDS[offered.kind].needs_words else said
    return Offered(kind=offered.kind, amount=offered.amount, said=said)


def check_proposable(actor: Actor, trouble: Trouble, step: str, kind: Kind) -> None:
    """Say that this actor may take the step while the centre mediates; a seller may offer a refund before it does."""
    mediation = Mediation.objects.filter(trouble=trouble).first()
    if mediation is not None:
        MEDIATION.take(step, MediationState(mediation.state), actor.role)
    elif kind in REFUNDS and side_of(actor.role) is Side.SELLER:
        TROUBLE.take("offer_refund", TroubleState(trouble.state), actor.role)
    else:
        raise NoMediation()
    check_refund(trouble)


def check_refund(trouble: Trouble) -> None:
    """Say that no refund in the seller's place is under way."""
    if Remedy.objects.filter(trouble=trouble, state__in=UNDER_WAY).exists():
        raise RefundUnderWay()


def amount_of(trouble: Trouble, kind: Kind, amount: int) -> int:
    """Return the yen that such a proposal speaks of now."""
    order = market.order(trouble.thread.order_ref)
    if kind is Kind.RETURN_REFUND and order and order.unsent:
        raise NothingWasSent(day=cancelled_on(order.cancelled_at))
    if KINDS[kind].money is not Money.NONE and order and order.charged_back:
        raise MoneyComesByCard
    left = order.left if order else 0
    within = amount_within(kind, amount, left)
    if within is None:
        raise ProposedAmountOutOfRange(left=f"{left:,}")
    return within


def make(
    actor: Actor, trouble: Trouble, offered: Offered, side: Side, *, counters: Proposal | None = None
) -> Proposal:
    """Enter the proposal, start the clock of the reply, and tell those who have to agree."""
    made = Proposal.objects.create(
        trouble=trouble,
        number=trouble.proposals.count() + 1,
        by_side=side,
        agent=actor.by if side is Side.CENTRE else "",
        kind=offered.kind,
        amount=amount_of(trouble, offered.kind, offered.amount),
        counters=counters,
        buyer_agreed_at=actor.at if side is Side.BUYER else None,
        seller_agreed_at=actor.at if side is Side.SELLER else None,
        due_at=actor.at,
        opened_at=actor.at,
    )
    made.due_at = keeping.start(PROPOSAL, keeping.about(trouble), actor.at, key=str(made.pk))
    made.said = proposing.seal(made, offered.said) if offered.said else None
    made.save(update_fields=("due_at", "said"))
    about = {"who": SIDES[side], "what": proposing.what(made), "due": spoken(made.due_at)}
    template = offernotices.OFFERED if trouble.state == TroubleState.OPEN else offernotices.PROPOSED
    for other in must_agree(side):
        keeping.notify(parties(trouble)[other], template, trouble, actor.at, **about)
    return made


def hear_danger(actor: Actor, trouble: Trouble, side: Side, said: str, **recorded: Any) -> None:
    """Hold a trouble for dangerous whose buyer tells of injury or fire beside a proposal or a reply: an act of its own."""
    if side is not Side.BUYER:
        return
    keeping.note_told(actor, trouble)
    if raised := danger.raise_by_words(actor, trouble, said):
        keeping.keep(
            actor,
            trouble,
            "raise_harm",
            *raised,
            attention="danger",
            **recorded | {"words_sha256": words.digest(said)},
        )


def count_answer(actor: Actor, trouble: Trouble, voice: Voice, made: Proposal | None = None) -> list[Event]:
    """Take a seller's proposal or agreement for an answer: the seller is not urged to write on top of it."""
    if voice.side is not Side.SELLER or trouble.thread.state == ThreadState.ANSWERED:
        return []
    if made is not None:
        made.was_answer = True
        made.save(update_fields=("was_answer",))
    return count_as_answer(actor, trouble.thread)[0]


def wait_again(actor: Actor, trouble: Trouble, voice: Voice) -> list[Event]:
    """Make it the seller's turn again when the buyer does not take what the seller answered."""
    if voice.side is not Side.BUYER or trouble.thread.state != ThreadState.ANSWERED:
        return []
    step = "take_down" if voice.is_taken_down else "write"
    return [*back_to_seller(actor, trouble.thread, Progress.UNSOLVED, step=step)]


def notify_ended(actor: Actor, proposal: Proposal, *, by: Side | None = None) -> None:
    """Tell both parties that a proposal has ended, but the one `by` whom it did."""
    trouble, what = proposal.trouble, proposing.what(proposal)
    how = CHART.states[ProposalState(proposal.state)]
    is_alone = trouble.state == TroubleState.OPEN
    template = offernotices.OFFER_ENDED if is_alone else offernotices.NOT_AGREED
    for side, party in parties(trouble).items():
        if side is not by:
            keeping.notify(party, template, trouble, actor.at, what=what, how=how)


def parties(trouble: Trouble) -> dict[Side, str]:
    """Return under which names both sides are told."""
    thread = trouble.thread
    return {Side.BUYER: f"buyer:{thread.buyer_ref}", Side.SELLER: f"seller:{thread.seller_ref}"}


def made_news(proposal: Proposal) -> Event:
    """Return the news that it was proposed."""
    return keeping.news(
        ProposalMade,
        proposal.trouble,
        proposal=proposal.pk,
        by_side=proposal.by_side,
        what=proposal.kind,
        amount=proposal.amount,
        due_at=proposal.due_at,
    )


def keep(
    actor: Actor,
    proposal: Proposal,
    verb: str,
    *events: Event,
    said: str = "",
    attention: str | None = None,
    settles: frozenset[str] = frozenset(),
    **recorded: Any,
) -> int:
    """Record the act and return its number: what was proposed, never the words but their SHA-256."""
    digest = {"words_sha256": words.digest(said)} if said else {}
    if (
        attention is None and TAKEN_FOR in recorded
    ):  # what staff take down for a party is no answer of their own
        attention = ""
    return keeping.keep(
        actor,
        proposal.trouble,
        verb,
        *events,
        attention=attention,
        settles=settles,
        proposal=proposal.number,
        proposed=proposal.kind,
        amount=proposal.amount,
        **digest,
        **recorded,
    )

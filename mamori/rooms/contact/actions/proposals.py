"""Solutions are proposed, agreed to, declined, countered or withdrawn; an agreement has its own clock."""

from __future__ import annotations

from django.db import transaction

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand, Role
from mamori.ground.market import facts as market
from mamori.japan.spoken import spoken
from mamori.law.deadlines import AGREEMENT, PROPOSAL
from mamori.rooms.contact import calling, keeping, offernotices, owing, proposing, urging, words
from mamori.rooms.contact.actions.fulfilling import note_paid
from mamori.rooms.contact.actions.mediation import NoMediation
from mamori.rooms.contact.actions.talk import back_to_seller, count_as_answer, take_answer_back
from mamori.rooms.contact.claiming import NothingWasSent, cancelled_on
from mamori.rooms.contact.considering import consider, see_decided
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.events import AgreementReached, ProposalMade, SellerUrged
from mamori.rooms.contact.finding import NothingHere, the_proposal, the_trouble
from mamori.rooms.contact.lifecycle import MEDIATION, UNDER_WAY, MediationState, ProposalState, ThreadState
from mamori.rooms.contact.lifecycle import PROPOSAL as CHART
from mamori.rooms.contact.models import Mediation, Proposal, Remedy, Trouble
from mamori.rooms.contact.offerrefusals import (
    AlreadyAgreed,
    ProposalNotYours,
    ProposalWaits,
    ProposedAmountOutOfRange,
)
from mamori.rooms.contact.rules.calling import Why
from mamori.rooms.contact.rules.proposals import (
    KINDS,
    PARTIES,
    SIDES,
    Kind,
    Side,
    amount_within,
    must_agree,
    side_of,
)
from mamori.rooms.contact.topics import Progress

MOST_SAID = 2_000


def propose(hand: Hand, *, trouble: int, kind: Kind, amount: int = 0, said: str = "") -> int:
    """Propose a solution while the centre mediates, and return its id; who has to agree is told.  Yen.

    :raises NoMediation, ProposalWaits, ProposedAmountOutOfRange, NothingWasSent, RefundUnderWay, NoWords, TooManyWords,
        NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    said = _worded(kind, said)
    with transaction.atomic():
        found = the_trouble(hand, trouble)
        _check_mediated(hand, found)
        waits = proposing.open_proposal(found)
        if waits is not None:
            raise ProposalWaits(what=proposing.what(waits), state=CHART.states[ProposalState(waits.state)])
        made = _make(hand, found, kind, amount, said, counters=None)
        events = _answers(hand, found, made)
        _keep(hand, made, "propose", *events, _made(made), said=said)
        return made.pk


def accept(hand: Hand, *, proposal: int) -> None:
    """Agree to a proposal; with the last party's word it is an agreement, and the clock for keeping it starts.

    :raises AlreadyAgreed, ProposedAmountOutOfRange, NothingWasSent, RefundUnderWay, NothingHere, StepNotOpen, StepNotYours: as
        their sentences say.
    """
    with transaction.atomic():
        found, side = _of_party(hand, proposal)
        last = all(_agreed(found, other) for other in PARTIES - {side})
        state = CHART.take("accept" if last else "agree", ProposalState(found.state), hand.role)
        _check_not_agreed(found, side)
        _check_refund(found.trouble)
        found.amount = _amount(
            found.trouble, Kind(found.kind), found.amount
        )  # the order may have changed meanwhile
        setattr(found, f"{side}_agreed_at", hand.at)
        found.state = state
        events: list[Event] = _answers(hand, found.trouble)
        if last:
            found.refunded_before = _refunded(found.trouble)
            events.append(_agree(hand, found))
        found.save()
        settles = keeping.SETTLED_BY_AGREEING if last else frozenset()
        _keep(hand, found, "accept" if last else "agree", *events, settles=settles)


def decline(hand: Hand, *, proposal: int) -> None:
    """Decline a proposal; a buyer who does so waits for the seller again.

    :raises AlreadyAgreed, NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    with transaction.atomic():
        found, side = _of_party(hand, proposal)
        ended = _refuse(hand, found, side, "decline")
        _tell_ended(hand, found)
        _keep(hand, found, "decline_proposal", *_waits_again(hand, found, side), ended)


def counter(hand: Hand, *, proposal: int, kind: Kind, amount: int = 0, said: str = "") -> int:
    """Answer a proposal with another one, and return its id.  Yen.

    :raises AlreadyAgreed, ProposedAmountOutOfRange, NothingWasSent, RefundUnderWay, NoWords, TooManyWords, NothingHere,
        StepNotOpen, StepNotYours: as their sentences say.
    """
    said = _worded(kind, said)
    with transaction.atomic():
        found, side = _of_party(hand, proposal)
        ended = _refuse(hand, found, side, "counter")
        _check_mediated(hand, found.trouble)
        made = _make(hand, found.trouble, kind, amount, said, counters=found)
        moved = _waits_again(hand, found, side) or _answers(hand, found.trouble, made)
        _keep(hand, made, "counter", *moved, ended, _made(made), said=said, countered=found.number)
        return made.pk


def withdraw_proposal(hand: Hand, *, proposal: int) -> None:
    """Take back one's own proposal before it is agreed to; the centre takes back its own.

    A seller who so takes back the only answer owes one again, by the moment by which it was due.

    :raises ProposalNotYours, NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    with transaction.atomic():
        found = the_proposal(hand, proposal)
        if side_of(hand.role) != found.by_side:
            raise ProposalNotYours(who=SIDES[Side(found.by_side)])
        ended = proposing.end(hand, found, "withdraw")
        urged = take_answer_back(hand, found.trouble, found.opened_at) if _is_only_answer(found) else []
        _tell_ended(hand, found)
        _keep(hand, found, "withdraw_proposal", *urged, ended)


def _is_only_answer(proposal: Proposal) -> bool:
    thread = proposal.trouble.thread
    if not proposal.was_answer or thread.state != ThreadState.ANSWERED:
        return False
    return not thread.messages.filter(by_seller=True, substantive=True, at__gte=proposal.opened_at).exists()


def expire_proposal(hand: Hand, *, proposal: int) -> None:
    """End a proposal that nobody replied to in time; the mediation goes on."""
    with transaction.atomic():
        found = the_proposal(hand, proposal)
        ended = proposing.end(hand, found, "expire")
        _tell_ended(hand, found)
        _keep(hand, found, "expire_proposal", ended, attention="proposal-ended")


def miss_agreement(hand: Hand, *, proposal: int) -> None:
    """Note that what was agreed is overdue: it is the seller's turn, and a refund in the seller's place is considered.

    The buyer's silence ends nothing from here on.
    """
    with transaction.atomic():
        found = the_proposal(hand, proposal)
        if note_paid(hand, found.trouble):
            return
        ended = proposing.end(hand, found, "miss")
        about = {"what": proposing.what(found), "due": spoken(found.due_at)}
        for party in (*_parties(found.trouble).values(), "lead"):
            keeping.tell(party, offernotices.AGREEMENT_MISSED, found.trouble, hand.at, **about)
        urged = _turn_back(hand, found.trouble)
        _, considered = consider(hand, found.trouble)
        see_decided(found.trouble, hand.at)
        calling.enter(hand, found.trouble, why=Why.AGREEMENT_MISSED)
        _keep(hand, found, "miss_agreement", *urged, *considered, ended, attention="agreement-missed")


def _turn_back(hand: Hand, trouble: Trouble) -> list[SellerUrged]:
    """Make it the seller's turn, also where the agreement had been taken for an answer."""
    if trouble.thread.state == ThreadState.ANSWERED:
        return back_to_seller(hand, trouble.thread, Progress.UNSOLVED, step="give_back")
    urged = urging.turn_to(hand, trouble, Progress.UNSOLVED)
    trouble.save(update_fields=("progress",))
    return urged


def _worded(kind: Kind, said: str) -> str:
    said = words.optional(said, most=MOST_SAID)
    return words.checked(said) if KINDS[kind].needs_words else said


def _check_mediated(hand: Hand, trouble: Trouble) -> None:
    mediation = Mediation.objects.filter(trouble=trouble).first()
    if mediation is None:
        raise NoMediation()
    MEDIATION.take("propose", MediationState(mediation.state), hand.role)
    _check_refund(trouble)


def _check_refund(trouble: Trouble) -> None:
    if Remedy.objects.filter(trouble=trouble, state__in=UNDER_WAY).exists():
        raise RefundUnderWay()


def _amount(trouble: Trouble, kind: Kind, amount: int) -> int:
    order = market.order(trouble.thread.order_ref)
    if kind is Kind.RETURN_REFUND and order and order.unsent:
        raise NothingWasSent(day=cancelled_on(order.cancelled_at))
    left = max(0, order.amount - order.refunded_amount) if order else 0
    within = amount_within(kind, amount, left)
    if within is None:
        raise ProposedAmountOutOfRange(left=f"{left:,}")
    return within


def _refunded(trouble: Trouble) -> int:
    order = market.order(trouble.thread.order_ref)
    return order.refunded_amount if order else 0


def _make(
    hand: Hand, trouble: Trouble, kind: Kind, amount: int, said: str, *, counters: Proposal | None
) -> Proposal:
    """Enter the proposal, start the clock of the reply, and tell those who have to agree."""
    side = side_of(hand.role)
    made = Proposal.objects.create(
        trouble=trouble,
        number=trouble.proposals.count() + 1,
        by_side=side,
        agent=hand.by if side is Side.CENTRE else "",
        kind=kind,
        amount=_amount(trouble, kind, amount),
        counters=counters,
        buyer_agreed_at=hand.at if side is Side.BUYER else None,
        seller_agreed_at=hand.at if side is Side.SELLER else None,
        due_at=hand.at,
        opened_at=hand.at,
    )
    made.due_at = keeping.start(PROPOSAL, keeping.about(trouble), hand.at, key=str(made.pk))
    made.said = proposing.seal(made, said) if said else None
    made.save(update_fields=("due_at", "said"))
    about = {"who": SIDES[side], "what": proposing.what(made), "due": spoken(made.due_at)}
    for other in must_agree(side):
        keeping.tell(_parties(trouble)[other], offernotices.PROPOSED, trouble, hand.at, **about)
    return made


def _of_party(hand: Hand, proposal: int) -> tuple[Proposal, Side]:
    found, side = the_proposal(hand, proposal), side_of(hand.role)
    if hand.role is Role.MACHINE:
        raise NothingHere()
    return found, side


def _agreed(proposal: Proposal, side: Side) -> bool:
    return getattr(proposal, f"{side}_agreed_at", None) is not None


def _check_not_agreed(proposal: Proposal, side: Side) -> None:
    if _agreed(proposal, side):
        raise AlreadyAgreed()


def _refuse(hand: Hand, proposal: Proposal, side: Side, step: str) -> Event:
    """End a proposal that this side does not take, unless it has agreed to it."""
    CHART.take(step, ProposalState(proposal.state), hand.role)
    _check_not_agreed(proposal, side)
    return proposing.end(hand, proposal, step)


def _agree(hand: Hand, proposal: Proposal) -> Event:
    """Start the clock by which the agreement is to be kept, and tell both."""
    trouble = proposal.trouble
    proposing.stop(hand.at, proposal, why="accept")
    owing.stop_waiting(hand.at, trouble, why="agreed")
    proposal.due_at = keeping.start(AGREEMENT, keeping.about(trouble), hand.at, key=str(proposal.pk))
    for party in _parties(trouble).values():
        keeping.tell(
            party,
            offernotices.AGREED,
            trouble,
            hand.at,
            what=proposing.what(proposal),
            due=spoken(proposal.due_at),
        )
    return keeping.news(
        AgreementReached,
        trouble,
        proposal=proposal.pk,
        what=proposal.kind,
        amount=proposal.amount,
        due_at=proposal.due_at.isoformat(),
    )


def _answers(hand: Hand, trouble: Trouble, made: Proposal | None = None) -> list[Event]:
    """Take a seller's proposal or agreement for an answer: the seller is not urged to write on top of it."""
    if side_of(hand.role) is not Side.SELLER or trouble.thread.state == ThreadState.ANSWERED:
        return []
    if made is not None:
        made.was_answer = True
        made.save(update_fields=("was_answer",))
    return count_as_answer(hand, trouble.thread)[0]


def _waits_again(hand: Hand, proposal: Proposal, side: Side) -> list[Event]:
    """Make it the seller's turn again when the buyer does not take what the seller answered."""
    thread = proposal.trouble.thread
    if side is not Side.BUYER or thread.state != ThreadState.ANSWERED:
        return []
    return [*back_to_seller(hand, thread, Progress.UNSOLVED)]


def _tell_ended(hand: Hand, proposal: Proposal) -> None:
    how = CHART.states[ProposalState(proposal.state)]
    for party in _parties(proposal.trouble).values():
        if party != hand.by.partition("/")[0]:
            keeping.tell(
                party,
                offernotices.NOT_AGREED,
                proposal.trouble,
                hand.at,
                what=proposing.what(proposal),
                how=how,
            )


def _parties(trouble: Trouble) -> dict[Side, str]:
    thread = trouble.thread
    return {Side.BUYER: f"buyer:{thread.buyer_ref}", Side.SELLER: f"seller:{thread.seller_ref}"}


def _made(proposal: Proposal) -> Event:
    return keeping.news(
        ProposalMade,
        proposal.trouble,
        proposal=proposal.pk,
        by_side=proposal.by_side,
        what=proposal.kind,
        amount=proposal.amount,
        due_at=proposal.due_at.isoformat(),
    )


def _keep(
    hand: Hand,
    proposal: Proposal,
    verb: str,
    *events: Event,
    said: str = "",
    attention: str | None = None,
    settles: frozenset[str] = frozenset(),
    countered: int | None = None,
) -> None:
    """Record the act: what was proposed, never the words but their SHA-256."""
    digest = {"words_sha256": words.digest(said)} if said else {}
    keeping.keep(
        hand,
        proposal.trouble,
        verb,
        *events,
        attention=attention,
        settles=settles,
        proposal=proposal.number,
        proposed=proposal.kind,
        amount=proposal.amount,
        countered=countered,
        **digest,
    )

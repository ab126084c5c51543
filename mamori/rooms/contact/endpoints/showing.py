"""A thread as the API shows it: states, clocks and what may be done, and to its parties the words."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.seal import facts as seals
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, RESOLUTION, RETURN_SENDING, SILENCE
from mamori.rooms.contact import attached, keeping, proposing, words
from mamori.rooms.contact.attached import AttachmentFact
from mamori.rooms.contact.centre.queries import centre_messages
from mamori.rooms.contact.centre.rules import reader_of
from mamori.rooms.contact.endpoints.shapes import (
    CentreMessageShown,
    ClockShown,
    Eligibility,
    FileShown,
    Givable,
    Hindered,
    MessageShown,
    ProposalShown,
    ThreadShown,
    ToldReplyShown,
    TroubleShown,
    said,
)
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.ids import PROPOSAL, THREAD, TROUBLE
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.lifecycle.remedy import RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.models import Message, Proposal, Thread, ToldReply, Trouble
from mamori.rooms.contact.models.beside import fresh_of
from mamori.rooms.contact.queries.matter import mediation_of, outlook_of, proposals_of, remedy_of
from mamori.rooms.contact.queries.offers import SHOWN as OFFERED
from mamori.rooms.contact.rules.eligibility import KINDS, Kind
from mamori.rooms.contact.rules.proposals import Kind as Proposed, Reply, Side
from mamori.rooms.contact.topics import Harm, Progress, Topic

SHOWN = frozenset({ANSWER.code, QUESTION_ANSWER.code, RESOLUTION.code, SILENCE.code})
"""The clocks that concern both parties; the others are the centre's own."""
BUYERS = SHOWN | {RETURN_SENDING.code}
"""Those that concern the buyer: a return in the seller's place is no business of the seller's."""


def thread_of(actor: Actor, thread: int) -> Thread:
    """Return the thread as it stands, without locking anything."""
    return _of(actor, pk=thread)


def thread_of_trouble(actor: Actor, trouble: int) -> Thread:
    """Return the thread of a trouble, as `thread_of` does."""
    fresh: Thread | None = fresh_of(trouble)
    return _of(actor, trouble=trouble) if fresh is None else _seen(actor, fresh)


def _of(actor: Actor, **wanted: int) -> Thread:
    related = ("trouble__mediation", "trouble__remedy")
    found = Thread.objects.select_related(*related).filter(**wanted).first()
    return _seen(actor, found)


def _seen(actor: Actor, found: Thread | None) -> Thread:
    if found is None or not is_party(actor, buyer_ref=found.buyer_ref, seller_ref=found.seller_ref):
        raise NothingHere
    return found


def trouble_of(thread: Thread) -> Trouble:
    """Return the thread's trouble."""
    trouble = keeping.trouble_of(thread)
    if trouble is None:
        raise NothingHere
    return trouble


def shown(
    actor: Actor, thread: Thread, messages: Sequence[Message] | None = None, *, earlier: bool = False
) -> ThreadShown:
    """Show a thread; its words, and those of proposals, only where `messages` are given."""
    name = keeping.about(thread)
    trouble = keeping.trouble_of(thread)
    opener = seals.Opener()
    order = market.order(thread.order_ref) if thread.order_ref else None
    told = None if trouble is None else _trouble(actor, trouble, order, None if messages is None else opener)
    return ThreadShown(
        id=THREAD.of(thread.pk),
        case=keeping.case_number(name),
        topic=Topic(thread.topic),
        buyer_ref=thread.buyer_ref,
        seller_ref=thread.seller_ref,
        listing_ref=thread.listing_ref,
        order_ref=thread.order_ref,
        order_cancelled_at=order.cancelled_at if order else None,
        state=ThreadState(thread.state),
        opened_at=thread.opened_at,
        closed_at=thread.closed_at,
        centre_may_read=None if actor.role in SELLERS else thread.centre_may_read,
        shared=None if actor.role is Role.BUYER else thread.shared_at is not None,
        trouble=told,
        clocks=[
            ClockShown(kind=clock.kind, due_at=clock.due_at)
            for clock in clocks.open_clocks(name)
            if clock.kind in (SHOWN if actor.role in SELLERS else BUYERS)
        ],
        messages=None if messages is None else _messages(actor, thread, messages, opener),
        with_centre=None if messages is None or trouble is None else _with_centre(actor, thread),
        earlier=earlier,
    )


def _with_centre(actor: Actor, thread: Thread) -> list[CentreMessageShown]:
    running = clocks.open_clocks(keeping.about(thread))
    return [
        CentreMessageShown(
            number=one.number, by=one.by, readers=one.readers, at=one.at, said=one.words, due_at=one.due_at
        )
        for one in centre_messages(thread, reader_of(actor.role), running)
    ]


def _trouble(
    actor: Actor, trouble: Trouble, order: OrderFact | None, opener: seals.Opener | None
) -> TroubleShown:
    """Show how far it has come; a refund from the operator's own money is no business of the seller's."""
    mediation = mediation_of(trouble)
    is_seller = actor.role in SELLERS
    remedy = None if is_seller else remedy_of(trouble)
    offered = proposals_of(trouble)[:OFFERED]
    told = proposing.replies_to(offered)
    return TroubleShown(
        id=TROUBLE.of(trouble.pk),
        harm=Harm(trouble.harm),
        progress=Progress(trouble.progress),
        state=TroubleState(trouble.state),
        answer_due_at=trouble.answer_due_at,
        resolution_due_at=trouble.resolution_due_at,
        first_answered_at=trouble.first_answered_at,
        closed_at=trouble.closed_at,
        mediation=MediationState(mediation.state) if mediation else "",
        remedy=RemedyState(remedy.state) if remedy else "",
        wish=Kind(remedy.wish) if remedy and remedy.wish else "",
        wished=remedy.wished_amount if remedy else 0,
        refund=remedy.amount if remedy else 0,
        tracking=remedy.tracking if remedy else "",
        proposals=[_proposal(proposal, opener, told.get(proposal.pk)) for proposal in offered],
        eligibility=None if is_seller or trouble.closed_at else _eligibility(actor, trouble, order),
    )


def _eligibility(actor: Actor, trouble: Trouble, order: OrderFact | None) -> Eligibility:
    outlook = outlook_of(trouble, actor.at, order)
    return Eligibility(
        kinds=[Givable(kind=kind, text=said(KINDS[kind])) for kind in outlook.kinds],
        hindrances=[
            Hindered(code=found.hindrance, until=found.until, text=said(text))
            for found, text in zip(outlook.against, outlook.hindrances, strict=True)
        ],
        most=outlook.most,
        price=outlook.price,
        refunded=outlook.refunded,
        ceiling=outlook.ceiling,
    )


def _proposal(proposal: Proposal, opener: seals.Opener | None, told: ToldReply | None) -> ProposalShown:
    agreed = {Side.BUYER: proposal.buyer_agreed_at, Side.SELLER: proposal.seller_agreed_at}
    return ProposalShown(
        id=PROPOSAL.of(proposal.pk),
        number=proposal.number,
        by=Side(proposal.by_side),
        kind=Proposed(proposal.kind),
        text=said(proposing.what(proposal)),
        amount=proposal.amount,
        state=ProposalState(proposal.state),
        agreed=[side for side, at in agreed.items() if at is not None],
        at=proposal.opened_at,
        due_at=None if proposal.closed_at else proposal.due_at,
        said=proposing.words_of(proposal, opener) if opener else None,
        told_replies=[
            ToldReplyShown(
                by=Side.BUYER,
                reply=Reply(told.reply),
                through=told.through,
                at=told.at,
                corrected_at=told.corrected_at,
            )
        ]
        if told
        else [],
    )


def _messages(
    actor: Actor, thread: Thread, messages: Sequence[Message], opener: seals.Opener
) -> list[MessageShown]:
    files = attached.named(actor, thread)
    return [
        _message(thread, message, opener, [file for file in files if file.message == message.number])
        for message in messages
    ]


def _message(
    thread: Thread, message: Message, opener: seals.Opener, files: Sequence[AttachmentFact]
) -> MessageShown:
    try:
        told: str | None = words.read(thread, message, opener, as_shown=True)
    except seals.Shredded:
        told = None
    return MessageShown(
        number=message.number,
        by_seller=message.by_seller,
        at=message.at,
        said=told,
        files=[
            FileShown(number=one.number, name=one.name, kind=one.kind, size=one.size, pages=one.pages)
            for one in files
        ],
    )

"""Solutions over JSON: a party proposes one while the centre mediates, and agrees, declines, answers or takes it back."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from ninja import Status

from mamori.grammar.actor import Actor
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.declared import memory
from mamori.ground.declared.records import NO_NUL, Part, Yen, form, says
from mamori.japan.written import NoWords, TooManyWords
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.mediation import NoMediation
from mamori.rooms.contact.actions.offering import MOST_SAID
from mamori.rooms.contact.actions.told_replies import NothingToCorrect
from mamori.rooms.contact.claiming import NothingWasSent
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.endpoints.shapes import ThreadShown
from mamori.rooms.contact.endpoints.showing import shown, thread_of, trouble_of
from mamori.rooms.contact.endpoints.threads import Acknowledged
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.ids import ProposalId, ThreadId
from mamori.rooms.contact.models import Proposal
from mamori.rooms.contact.offerrefusals import (
    AlreadyAgreed,
    MoneyComesByCard,
    ProposalNotYours,
    ProposalWaits,
    ProposedAmountOutOfRange,
)
from mamori.rooms.contact.pace import TooFast
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.warned import LookBeforeSending, look_first

_STEPS = (NothingHere, StepNotOpen, StepNotYours)
_OFFERING = (
    *_STEPS,
    NoMediation,
    ProposedAmountOutOfRange,
    MoneyComesByCard,
    NothingWasSent,
    RefundUnderWay,
    NoWords,
    TooManyWords,
)
PROPOSING = (*_OFFERING, ProposalWaits, LookBeforeSending, TooFast)
COUNTERING = (*_OFFERING, AlreadyAgreed, LookBeforeSending, TooFast)
ACCEPTING = (
    *_STEPS,
    AlreadyAgreed,
    ProposedAmountOutOfRange,
    MoneyComesByCard,
    NothingWasSent,
    RefundUnderWay,
)
DECLINING = (*_STEPS, AlreadyAgreed)
CORRECTING = (*_STEPS, NothingToCorrect, NoWords, TooManyWords)
WITHDRAWING = (*_STEPS, ProposalNotYours)

Beside = Annotated[
    str,
    Meta(
        max_length=MOST_SAID,
        pattern=NO_NUL,
        extra=form(
            f"{MOST_SAID:,}文字までの文章(NULなし)", f"words of at most {MOST_SAID:,} characters, without NUL"
        ),
    ),
]


class NewProposal(Part, frozen=True, kw_only=True):
    """A solution that a party proposes.  Yen."""

    kind: Annotated[
        Kind,
        says("どう解決するか", "how to solve it"),
        Meta(extra=form("、".join(Kind), ", ".join(Kind))),
    ]
    amount: Annotated[
        Yen,
        says("金額(円)。part_refund のときだけ", "how many yen, for part_refund only"),
    ] = 0
    said: Annotated[
        Beside,
        says(
            "添える言葉。explanation と other では必ず",
            "words that go with it; always needed for explanation and other",
        ),
    ] = ""
    acknowledge_warnings: Acknowledged = False


def propose(actor: Actor, thread: ThreadId, body: NewProposal) -> Status[ThreadShown]:
    """Propose a solution while the centre mediates; the other side is told, and by when a reply is due."""
    found = thread_of(actor, thread)
    with memory.act():
        actions.propose(
            actor, trouble=trouble_of(found).pk, kind=body.kind, amount=body.amount, said=body.said
        )
        look_first(actor, body.said, seller_ref=found.seller_ref, acknowledged=body.acknowledge_warnings)
    return Status(201, shown(actor, thread_of(actor, found.pk)))


def counter_proposal(actor: Actor, proposal: ProposalId, body: NewProposal) -> Status[ThreadShown]:
    """Answer a proposal with another one, which takes its place."""
    with memory.act():
        made = actions.counter(actor, proposal=proposal, kind=body.kind, amount=body.amount, said=body.said)
        seller_ref = Proposal.objects.values_list("trouble__thread__seller_ref", flat=True).get(pk=made)
        look_first(actor, body.said, seller_ref=seller_ref, acknowledged=body.acknowledge_warnings)
    return Status(201, _of(actor, made))


def accept_proposal(actor: Actor, proposal: ProposalId) -> Status[ThreadShown]:
    """Agree to a proposal; with the last party's word it is agreed, and by when it is to be done is set."""
    actions.accept(actor, proposal=proposal)
    return Status(200, _of(actor, proposal))


def decline_proposal(actor: Actor, proposal: ProposalId) -> Status[ThreadShown]:
    """Decline a proposal; the centre goes on helping."""
    actions.decline(actor, proposal=proposal)
    return Status(200, _of(actor, proposal))


def withdraw_proposal(actor: Actor, proposal: ProposalId) -> Status[ThreadShown]:
    """Take back one's own proposal before it is agreed to."""
    actions.withdraw_proposal(actor, proposal=proposal)
    return Status(200, _of(actor, proposal))


class Correction(Part, frozen=True, kw_only=True):
    """What a party really answered."""

    said: Annotated[Beside, says("どこが違うか", "what is wrong")]


def correct_reply(actor: Actor, proposal: ProposalId, body: Correction) -> Status[ThreadShown]:
    """Say that one's own answer, which staff took down by telephone or letter, was misheard; it is undone while it can be."""
    actions.correct_reply(actor, proposal=proposal, said=body.said)
    return Status(200, _of(actor, proposal))


def _of(actor: Actor, proposal: int) -> ThreadShown:
    thread = Proposal.objects.values_list("trouble__thread", flat=True).get(pk=proposal)
    return shown(actor, thread_of(actor, thread))

"""The end of a thread over JSON: its buyer says that it is solved, withdraws it, or closes a question."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta
from ninja import Status

from mamori.grammar.hand import Hand
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.declared.records import Part, form, says
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.question import TroubleNotClosedSo
from mamori.rooms.contact.ending import RefundUnderWay, ReturnUnderWay
from mamori.rooms.contact.endpoints.shapes import ThreadShown
from mamori.rooms.contact.endpoints.showing import shown, thread_of, trouble_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.ids import ProposalId, ThreadId
from mamori.rooms.contact.offerrefusals import OfferWouldBeLost

ENDING = (
    NothingHere,
    OfferWouldBeLost,
    RefundUnderWay,
    ReturnUnderWay,
    TroubleNotClosedSo,
    StepNotOpen,
    StepNotYours,
)


class How(StrEnum):
    """How a buyer ends a thread."""

    SOLVED = "solved"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class ThreadEnded(Part, frozen=True, kw_only=True):
    """What the buyer says."""

    how: Annotated[
        How,
        says(
            "困りごとは solved か withdrawn、質問は closed",
            "solved or withdrawn a trouble, closed a question",
        ),
        Meta(extra=form("、".join(How), ", ".join(How))),
    ]
    gives_up: Annotated[
        ProposalId | None,
        says(
            "返事を待っている提案があるとき、いっしょになくなってよいその提案",
            "where a proposal waits for a reply, the one that may be lost with the end",
        ),
    ] = None


def end_thread(hand: Hand, thread: ThreadId, body: ThreadEnded) -> Status[ThreadShown]:
    """Take the buyer's word that a trouble is solved or withdrawn, or that a question may be closed; nothing waits any more."""
    found = thread_of(hand, thread)
    match body.how:
        case How.SOLVED:
            actions.solve(hand, trouble=trouble_of(found).pk, gives_up=body.gives_up)
        case How.WITHDRAWN:
            actions.withdraw(hand, trouble=trouble_of(found).pk, gives_up=body.gives_up)
        case How.CLOSED:
            actions.close_thread(hand, thread=found.pk)
    return Status(200, shown(hand, thread_of(hand, found.pk)))

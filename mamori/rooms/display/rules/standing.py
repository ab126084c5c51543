"""What should stand about a display, the proof of a contact and a request: clocks, and what keeps the seller from listing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.grammar.clearance import Doing, Hinders
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs, Stands
from mamori.law.deadlines import (
    DISPLAY_LOOK,
    DISPLAY_MENDING,
    DISPLAY_NOTICE,
    DISPLAY_PROOF,
    DISPLAY_QUESTION,
    DISPLAY_RENEWAL,
    DISPLAY_REQUEST,
)
from mamori.rooms.display.lifecycle import DisplayState, ProofState, RequestState
from mamori.rooms.display.rules.proofs import MOST_CALLS, ProofChannel

OPEN = (
    DisplayState.COMPLETE,
    DisplayState.UNSURE,
    DisplayState.LACKING,
    DisplayState.OVERDUE,
    DisplayState.NOT_ASKED,
)
WHY = Text(
    "特定商取引法に基づく表示が、期限までに直っていません。",
    "The display that the Act on Specified Commercial Transactions asks for was not put right in time.",
)
TODO = Text(
    "「特定商取引法に基づく表示」のページで、直すところを直してください。",
    "Please put right what the page “Display required by law” names.",
)


class DisplayNow(Protocol):
    """What of a display it rests on."""

    seller_ref: str
    state: str
    checked_at: datetime | None
    lacking_since: datetime | None
    asked_at: datetime | None


def of_display(one: DisplayNow, *, hinders: bool) -> Iterator[Stands]:
    """Yield what should stand; `hinders` is whether the operator lets a display that was not put right hinder listing."""
    if one.state == DisplayState.UNWRITTEN and one.asked_at is not None:
        yield Runs(DISPLAY_NOTICE, since=one.asked_at)
    if one.state in OPEN and one.checked_at is not None:
        yield Runs(DISPLAY_LOOK, since=one.checked_at)
    if one.state == DisplayState.LACKING and one.lacking_since is not None:
        yield Runs(DISPLAY_MENDING, since=one.lacking_since)
    if one.state == DisplayState.OVERDUE and hinders:
        yield Hinders(
            Doing.LISTING, "display-lacking", WHY, seller=one.seller_ref, todo=TODO, since=one.lacking_since
        )


UNPROVEN = Text(
    "表示の連絡先に連絡が届くことを、期限までに確かめられていません。",
    "It was not proved in time that a contact in the display reaches the seller.",
)
TO_PROVE = Text(
    "「連絡先の確認」のページで確かめるか、届く連絡先に直してください。",
    "Please prove it on the page “Proof of contacts”, or show a contact that reaches you.",
)
OUR_CALL = Text("運営者からの電話を待っているため", "our own call is awaited")

OUR_FORM = Text("運営者がフォームから送るのを待っているため", "we are to send a code by the form")


class ProofNow(Protocol):
    """What of a proof it rests on."""

    seller_ref: str
    channel: str
    state: str
    asked_at: datetime | None
    questioned_at: datetime | None
    proven_at: datetime | None
    offered_at: datetime | None
    calls: int


def is_held(one: ProofNow) -> bool:
    """Say whether the seller's time stands still: a call or a try is owed by us, and not enough calls were in vain."""
    return one.offered_at is not None and one.calls < MOST_CALLS


def of_proof(one: ProofNow, *, hinders: bool) -> Iterator[Stands]:
    """Yield what should stand."""
    ours = OUR_FORM if one.channel == ProofChannel.FORM else OUR_CALL
    still = ours if is_held(one) else None
    if one.state == ProofState.ASKED and one.asked_at is not None:
        yield Runs(DISPLAY_PROOF, since=one.asked_at, still=still)
    if one.state == ProofState.QUESTIONED and one.questioned_at is not None:
        yield Runs(DISPLAY_QUESTION, since=one.questioned_at, still=still)
    if one.state == ProofState.PROVEN and one.proven_at is not None:
        yield Runs(DISPLAY_RENEWAL, since=one.proven_at)
    if one.state == ProofState.MISSED and hinders:
        yield Hinders(
            Doing.LISTING,
            "contact-unproven",
            UNPROVEN,
            seller=one.seller_ref,
            todo=TO_PROVE,
            since=one.questioned_at,
        )


class RequestNow(Protocol):
    """What of a request it rests on."""

    state: str
    begun_at: datetime


def of_request(one: RequestNow, *, hinders: bool) -> Iterator[Stands]:
    """Yield what should stand; a request hinders nothing."""
    del hinders
    if one.state == RequestState.ASKED:
        yield Runs(DISPLAY_REQUEST, since=one.begun_at)

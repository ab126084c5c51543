"""A display looked at whole, and what should stand about it, a proof and a request: clocks, and what hinders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from mamori.law.display import DisplayItem, SellerKind
from mamori.rooms.display.lifecycle import DisplayState, ProofState, RequestState
from mamori.rooms.display.proofs.rules import MOST_CALLS, ProofChannel
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.checks.listed import unlike_offers
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import (
    AskedOf,
    DisplayFault,
    FaultKind,
    OnOffer,
    RegisteredSeller,
    ShownDisplay,
    ShownWords,
)

NO_TEXT = ShownWords(values={})
SEVERAL = 3
"""A text that says fewer things of a display is a greeting, and hides nothing."""


def whole(told: ShownDisplay, text: ShownWords) -> ShownWords:
    """Return what stands under each item: the form's word first, and what the seller's own text adds, or contradicts."""
    said = told.said
    values = {
        item: tuple(dict.fromkeys(filter(None, (said.get(item, ""), *text.values.get(item, ())))))
        for item in DisplayItem
        if item in said or item in text.values
    }
    return replace(text, values=values, on_request=(told.on_request | text.on_request) - said.keys())


def said_in(told: ShownDisplay) -> ShownWords:
    """Return what a display says: its form, and what is read from its text."""
    return whole(told, read(told.text) if told.text else NO_TEXT)


def weighed(
    told: ShownDisplay, registered: RegisteredSeller, asked: AskedOf, offers: Sequence[OnOffer] = ()
) -> tuple[DisplayFault, ...]:
    """Return what is wrong with a display, and of each whether it is sure.

    Sure is what the form alone shows; that something is missing is not, while it may stand in a text that says several things of
    a display, nor that it does not agree with goods on offer.  Nothing is asked of a private person, so that nothing is wrong
    with what it says.
    """
    if asked.seller is SellerKind.PRIVATE:
        return ()
    text = read(told.text) if told.text else NO_TEXT
    shown = whole(told, text)
    found = faults(shown, registered, asked)
    wrong = {one.item for one in found}
    unlike = tuple(one for one in unlike_offers(shown, asked, offers) if one.item not in wrong)
    if len(text.values) < SEVERAL:
        return (*found, *unlike)
    alone = faults(whole(told, NO_TEXT), registered, asked)
    sure = {one.code for one in alone if one.kind is not FaultKind.MISSING}
    return (*(one if one.code in sure else one.unsure() for one in found), *unlike)


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
            todo=Text(
                "「連絡先の確認」のページで確かめるか、届く連絡先に直してください。",
                "Please prove it on the page “Proof of contacts”, or show a contact that reaches you.",
            ),
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

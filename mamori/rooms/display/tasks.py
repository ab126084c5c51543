"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.ground.market.events import PersonErasedOnRequest, SellerChanged, SellerRegistered
from mamori.ground.terms.events import SettingSet
from mamori.law.deadlines import (
    DISPLAY_LOOK,
    DISPLAY_MENDING,
    DISPLAY_NOTICE,
    DISPLAY_PROOF,
    DISPLAY_QUESTION,
    DISPLAY_RENEWAL,
    DISPLAY_REQUEST,
)
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_PROOFS, DISPLAY_REQUIRED
from mamori.law.hidden import DISPLAY_HIDDEN_AGAIN, DISPLAY_HIDDEN_PASS, DISPLAY_HIDDEN_QUESTION, HIDDEN_ON
from mamori.rooms.display.actions import displays
from mamori.rooms.display.events import (
    AskingGoesOn,
    BusinessConcluded,
    ContactProven,
    DisplayWritten,
    HiddenGoesOn,
)
from mamori.rooms.display.hidden import actions as hidden
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.requests import actions as requests


def look_due(fired: Fired) -> None:
    """Ring for a display whose yearly look has come."""
    displays.look_at_display(fired.actor, seller_ref=_named(fired))
    proofs.follow_contacts(fired.actor, seller_ref=_named(fired))


def mending_over(fired: Fired) -> None:
    """Ring for a display that was not put right in time."""
    displays.miss_display(fired.actor, seller_ref=_named(fired))


def notice_over(fired: Fired) -> None:
    """Ring for a seller who was told that a display will be asked for, and has written none."""
    displays.require_display(fired.actor, seller_ref=_named(fired))


def proof_due(fired: Fired) -> None:
    """Ring for a contact that was not proved in the time that was given."""
    proofs.question_proof(fired.actor, proof=_named(fired))


def question_over(fired: Fired) -> None:
    """Ring for a contact whose seller was questioned and proved nothing."""
    proofs.miss_proof(fired.actor, proof=_named(fired))


def proof_old(fired: Fired) -> None:
    """Ring for a contact that was proved a year ago."""
    proofs.renew_proof(fired.actor, proof=_named(fired))


def request_over(fired: Fired) -> None:
    """Ring for a request that its seller did not answer in time."""
    requests.miss_request(fired.actor, request=int(_named(fired)))


def pass_due(fired: Fired) -> None:
    """Ring for the day's pass over private accounts."""
    hidden.count_today(fired.actor)


def begin_hidden(at: datetime) -> int:
    """Begin the daily pass over private accounts in a house that never had one."""
    return hidden.begin_hidden(_heard(at))


def answer_over(fired: Fired) -> None:
    """Ring for a private account that did not answer in time whether it is a business."""
    hidden.miss_answer(fired.actor, seller_ref=_named(fired))


def unclear_again(fired: Fired) -> None:
    """Ring for an account of which it was unclear whether it is a business."""
    hidden.relist_unclear(fired.actor, seller_ref=_named(fired))


def seller_changed(event: SellerChanged, at: datetime) -> None:
    """Look again at the display of a seller of whom something else is registered now."""
    hidden.end_moot(_heard(at), seller_ref=event.seller_ref)
    displays.look_at_display(_heard(at), seller_ref=event.seller_ref)
    displays.follow_unwritten(_heard(at), seller_ref=event.seller_ref)
    proofs.follow_contacts(_heard(at), seller_ref=event.seller_ref)
    requests.follow_requests(_heard(at), seller_ref=event.seller_ref)


def seller_registered(event: SellerRegistered, at: datetime) -> None:
    """Ask a new seller for its display, where all are asked."""
    displays.follow_unwritten(_heard(at), seller_ref=event.seller_ref)


def asking_goes_on(event: AskingGoesOn, at: datetime) -> None:
    """Ask the next sellers."""
    displays.follow_asking(_heard(at), after=event.after)


def hidden_goes_on(event: HiddenGoesOn, at: datetime) -> None:
    """Count the next private accounts through."""
    hidden.look_through(_heard(at), after=event.after)


def business_concluded(event: BusinessConcluded, at: datetime) -> None:
    """Ask a display of who was concluded to be a business, and no more of who was not."""
    displays.look_at_display(_heard(at), seller_ref=event.seller_ref)
    displays.follow_unwritten(_heard(at), seller_ref=event.seller_ref)
    proofs.follow_contacts(_heard(at), seller_ref=event.seller_ref)


def display_written(event: DisplayWritten, at: datetime) -> None:
    """Let the proofs and the requests follow what a seller shows now."""
    proofs.follow_contacts(_heard(at), seller_ref=event.seller_ref)
    requests.follow_requests(_heard(at), seller_ref=event.seller_ref)


def contact_proven(event: ContactProven, at: datetime) -> None:
    """Look again at a display: an address that reaches its seller may be another than the registered one."""
    displays.look_at_display(_heard(at), seller_ref=event.seller_ref)


def setting_set(event: SettingSet, at: datetime) -> None:
    """Hear that it was set whether a display that was not put right hinders listing."""
    if event.setting == DISPLAY_HINDERS.code:
        displays.settle_hindrances(_heard(at))
    if event.setting in (DISPLAY_REQUIRED.code, DISPLAY_PROOFS.code):
        displays.follow_asking(_heard(at))
    if event.setting == HIDDEN_ON.code:
        hidden.follow_hidden(_heard(at))


def person_erased(event: PersonErasedOnRequest, at: datetime) -> None:
    """End the display of a seller who was erased, and what somebody who was erased asked for."""
    side, _, ref = event.subject.partition(":")
    if side == "seller":
        displays.close_display(_heard(at), seller_ref=ref)
        proofs.close_proofs(_heard(at), seller_ref=ref)
        hidden.close_doubt(_heard(at), seller_ref=ref)
        requests.close_requests(_heard(at), seller_ref=ref)
    else:
        requests.close_requests(_heard(at), buyer_ref=ref)


def _heard(at: datetime) -> Actor:
    return Actor(by="machine:display/told", role=Role.MACHINE, at=at, via="outbox")


def _named(fired: Fired) -> str:
    return fired.about.partition(":")[2]


RINGS = {
    DISPLAY_LOOK.code: look_due,
    DISPLAY_MENDING.code: mending_over,
    DISPLAY_NOTICE.code: notice_over,
    DISPLAY_HIDDEN_PASS.code: pass_due,
    DISPLAY_HIDDEN_QUESTION.code: answer_over,
    DISPLAY_HIDDEN_AGAIN.code: unclear_again,
    DISPLAY_PROOF.code: proof_due,
    DISPLAY_QUESTION.code: question_over,
    DISPLAY_RENEWAL.code: proof_old,
    DISPLAY_REQUEST.code: request_over,
}

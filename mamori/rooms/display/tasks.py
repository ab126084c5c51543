"""The same verbs on a clock or upon news from below: each is done by the machine's hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.clocks.actions import Rang
from mamori.ground.market.events import PersonErasedOnRequest, SellerChanged
from mamori.ground.terms.events import SettingSet
from mamori.law.deadlines import DISPLAY_LOOK, DISPLAY_MENDING
from mamori.law.display import DISPLAY_HINDERS
from mamori.rooms.display import actions


def look_due(rang: Rang) -> None:
    """Ring for a display whose yearly look has come."""
    actions.look_at_display(_machine(rang), seller_ref=_seller(rang))


def mending_over(rang: Rang) -> None:
    """Ring for a display that was not put right in time."""
    actions.miss_display(_machine(rang), seller_ref=_seller(rang))


def seller_changed(event: SellerChanged, at: datetime) -> None:
    """Look again at the display of a seller of whom something else is registered now."""
    actions.look_at_display(_heard(at), seller_ref=event.seller_ref)


def setting_set(event: SettingSet, at: datetime) -> None:
    """Hear that it was set whether a display that was not put right hinders listing."""
    if event.setting == DISPLAY_HINDERS.code:
        actions.settle_hindrances(_heard(at))


def person_erased(event: PersonErasedOnRequest, at: datetime) -> None:
    """End the display of a seller who was erased."""
    side, _, ref = event.subject.partition(":")
    if side == "seller":
        actions.close_display(_heard(at), seller_ref=ref)


def _heard(at: datetime) -> Hand:
    return Hand(by="machine:display/told", role=Role.MACHINE, at=at, via="outbox")


def _machine(rang: Rang) -> Hand:
    return Hand(by=f"machine:clock/{rang.kind}", role=Role.MACHINE, at=rang.at, via="clock")


def _seller(rang: Rang) -> str:
    return rang.about.partition(":")[2]


RINGS = {DISPLAY_LOOK.code: look_due, DISPLAY_MENDING.code: mending_over}

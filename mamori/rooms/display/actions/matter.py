"""The kind of matter of this room: a seller's display, found locked by whose it is, recorded and settled."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance
from mamori.ground.matters.standing import Stands
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.terms import facts as terms
from mamori.law.display import DISPLAY_HINDERS
from mamori.rooms.display.bundle.rules import canonical, chance, commitment
from mamori.rooms.display.lifecycle import DISPLAY
from mamori.rooms.display.models import Content, Display, DisplayVersion
from mamori.rooms.display.queries.versions import SALT, place_of, stored_content
from mamori.rooms.display.rules.standing import of_display
from mamori.rooms.display.rules.told import ShownDisplay


class NoSuchShop(Refusal, code="no-such-shop", status=404):
    """Given when there is no such seller for this actor."""

    text = Text(
        "この出品者は見つかりません。通販サイトの番号をご確認ください。",
        "There is no such seller. Please check its reference.",
    )


def the_seller(actor: Actor, seller_ref: str) -> SellerFact:
    """Return a seller to whom the actor belongs, or of whom software may tell."""
    seller = market.seller(seller_ref) if actor.role is Role.MACHINE or actor.is_sellers(seller_ref) else None
    if seller is None or seller.erased:
        raise NoSuchShop
    return seller


def the_display(actor: Actor, seller_ref: str) -> Display:
    """Return the display of a known seller, locked; it is made where there was none."""
    if actor.role is not Role.MACHINE and not actor.is_sellers(seller_ref):
        raise NoSuchShop
    Display.objects.bulk_create([Display(seller_ref=seller_ref)], ignore_conflicts=True)
    return Display.objects.select_for_update().get(pk=seller_ref)


def about(seller_ref: str) -> str:
    """Return the name under which acts and clocks know a seller's display."""
    return f"display.display:{seller_ref}"


def keep_act(
    act: Performance[Any], verb: str, events: Iterable[Event], *, about: str, payload: Mapping[str, Any]
) -> int:
    """Publish the events of an act about something of a seller's, record it, and return its number."""
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record(
        act.actor,
        kind=f"display.{verb}",
        subject=f"seller:{act.matter.seller_ref}",
        about=about,
        payload=payload,
    )


def settle_rows[M](
    rows: Iterable[M],
    about: Callable[[M], str],
    of: Callable[..., Iterable[Stands]],
    *,
    at: datetime,
    why: str,
) -> None:
    """Let stand about rows that are locked what should; `of` says it of one, by whether the operator lets it hinder."""
    hinders = terms.setting(DISPLAY_HINDERS, at=at)
    should = {about(one): tuple(of(one, hinders=hinders)) for one in rows}
    settlement.settle(should, at=at, why=why, hindering=list(should))


def settle_displays(displays: Iterable[Display], *, at: datetime, why: str) -> None:
    """Let stand about displays what should."""
    settle_rows(displays, lambda one: about(one.seller_ref), of_display, at=at, why=why)


def _record(act: Performance[Display], verb: str, *events: Event, **told: Any) -> int:
    display = act.matter
    payload = {"version": display.number, "state": display.state, "faults": display.faults, **told}
    return keep_act(act, verb, events, about=about(display.seller_ref), payload=payload)


def _settle(act: Performance[Display]) -> None:
    settle_displays([act.matter], at=act.actor.at, why=act.verb)


def _find(actor: Actor, seller_ref: str, version: int | None) -> Display:
    del version
    return the_display(actor, seller_ref)


DISPLAYS: MatterKind[Display, str] = MatterKind(
    chart=DISPLAY,
    find=_find,
    case=lambda one: about(one.seller_ref),
    record=_record,
    settle=_settle,
)


# A version of a display is kept: its content once, sealed with the seller's key.


KEPT = "display.keep"
HOUSE = "machine:display"


@dataclass(frozen=True, slots=True)
class PackedDisplay:
    """A display as it is kept, and what it is known by: a digest by the house's key, so that a copy confirms no guess."""

    plain: bytes
    digest: str


def pack(told: ShownDisplay) -> PackedDisplay:
    """Return a display in the one form in which it is kept."""
    plain = msgspec.json.encode(told, order="sorted")
    return PackedDisplay(
        plain, hmac.digest(seals.key(seals.Key.INDEX), b"display_content\n" + plain, "sha256").hex()
    )


def add(
    actor: Actor, seller_ref: str, number: int, one: PackedDisplay, *, by: str, at: datetime, as_private: bool
) -> DisplayVersion:
    """Keep a version; what was said before is not kept twice.  An act of its own binds the log to it."""
    content = Content.objects.filter(seller_ref=seller_ref, digest=one.digest).first()
    if content is None:
        sealed = sealing.seal(
            subject=f"seller:{seller_ref}", place=place_of(seller_ref, one.digest), plain=_salted(one.plain)
        )
        content = Content.objects.create(seller_ref=seller_ref, digest=one.digest, sealed=sealed)
    act = _bind(actor, number, content)
    return DisplayVersion.objects.create(
        seller_ref=seller_ref,
        number=number,
        content=content,
        by=by,
        act=act,
        told_at=at,
        as_private=as_private,
    )


def _salted(plain: bytes) -> bytes:
    return canonical(json.loads(plain) | {SALT: chance()})


def _bind(actor: Actor, number: int, content: Content) -> int:
    """Record that a version is kept, with what lets whoever is given its content and salt prove it.

    It names neither who wrote it nor what is wrong with it, as its receipt is given out opened.
    """
    found = stored_content(content)
    payload: dict[str, Any] = {"version": number}
    if found is not None and found.salt:
        payload["content"] = commitment(found.salt, found.content)
    house = Actor(by=HOUSE, role=Role.MACHINE, at=actor.at, via="house")
    seller_ref = content.seller_ref
    return ledger.record(
        house,
        kind=KEPT,
        subject=f"seller:{seller_ref}",
        about=about(seller_ref),
        payload=payload,
    )

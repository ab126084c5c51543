"""A version of a display is kept: its content once, sealed with the seller's key."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from mamori.grammar.hand import Hand, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.rooms.display.actions.matter import about
from mamori.rooms.display.models import Content, DisplayVersion
from mamori.rooms.display.queries.versions import SALT, kept, place_of
from mamori.rooms.display.rules.commitment import canonical, chance, commitment
from mamori.rooms.display.rules.told import DisplayTold

KEPT = "display.keep"
HOUSE = "machine:display"


@dataclass(frozen=True, slots=True)
class PackedDisplay:
    """A display as it is kept, and what it is known by: a digest by the house's key, so that a copy confirms no guess."""

    plain: bytes
    digest: str


def packed(told: DisplayTold) -> PackedDisplay:
    """Return a display in the one form in which it is kept."""
    plain = msgspec.json.encode(told, order="sorted")
    return PackedDisplay(
        plain, hmac.digest(seals.key(seals.Key.INDEX), b"display_content\n" + plain, "sha256").hex()
    )


def add(
    hand: Hand, seller_ref: str, number: int, one: PackedDisplay, *, by: str, at: datetime, as_private: bool
) -> DisplayVersion:
    """Keep a version; what was said before is not kept twice.  An act of its own binds the log to it."""
    content = Content.objects.filter(seller_ref=seller_ref, digest=one.digest).first()
    if content is None:
        sealed = sealing.seal(
            subject=f"seller:{seller_ref}", place=place_of(seller_ref, one.digest), plain=_salted(one.plain)
        )
        content = Content.objects.create(seller_ref=seller_ref, digest=one.digest, sealed=sealed)
    act = _bind(hand, number, content)
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


def _bind(hand: Hand, number: int, content: Content) -> int:
    """Record that a version is kept, with what lets whoever is given its content and salt prove it.

    It names neither who wrote it nor what is wrong with it, as its receipt is given out opened.
    """
    found = kept(content)
    payload: dict[str, Any] = {"version": number}
    if found is not None and found.salt:
        payload["content"] = commitment(found.salt, found.content)
    house = Hand(by=HOUSE, role=Role.MACHINE, at=hand.at, via="house")
    seller_ref = content.seller_ref
    return ledger.record(
        house,
        kind=KEPT,
        subject=f"seller:{seller_ref}",
        about=about(seller_ref),
        payload=payload,
    )

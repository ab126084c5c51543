"""A version of a display is kept: its content once, sealed with the seller's key."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

import msgspec

from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.rooms.display.models import Content, DisplayVersion
from mamori.rooms.display.queries.versions import place_of
from mamori.rooms.display.rules.told import DisplayTold


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
    seller_ref: str, number: int, one: PackedDisplay, *, by: str, act: int, at: datetime
) -> DisplayVersion:
    """Keep a version; what was said before is not kept twice."""
    content = Content.objects.filter(seller_ref=seller_ref, digest=one.digest).first()
    if content is None:
        sealed = sealing.seal(
            subject=f"seller:{seller_ref}", place=place_of(seller_ref, one.digest), plain=one.plain
        )
        content = Content.objects.create(seller_ref=seller_ref, digest=one.digest, sealed=sealed)
    return DisplayVersion.objects.create(
        seller_ref=seller_ref, number=number, content=content, by=by, act=act, told_at=at
    )

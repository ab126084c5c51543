"""Versions of a display: found by number or moment, and opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import QuerySet

from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.rooms.display.models import Content, DisplayVersion
from mamori.rooms.display.rules.told import ShownDisplay


def plain(seller_ref: str, place: Place, sealed: bytes | memoryview) -> bytes | None:
    """Return what lies there, or nothing once the seller's key is destroyed."""
    return seals.opened(subject=f"seller:{seller_ref}", place=place, sealed=sealed)


TABLE = "display_content"
SALT = "salt"
"""Under this name the salt lies in what is sealed, beside the display's own fields."""


@dataclass(frozen=True, slots=True)
class SavedContent:
    """The fields of a display as they were told, and the salt of its commitment, "" where it was kept without one."""

    salt: str
    content: dict[str, Any]


def newest(seller_ref: str) -> DisplayVersion | None:
    """Return the version that is shown, or nothing."""
    return (
        DisplayVersion.objects.select_related("content")
        .filter(seller_ref=seller_ref)
        .order_by("-number")
        .first()
    )


def at_moment(seller_ref: str, at: datetime) -> DisplayVersion | None:
    """Return the version that was public at a moment; of several in one moment the last, nothing before the first."""
    rows = public(DisplayVersion.objects.select_related("content"), seller_ref).filter(told_at__lte=at)
    return rows.order_by("-told_at", "-number").first()


def public(rows: QuerySet[DisplayVersion], seller_ref: str) -> QuerySet[DisplayVersion]:
    """Return those of a seller's versions that were not written as a private person, whom nobody reads."""
    return rows.filter(seller_ref=seller_ref, as_private=False)


def newest_public(seller_ref: str) -> DisplayVersion | None:
    """Return the version that everybody reads, or nothing where all was written as a private person."""
    return public(DisplayVersion.objects.select_related("content"), seller_ref).order_by("-number").first()


def numbered(seller_ref: str, number: int) -> DisplayVersion | None:
    """Return the version of that number, or nothing; nor one that was written as a private person."""
    return public(DisplayVersion.objects.select_related("content"), seller_ref).filter(number=number).first()


def told_of(seller_ref: str, *, limit: int = 50) -> tuple[DisplayVersion, ...]:
    """Return the newest versions, what they say left sealed, without those that were written as a private person."""
    return tuple(public(DisplayVersion.objects.all(), seller_ref).order_by("-number")[:limit])


def opened(version: DisplayVersion) -> ShownDisplay | None:
    """Return what a version says, or nothing once its seller's key is destroyed."""
    plain = _plain(version.content)
    return msgspec.json.decode(plain, type=ShownDisplay) if plain is not None else None


def stored_content(content: Content) -> SavedContent | None:
    """Return a content as it lies there, with its salt, or nothing once its seller's key is destroyed."""
    plain = _plain(content)
    if plain is None:
        return None
    told = json.loads(plain)
    return SavedContent(salt=told.pop(SALT, ""), content=told)


def _plain(content: Content) -> bytes | None:
    return plain(content.seller_ref, place_of(content.seller_ref, content.digest), content.sealed)


def place_of(seller_ref: str, digest: str) -> Place:
    return Place(TABLE, f"{seller_ref}/{digest}", "sealed")

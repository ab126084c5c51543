"""How versions of a registered name are found, sealed, kept and counted down."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from mamori.grammar.businesstime import CalendarDays
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import IDENTITY_REMINDER
from mamori.law.identification import Method, Registrant
from mamori.rooms.identity.models import Version
from mamori.rooms.identity.rules.hindering import of_version
from mamori.rooms.identity.rules.standing import Registered

MOST_DAYS = 3_660
EXPIRY, REMINDER = "identity.expiry", IDENTITY_REMINDER.code
TABLE = "identity_version"


def about(seller_ref: str) -> str:
    """Return the name under which clocks and acts know a seller's identity."""
    return f"identity.seller:{seller_ref}"


def last(seller_ref: str) -> Version | None:
    """Return the version that counts, or nothing."""
    return Version.objects.filter(seller_ref=seller_ref).order_by("-number").first()


def told_by(seller: SellerFact) -> Registered:
    """Return what the marketplace says of a seller's registered name by now."""
    contact = seller.contact
    return Registered(
        name=contact.legal_name,
        kana=contact.legal_kana,
        registrant=contact.registered_as,
        method=contact.verified_by,
        verified_at=contact.verified_at,
        until=contact.verified_until,
    )


def add(seller_ref: str, number: int, registered: Registered, *, covered: bool, at: datetime) -> Version:
    """Keep a version."""
    names = json.dumps([registered.name, registered.kana, registered.registrant], ensure_ascii=False)
    sealed = sealing.seal(
        subject=f"seller:{seller_ref}", place=_place(seller_ref, number), plain=names.encode()
    )
    return Version.objects.create(
        seller_ref=seller_ref,
        number=number,
        sealed=sealed,
        method=registered.method or "",
        verified_at=registered.verified_at,
        until=registered.until,
        covered=covered,
        told_at=at,
    )


def opened(version: Version) -> Registered | None:
    """Return what a version says, or nothing once the seller's key is destroyed."""
    place = _place(version.seller_ref, version.number)
    plain = seals.opened(subject=f"seller:{version.seller_ref}", place=place, sealed=version.sealed)
    if plain is None:
        return None
    name, kana, registrant = json.loads(plain)
    return replace(
        unnamed(version), name=name, kana=kana, registrant=Registrant(registrant) if registrant else None
    )


def unnamed(version: Version) -> Registered:
    """Return what a version says of its check, its names left sealed."""
    return Registered(
        name="",
        method=Method(version.method) if version.method else None,
        verified_at=version.verified_at,
        until=version.until,
    )


def day_of(at: datetime) -> date:
    """Return the day in Japan."""
    return at.astimezone(JAPAN).date()


def count_down(seller_ref: str, until: date | None, at: datetime) -> None:
    """Let the clocks of a check run to its last day, those before it stopped; the seller hears of it days before."""
    name = about(seller_ref)
    clocks.stop(about=name, at=at, why="told anew")
    left = (until - day_of(at)).days if until is not None else -1
    if not 0 <= left < MOST_DAYS:  # it is over, or so far away that nobody means a day
        return
    yesterday = at - timedelta(days=1)
    clocks.start(kind=EXPIRY, about=name, at=yesterday, duration=CalendarDays(left + 1))
    notice = terms.duration(IDENTITY_REMINDER, at=at)
    assert isinstance(notice, CalendarDays)
    if left > notice.count:
        clocks.start(kind=REMINDER, about=name, at=at, duration=CalendarDays(left - notice.count))


def settle_clearance(version: Version, at: datetime) -> None:
    """Let the version that counts hinder its seller as far as its check says, from now on or from its end on."""
    market.settle_clearance({about(version.seller_ref): tuple(of_version(version))}, at=at)


def _place(seller_ref: str, number: int) -> Place:
    return Place(TABLE, f"{seller_ref}/{number}", "sealed")

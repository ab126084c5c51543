"""What others may ask: who a seller is registered as, whether that was verified, how, and until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from django.db.models import OuterRef, Subquery

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.law.identification import METHODS, Method, Registrant
from mamori.rooms.identity import actions
from mamori.rooms.identity.models import HAS_END, Version
from mamori.rooms.identity.outlines import (
    OUTLINES as OUTLINES,
    settled as settled,
    settled_rows as settled_rows,
)
from mamori.rooms.identity.rules import Standing as Standing, standing


@dataclass(frozen=True, slots=True)
class StandingFact:
    """Which version of a seller's registered name counts, and how it stands."""

    version: int
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityFact:
    """A seller's registered name and how it stands; `since` is when this was told, `until` the last day of its check."""

    seller_ref: str
    version: int
    standing: Standing
    name: str
    kana: str
    registrant: Registrant | None
    method: Method | None
    verified_at: datetime | None
    until: date | None
    since: datetime

    @property
    def method_text(self) -> Text | None:
        """Say how it was verified, where it was."""
        return METHODS[self.method].text if self.method else None


def identity(seller_ref: str, *, at: datetime) -> IdentityFact | None:
    """Return who a seller is registered as, or nothing where nobody told or it was erased."""
    last = actions.last_version(seller_ref)
    registered = actions.opened(last) if last else None
    if last is None or registered is None:
        return None
    return IdentityFact(
        seller_ref=seller_ref,
        version=last.number,
        standing=standing(registered.method, registered.until, covered=last.covered, on=actions.day_of(at)),
        name=registered.name,
        kana=registered.kana,
        registrant=registered.registrant,
        method=registered.method,
        verified_at=registered.verified_at,
        until=registered.until,
        since=last.told_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFact:
    """A seller whose check has ended or ends soon; `until` is its last day."""

    seller_ref: str
    standing: Standing
    method: Method
    until: date

    @property
    def method_text(self) -> Text:
        """Say how it was verified."""
        return METHODS[self.method].text


SOON = 30
"""Days ahead from which a check counts as one that ends soon."""


def ending(*, at: datetime, days: int = SOON, limit: int = 200) -> tuple[EndingFact, ...]:
    """Return the sellers whose check has ended or ends within so many days, the longest over first; erased ones are left out."""
    on = actions.day_of(at)
    newest = Version.objects.filter(seller_ref=OuterRef("seller_ref")).order_by("-number")
    rows = (
        Version.objects.filter(
            HAS_END,
            until__lte=on + timedelta(days=days),
            covered=True,
            number=Subquery(newest.values("number")[:1]),
        )
        .defer("sealed")
        .order_by("until", "id")
    )
    found: list[EndingFact] = []
    for begin in count(step=limit):
        batch = list(rows[begin : begin + limit])
        known = market.known_sellers({row.seller_ref for row in batch})
        found += [_ending(row, on) for row in batch if row.seller_ref in known]
        if len(batch) < limit or len(found) >= limit:
            break
    return tuple(found[:limit])


def _ending(row: Version, on: date) -> EndingFact:
    assert row.until is not None
    method = Method(row.method)
    return EndingFact(
        seller_ref=row.seller_ref,
        standing=standing(method, row.until, covered=row.covered, on=on),
        method=method,
        until=row.until,
    )


def standings(seller_refs: Collection[str], *, at: datetime) -> dict[str, StandingFact]:
    """Say of many sellers in one look how their registered names stand; of whom nobody told is left out, names stay sealed."""
    newest = Version.objects.filter(seller_ref=OuterRef("seller_ref")).order_by("-number")
    rows = Version.objects.filter(
        seller_ref__in=seller_refs, number=Subquery(newest.values("number")[:1])
    ).values_list("seller_ref", "number", "method", "until", "covered")
    on = actions.day_of(at)
    return {
        ref: StandingFact(number, standing(Method(method) if method else None, until, covered=covered, on=on))
        for ref, number, method, until, covered in rows
    }

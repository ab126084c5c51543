"""What others may ask of this room: what was requested under the pledge, and of which day its lists of names are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.requests import REQUEST_PLEDGE, RequestBasis
from mamori.law.screening import SCREENING_LISTS
from mamori.rooms.safety.hits.rules import HitWay, in_time
from mamori.rooms.safety.lifecycle import AuthorityState, ScreeningState
from mamori.rooms.safety.models import Agency, RequestHit, Screening
from mamori.rooms.safety.outlines import OUTLINES as OUTLINES


def mail_of(number: str) -> tuple[str, str]:
    """Return the registered mail address of an agency that was confirmed and is used, and its language; none of another."""
    row = Agency.objects.filter(pk=int(number)).first()
    return (row.mail, "ja") if row and row.is_known else ("", "ja")


def address_of(number: str) -> tuple[str, str]:
    """Return the name and the postal address of such an agency."""
    row = Agency.objects.filter(pk=int(number)).first()
    return (f"{row.name} {row.office}".strip(), row.address) if row and row.is_known else ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeHit:
    """A listing that a request under the pledge means: when it was asked for, confirmed and removed, and whether in time."""

    request: int
    requested_on: date
    asked_on: datetime
    listing_ref: str
    category: str
    confirmed_at: datetime
    removed_at: datetime | None
    in_time: bool
    is_within: bool


def pledge_requests(first: date, after: date) -> tuple[PledgeHit, ...]:
    """Return what was requested under the pledge from `first` to before `after`, in Japan, each listing once a request.

    A listing that two lines of one request mean is counted once; what a forged request named, or nobody verified, never.
    """
    since, until = (datetime(day.year, day.month, day.day, tzinfo=JAPAN) for day in (first, after))
    rows = RequestHit.objects.filter(
        request__basis=RequestBasis.PLEDGE,
        request__received_at__gte=since,
        request__received_at__lt=until,
        request__verified_at__isnull=False,
        meant_at__isnull=False,
    ).exclude(request__state=AuthorityState.FORGED)
    found: dict[tuple[int, str], PledgeHit] = {}
    for hit in rows.select_related("request").order_by("request__received_at", "request_id", "pk"):
        asked = hit.request.received_at
        due = clocks.after(asked, terms.duration(REQUEST_PLEDGE, at=asked))
        assert hit.meant_at is not None
        found.setdefault(
            (hit.request_id, hit.listing_ref),
            PledgeHit(
                request=hit.request_id,
                requested_on=asked.astimezone(JAPAN).date(),
                asked_on=asked,
                listing_ref=hit.listing_ref,
                category=hit.category,
                confirmed_at=hit.meant_at,
                removed_at=hit.done_at,
                in_time=in_time(hit.done_at, due),
                is_within=hit.way == HitWay.WITHIN,
            ),
        )
    return tuple(found.values())


def lists_as_of() -> tuple[tuple[int, Text, date | None], ...]:
    """Return the lists of names that are used, each by its number, what it is called and its day; None where none was taken in."""
    codes = [one.code for one in SCREENING_LISTS]
    rows = Screening.objects.filter(code__in=codes, state=ScreeningState.USED).order_by("pk")
    return tuple((row.pk, row.title_text, row.as_of) for row in rows)

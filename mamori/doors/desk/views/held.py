"""Money that is held or waits, by its age; and sellers to whom nothing is paid once their check is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from mamori.doors.desk.panels import CASE_PAGE
from mamori.grammar.text import Text, yen
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.ground.web import pictures
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.pictures import Bar
from mamori.ground.web.signs import Visit, number_in
from mamori.law.clauses import titled
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.facts import HeldFact
from mamori.rooms.identity import facts as identity
from mamori.rooms.payouts import facts as payouts
from mamori.rooms.payouts.facts import BandFact, WaitingFact

# Money that is held or waits, by its age: payouts that wait and measures that hold proceeds, in one list.


SIZE = 100
MOST_MEASURES = 1_000
AGES = Text("待っている日数ごとの売上金", "Proceeds that wait, by how long")
AGE, HELD = Text("日数", "days"), Text("金額と件数", "amount and count")
_MEASURE = Text("措置", "Measure")
_UNTIL_ENDED = Text("この措置が終わるまで", "until this measure ends")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """Money of one seller: since when, how much of what, why, on which clause, until when, and the case to open."""

    since: datetime
    days: int
    what: str
    seller_ref: str
    amount: Text
    reason: Text
    state: Text
    clause: Text | None
    review_at: datetime | None
    ends_at: datetime | None
    case: str

    @property
    def path(self) -> str:
        """Return the address of its case."""
        return CASE_PAGE.format(number=self.case) if self.case else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """An age in words, how many payouts and measures are so old, how many yen of payouts wait, and where the list shows it."""

    title: Text
    count: int
    waits: int
    measures: int
    begins: int
    is_old: bool


@open_to(*STAFF)
def held(request: Visit) -> HttpResponse:
    """Show what waits or is held, the oldest first, with the totals of each age; or the identity checks that end."""
    if request.GET.get("show") == "identities":
        return _identities(request)
    at = request.received_at
    measures = enforcement.held(at=at, limit=MOST_MEASURES)
    bands = _bands(payouts.waiting_by_age(at=at), measures)
    total = sum(band.count + band.measures for band in bands)
    begin = min(number_in(request.GET.get("from", "")) or 0, total)
    waiting = payouts.waiting(at=at, limit=begin + SIZE)
    rows = sorted([*_of_payouts(waiting), *_of_measures(measures, at)], key=lambda row: row.since)
    page = rows[begin : begin + SIZE]
    shops = market.shop_names({row.seller_ref for row in page})
    shown = {
        "rows": [(row, shops.get(row.seller_ref, "")) for row in page],
        "bands": bands,
        "picture": pictures.bars("ages", AGES, (AGE, HELD), [_bar(band) for band in bands]),
        "total": total,
        "waits": sum(band.waits for band in bands),
        "before": max(0, begin - SIZE) if begin else None,
        "after": begin + SIZE if begin + SIZE < total else None,
        "first": begin + 1,
        "last": begin + len(page),
    }
    return render(request, "desk/held.html", shown)


def _of_payouts(waiting: tuple[WaitingFact, ...]) -> Iterator[HeldRow]:
    for one in waiting:
        found = one.payout
        titles = [reason.code.words.title for reason in found.each_reason]
        yield HeldRow(
            since=one.since,
            days=one.days,
            what=found.ref,
            seller_ref=found.seller_ref,
            amount=yen(found.waits),
            reason=Text.listed(titles),
            state=found.state_text,
            clause=titled(found.clause_title, found.clause_version) if found.clause_title else None,
            review_at=found.review_at,
            ends_at=found.ends_at,
            case=one.case,
        )


def _of_measures(held: tuple[HeldFact, ...], at: datetime) -> Iterator[HeldRow]:
    numbers = cases.numbers_of([f"enforcement.finding:{one.measure.finding}" for one in held])
    for one in held:
        found = one.measure
        wording = terms.wording(found.clause, found.clause_version) if found.clause else None
        yield HeldRow(
            since=found.starts_at or found.decided_at,
            days=one.days,
            what="",
            seller_ref=found.seller_ref,
            amount=found.cap if found.amount else _UNTIL_ENDED,
            reason=found.title,
            state=_MEASURE,
            clause=titled(wording.title, found.clause_version) if wording else None,
            review_at=found.review_at,
            ends_at=found.ends_at,
            case=numbers.get(f"enforcement.finding:{found.finding}", ""),
        )


def _bands(found: tuple[BandFact, ...], measures: tuple[HeldFact, ...]) -> list[Band]:
    """Return the bands, the oldest first as the list is; each says after how many rows it begins."""
    bands: list[Band] = []
    for one in reversed(found):
        so_old = sum(
            one.least <= held.days and (one.most is None or held.days <= one.most) for held in measures
        )
        bands.append(
            Band(
                title=ages(one),
                count=one.count,
                waits=one.waits,
                measures=so_old,
                begins=sum(band.count + band.measures for band in bands),
                is_old=one.most is None and bool(one.count + so_old),
            )
        )
    return bands


def _bar(band: Band) -> Bar:
    """Return the bar of an age: as long as what waits; a measure that holds proceeds has no amount, and is named."""
    said = yen(band.waits)
    if band.measures:
        said = Text("{yen}・措置 {held}件", "{yen}, measures: {held}").fill(yen=said, held=band.measures)
    return Bar(name=band.title, value=band.waits, said=said)


def ages(band: BandFact) -> Text:
    """Say how old what is in a band is."""
    if band.most is None:
        return Text(f"{band.least - 1}日を超える", f"more than {band.least - 1} days")
    return Text(f"{band.least}〜{band.most}日", f"{band.least}–{band.most} days")


MOST = 200


def _identities(request: Visit) -> HttpResponse:
    """Show the sellers whose check has ended or ends soon, the longest over first."""
    rows = identity.ending(at=request.received_at, limit=MOST + 1)
    shops = market.shop_names({row.seller_ref for row in rows})
    shown = {
        "rows": [(row, shops.get(row.seller_ref, "")) for row in rows[:MOST]],
        "days": identity.SOON,
        "most": MOST if len(rows) > MOST else 0,
    }
    return render(request, "desk/identities.html", shown)

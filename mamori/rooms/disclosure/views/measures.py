"""The one public page of measures, its editions, and the same for machines: JSON with its schema, CSV, Atom."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit
from mamori.ground.web.spreadsheet import spreadsheet
from mamori.ground.web.wording import language, told
from mamori.japan.months import Month
from mamori.law.duties import MEASURES_SHOWN
from mamori.law.jomc import JOMC, JOMC_TITLE
from mamori.law.shown import SETTLED_DAYS
from mamori.rooms.disclosure.queries import counted, editions, jomc, measures, publicpage, report
from mamori.rooms.disclosure.queries.counted import MonthTold
from mamori.rooms.disclosure.queries.editions import EditionShown
from mamori.rooms.disclosure.queries.measures import MeasureOnPage
from mamori.rooms.disclosure.rules.editions import (
    COLUMNS,
    HIDING,
    cell_json,
    definitions_json,
    moment_json,
    table_of,
)
from mamori.rooms.disclosure.rules.editionschema import SCHEMA
from mamori.rooms.disclosure.rules.handbook import digest as digest_of
from mamori.rooms.disclosure.rules.measures import force_text, last_settled, month_text

MEASURES = Text("取組みと実績", "What we do, and how far")
A_WHILE, FOR_GOOD = "public, max-age=300", "public, max-age=31536000, immutable"
"""How long others may keep what is for machines: an edition never changes."""


@open_to(*EVERYONE)
def page(request: Visit) -> HttpResponse:
    """Show what is done and how far: promises with their newest numbers first, then each measure."""
    at = request.received_at
    drawn = _drawn(at)
    told_of, listed = measures.measures(at), jomc.listed()
    on = told_of.of_practices
    groups = [
        (
            group,
            force_text(group.duty.force if group.duty else None),
            [(one, drawn.of(one)) for one in group.measures],
        )
        for group in measures.grouped(on)
    ]
    lead = publicpage.telling(drawn.months, drawn.halves, on)
    shown = {
        "promises": publicpage.promises(lead, on, at),
        "month": lead.name if lead else None,
        "newest": month_text(drawn.months[-1].month) if lead and lead.last < drawn.months[-1].month else None,
        "first_on": None if drawn.months else publicpage.first_on(at),
        "groups": groups,
        "off": terms.off(at),
        "own": told_of.own,
        "editions": editions.published(),
        "years": report.years(),
        "hiding": HIDING,
        "jomc": JOMC,
        "jomc_title": JOMC_TITLE,
        "listed": listed,
        "listed_same": listed is not None and listed.digest == digest_of((jomc.text_now(at, on),)),
        "settled_days": SETTLED_DAYS,
        "basis": MEASURES_SHOWN.citation,
    }
    response = render(request, "disclosure/public/measures.html", shown)
    if request.presence.role is Role.ANONYMOUS:
        response["Cache-Control"] = "private, max-age=60"
    return response


@dataclass(slots=True, kw_only=True)
class DrawnFigures:
    """The figures of the months as they are drawn for everybody, each measure once in each language."""

    key: tuple[int, Month]
    months: tuple[MonthTold, ...]
    halves: tuple[publicpage.TimeTold, ...]
    parts: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, measure: MeasureOnPage) -> str:
        """Return the drawn figures of a measure, "" where there are none."""
        if not self.months or not measure.figures:
            return ""
        key = measure.code, language()
        if key not in self.parts:
            told_ = {"one": publicpage.figures_of(measure, self.months, self.halves)}
            self.parts[key] = render_to_string("disclosure/public/figures.html", told_)
        return self.parts[key]


_DRAWN: list[DrawnFigures] = []


def forget() -> None:
    """Draw anew at the next page: for tests, whose rows are taken back."""
    _DRAWN.clear()


def _drawn(at: datetime) -> DrawnFigures:
    """Return what is drawn of the months that everybody reads; drawn anew only when something was counted, or a month later."""
    key = counted.newest(), _first(at)
    if not _DRAWN or _DRAWN[0].key != key:
        months = counted.months_told(key[1])
        _DRAWN[:] = [DrawnFigures(key=key, months=months, halves=publicpage.halves_of(months))]
    return _DRAWN[0]


def _first(at: datetime) -> Month:
    month = last_settled(at)
    for _ in range(publicpage.MONTHS - 1):
        month = month.previous
    return month


@open_to(*EVERYONE)
def figures(request: Visit) -> HttpResponse:
    """Give every month that was counted, for machines."""
    body = {
        "format": "mamori-figures/1",
        "hiding": {"ja": HIDING.ja, "en": HIDING.en},
        "definitions": definitions_json(),
        "months": [_month(one) for one in counted.months_told()],
    }
    del request
    return _json(body)


def _month(one: MonthTold) -> dict[str, Any]:
    cells = {code: cell_json(cell) for code, cell in one.cells.items()}
    return {"month": str(one.month), "counted_at": moment_json(one.counted_at), "figures": cells}


@open_to(*EVERYONE)
def figures_table(request: Visit) -> HttpResponse:
    """Give the same as a table."""
    months = [_month(one) for one in counted.months_told()]
    rows = table_of({"definitions": definitions_json(), "months": months}, language())
    return spreadsheet(request, name="measures", columns=COLUMNS, rows=rows)


@open_to(*EVERYONE)
def schema(request: Visit) -> HttpResponse:
    """Give the schema of an edition."""
    del request
    return _json(SCHEMA, kind="application/schema+json")


def _json(body: Mapping[str, Any], kind: str = "application/json") -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(text, content_type=kind, headers={"Cache-Control": A_WHILE})


@open_to(*EVERYONE)
def feed(request: Visit) -> HttpResponse:
    """Give the editions and their corrections as an Atom feed, the newest first."""
    name = operator(request.received_at).name or "Mamori"
    address = request.build_absolute_uri(reverse("disclosure_public:measures"))
    atom = Atom1Feed(
        title=f"{name} – {told(MEASURES)}",
        link=address,
        description=None,
        language=language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in sorted(editions.published(), key=lambda one: one.act or 0, reverse=True):
        link = request.build_absolute_uri(_address(one, "edition"))
        atom.add_item(
            title=told(one.title),
            link=link,
            description=one.reason or told(one.title),
            unique_id=link,
            pubdate=one.released_at,
            updateddate=one.released_at,
        )
    text = atom.writeString("utf-8")
    return HttpResponse(
        text, content_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": A_WHILE}
    )


def _address(one: EditionShown, name: str) -> str:
    return reverse(f"disclosure_public:{name}", args=(str(one.half), one.number))


@open_to(*EVERYONE)
def edition(request: Visit, half: str, number: int) -> HttpResponse:
    """Show an edition, and beside it those that correct it or that it corrects."""
    found = editions.published_one(half, number)
    all_ = [one for one in editions.published() if one.half == found.half]
    shown = {
        "edition": found,
        "body": found.told,
        "lines": list(publicpage.edition_lines(found.told)),
        "requests": list(publicpage.request_lines(found.told)),
        "others": [one for one in all_ if one.number != found.number],
        "newest": all_[0] if all_[0].number != found.number else None,
        "hiding": HIDING,
    }
    return render(request, "disclosure/public/edition.html", shown)


@open_to(*EVERYONE)
def edition_file(request: Visit, half: str, number: int) -> HttpResponse:
    """Give the bytes of an edition, whose SHA-256 is recorded."""
    del request
    found = editions.published_one(half, number)
    headers = {
        "Cache-Control": FOR_GOOD,
        "Content-Disposition": f'attachment; filename="{_name(found)}.json"',
    }
    return HttpResponse(found.body, content_type="application/json", headers=headers)


@open_to(*EVERYONE)
def edition_table(request: Visit, half: str, number: int) -> HttpResponse:
    """Give an edition as a table."""
    found = editions.published_one(half, number)
    return spreadsheet(request, name=_name(found), columns=COLUMNS, rows=table_of(found.told, language()))


@open_to(*EVERYONE)
def edition_receipt(request: Visit, half: str, number: int) -> HttpResponse:
    """Give the receipt of an edition's release, with what it says: the SHA-256 of the file."""
    del request
    found = editions.published_one(half, number)
    receipt = editions.receipt_of(found.act) if found.act else None
    if receipt is None:
        return HttpResponse(
            b"{}\n", content_type="application/json", status=202, headers={"Retry-After": "2"}
        )
    headers = {"Content-Disposition": f'attachment; filename="{_name(found)}-receipt.json"'}
    return HttpResponse(receipt, content_type="application/json", headers=headers)


def _name(found: EditionShown) -> str:
    return f"mamori-edition-{found.half}-{found.number}"

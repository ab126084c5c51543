"""Reports as accessible PDF, for everybody: of an edition and of a year; nothing in them was not published before."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import get_args

from django.conf import settings
from django.http import HttpResponse

from mamori.grammar.text import Lang
from mamori.ground.post import facts as post
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.signs import Visit
from mamori.rooms.disclosure.queries import report
from mamori.rooms.disclosure.queries.editions import NoSuchEdition
from mamori.rooms.disclosure.queries.report import NoSuchReport, ReportToPrint

SOURCE = Path(__file__).parents[1] / "templates" / "disclosure" / "report.typ"
STANDARDS = ("ua-1",)


@open_to(*EVERYONE)
def of_half(request: Visit, half: str, number: int, lang: str) -> HttpResponse:
    """Give the report of an edition.

    :raises NoSuchEdition: when none was published, or in a language in which there is none.
    """
    del request
    chosen = _lang(lang)
    if chosen is None:
        raise NoSuchEdition
    return _file(report.of_half(half, number, chosen), f"mamori-report-{half}-{number}-{lang}")


@open_to(*EVERYONE)
def of_year(request: Visit, year: int, lang: str) -> HttpResponse:
    """Give the report of a year.

    :raises NoSuchReport: when its editions are not published, or in a language in which there is none.
    """
    del request
    chosen = _lang(lang)
    if chosen is None:
        raise NoSuchReport(year=year)
    return _file(report.of_year(year, chosen), f"mamori-report-{year}-{lang}")


def _lang(name: str) -> Lang | None:
    known: tuple[Lang, ...] = get_args(Lang.__value__)
    return next((one for one in known if one == name), None)


def _file(found: ReportToPrint, name: str) -> HttpResponse:
    told = json.dumps(found.data, ensure_ascii=False, sort_keys=True)
    made = _set(told, found.at, settings.MAMORI_FONTS)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "Cache-Control": "public, max-age=300",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@lru_cache(maxsize=16)
def _set(told: str, at: datetime, fonts: str) -> bytes:
    """Set a report once: the same values are the same bytes."""
    del fonts
    return post.typeset(SOURCE, {"paper": json.loads(told)}, at=at, standards=STANDARDS)

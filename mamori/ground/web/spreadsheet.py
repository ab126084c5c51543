"""Tables for a spreadsheet: UTF-8 with the mark that older ones ask for, and no cell that is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse

from mamori.ground.web.signs import Visit
from mamori.japan.calendar import JAPAN

BOM = "\ufeff"
FORMULAS = "=+-@\t\r"


def spreadsheet(
    request: Visit, *, name: str, columns: Iterable[object], rows: Iterable[Iterable[object]]
) -> HttpResponse:
    """Return the table as a file; `?bom=0` leaves out the mark by which older spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([str(column) for column in columns])
    writer.writerows([safe(str(cell)) for cell in row] for row in rows)
    mark = "" if request.GET.get("bom") == "0" else BOM
    answer = HttpResponse(mark + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return f"'{cell}" if cell.lstrip(" \u3000")[:1] in tuple(FORMULAS + "＝＋－＠") else cell


def moment_cell(at: datetime | None) -> str:
    """Return a moment in Japan to the minute, as spreadsheets sort it; empty for none."""
    return f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M}" if at else ""

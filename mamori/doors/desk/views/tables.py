"""A shop's tables brought at the desk: the file is sent, its columns matched, ten of it looked at, then all taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market.tables import actions as tables
from mamori.ground.market.tables.actions import TABLES, Sheet
from mamori.ground.vault import actions as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.lists import safe_cell
from mamori.ground.web.signs import Visit, actor_of, number_in

MOST = 20 << 20
MOST_TEXT = Text("20 MB。サーバーの mamori import なら 2 GB", "20 MB; 2 GB by mamori import on the server")
SLICE = timedelta(seconds=8)
"""How long one answer takes rows in; the page then asks for the next by itself."""
BROUGHT = {code: table for code, table in TABLES.items() if code != "confirmations"}
"""What a lead brings: that an instruction was carried out is said by the marketplace's own software alone."""
COUNTED = ("added", "changed", "unchanged", "refused")
SHOWN = 3
OUTCOMES = {
    "added": (Text("新しく入る", "new"), "good"),
    "changed": (Text("変わる", "changes"), "going"),
    "unchanged": (Text("変わらない", "unchanged"), ""),
}
REFUSED = Text("断られる", "refused")


class OneFileOnly(Refusal, code="one-file-only", status=422):
    """Given when no file is sent, or several at once."""

    text = Text(
        "ファイルを1つだけ選んでください。種類ごとに、1つずつ取り込みます。",
        "Please choose one file. Each kind is taken in by a file of its own.",
    )


class KindOfTable(Refusal, code="kind-of-table", status=422):
    """Given when nobody said what a table lists."""

    text = Text("何の一覧かを選んでください。", "Please say what the file lists.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as the page asks of it: its heading, what it holds in the first rows, and what it tells."""

    number: int
    heading: str
    holds: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The file that was sent, and how its columns were matched."""

    ticket: str
    name: str
    who: str
    table: tables.Table
    chosen: Mapping[str, str] | None = None

    def sheet(self) -> Sheet:
        """Open the table anew."""
        return tables.open_sheet(BytesIO(vault.laid(self.ticket, who=self.who)))


@open_to(Role.LEAD, step_up=True)
def tables_in(request: Visit) -> HttpResponse:
    """Take one step with a table: ask for it, match its columns, look at ten lines, take it in, hand out what was refused."""
    steps = {"send": _send, "look": _look, "take": _take, "refused": _refused, "clear": _clear}
    step = next((name for name in steps if name in request.POST), "") if request.method == "POST" else ""
    try:
        return steps[step](request) if step else _start(request)
    except Refusal as refusal:
        return _start(request, refusal)


def _start(request: Visit, refusal: Refusal | None = None) -> HttpResponse:
    asked = {"kinds": BROUGHT.values(), "kind": request.POST.get("kind", ""), "refusal": refusal}
    return render(request, "desk/tables.html", asked, status=refusal.status if refusal else 200)


def _send(request: Visit) -> HttpResponse:
    if request.POST.get("kind") not in BROUGHT:
        raise KindOfTable
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise OneFileOnly
    if (files[0].size or 0) > MOST:
        raise tables.TableTooLarge(most=MOST_TEXT)
    who = request.presence.who
    content = files[0].read()
    tables.open_sheet(BytesIO(content))
    ticket = vault.lay_by(content, who=who)
    name = (files[0].name or "")[:200]
    return _match(request, Brought(ticket=ticket, name=name, who=who, table=BROUGHT[request.POST["kind"]]))


def _brought(request: Visit) -> Brought:
    """Return the file that the page speaks of, with the columns as they are chosen on it."""
    table = BROUGHT.get(request.POST.get("kind", ""))
    if table is None:
        raise KindOfTable
    found = Brought(
        ticket=request.POST.get("ticket", ""),
        name=request.POST.get("name", "")[:200],
        who=request.presence.who,
        table=table,
    )
    headings = found.sheet().headings
    chosen = {
        heading: to for number, heading in enumerate(headings) if (to := request.POST.get(f"column-{number}"))
    }
    return Brought(ticket=found.ticket, name=found.name, who=found.who, table=table, chosen=chosen)


def _match(request: Visit, brought: Brought, refusal: Refusal | None = None) -> HttpResponse:
    """Ask what each column tells, as it is guessed or was said before."""
    sheet = brought.sheet()
    matching = tables.guessed(brought.table, sheet, brought.chosen)
    first = [row for row, _ in zip(sheet.rows, range(SHOWN), strict=False)]
    columns = [
        Column(
            number=number,
            heading=heading,
            holds=tuple(str(row.cells[number])[:60] for row in first if number < len(row.cells)),
            to=matching.columns.get(heading, ""),
        )
        for number, heading in enumerate(sheet.headings)
        if heading
    ]
    shown = {
        "columns": columns,
        "choices": _choices(brought.table),
        "refusal": refusal,
        "lacks": matching.lacks,
    }
    return _render(request, brought, "match", shown, status=refusal.status if refusal else 200)


def _choices(table: tables.Table) -> list[tuple[str, Text]]:
    """Return what a column may tell; of what an order brings along, of whom or what it is told."""
    return [(to, _named(table, to)) for to in table.names]


def _named(table: tables.Table, to: str) -> Text:
    title, kind = tables.title_of(to), to.partition(".")[0]
    if kind not in table.beside:
        return title
    whose = tables.TABLES[f"{kind}s"].title
    return Text(f"{whose.ja}：{title.ja}", f"{whose.en}: {title.en}")


def _look(request: Visit) -> HttpResponse:
    """Show what would come of the first ten; nothing of it stays."""
    brought = _brought(request)
    sheet = brought.sheet()
    try:
        matching = tables.match(brought.table, sheet, brought.chosen)
        units = tables.look(actor_of(request), sheet, matching)
    except Refusal as refusal:
        return _match(request, brought, refusal)
    told = [(unit, *OUTCOMES.get(unit.outcome or "", (REFUSED, "bad")), _in_short(unit)) for unit in units]
    return _render(request, brought, "look", {"told": told, "lacks": matching.lacks})


def _in_short(unit: tables.Unit) -> str:
    return " · ".join(str(cell)[:60] for cell in unit.rows[0].cells if str(cell).strip())


def _take(request: Visit) -> HttpResponse:
    """Take in rows for a while, and say how far it came."""
    brought = _brought(request)
    sheet = brought.sheet()
    matching = tables.match(brought.table, sheet, brought.chosen)
    actor = actor_of(request)
    after = number_in(request.POST.get("after", "")) or 0
    if not after:
        tables.remember(actor, sheet, matching)
    refused: list[bytes] = []
    end = datetime.now(UTC) + SLICE
    try:
        report = tables.take(
            actor,
            sheet,
            matching,
            lambda unit: refused.append(tables.refused_rows(sheet, unit, safe_cell)),
            after=after,
            is_enough=lambda: datetime.now(UTC) > end,
        )
    except Refusal as refusal:
        return _match(request, brought, refusal)
    if refused:
        vault.lay_beside(brought.ticket, b"".join(refused), who=brought.who, part=after + 1)
    counts = {name: report.counts[name] + (number_in(request.POST.get(name, "")) or 0) for name in COUNTED}
    shown = {"counts": counts, "after": report.row, "is_whole": report.is_whole}
    return _render(request, brought, "taken", shown)


def _refused(request: Visit) -> HttpResponse:
    """Hand out the rows that were not taken in, with every reason beside each."""
    brought = _brought(request)
    rows = vault.laid_beside(brought.ticket, who=brought.who)
    answer = HttpResponse(
        tables.refused_head(brought.sheet()) + b"".join(rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="refused-{brought.table.code}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _clear(request: Visit) -> HttpResponse:
    """Remove the file and what was refused of it."""
    vault.clear_laid(request.POST.get("ticket", ""), who=request.presence.who)
    return _start(request)


def _render(
    request: Visit, brought: Brought, step: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    answer = render(
        request,
        f"desk/tables_{step}.html",
        {"brought": brought, "chosen": _as_fields(brought), **shown},
        status=status,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _as_fields(brought: Brought) -> list[tuple[str, str]]:
    """Return the columns as hidden fields carry them from page to page."""
    if not brought.chosen:
        return []
    headings = brought.sheet().headings
    return [(f"column-{headings.index(heading)}", to) for heading, to in brought.chosen.items()]

"""Files at the desk: a shop's tables are matched, looked at and taken in; instructions go out as one and come back answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.tables import actions as tables
from mamori.ground.market.tables.actions import TABLES, ShopSheet
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Scope
from mamori.ground.terms import facts as terms
from mamori.ground.vault import actions as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.lists import moment_cell, safe_cell, spreadsheet
from mamori.ground.web.once import take_form
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import language, said, said_text
from mamori.law.display import DISPLAY_REQUIRED

MOST = 20 << 20
MOST_TEXT = Text("20 MB。サーバーの mamori import なら 2 GB", "20 MB; 2 GB by mamori import on the server")
SLICE = 10_000
"""How many records one answer takes in; the page then asks for the next by itself."""
ANSWERS = TABLES["confirmations"]
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


class SoftwareConfirms(Refusal, code="software-confirms", status=409):
    """Given when a file is to answer instructions though the marketplace's own software has the key for it."""

    text = Text(
        "このサイトでは、つないだソフトが鍵「{key}」で実行を知らせるので、ファイルでは受け取りません。"
        "ソフトが使えないときは、サーバーの mamori import で取り込んでください。",
        "Here the marketplace's software confirms with the key “{key}”, so that no file is taken. "
        "Where it cannot, please use mamori import on the server.",
    )


class StepForm(HouseForm):
    """What a step is told: which one, what the file lists, and what the page before it carried on."""

    step = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=said("何の一覧か", "What it lists"),
        choices=lambda: [
            ("", said("選んでください", "Please choose")),
            *((code, said_text(one.title)) for code, one in TABLES.items()),
        ],
    )
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    added = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    changed = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    unchanged = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    refused = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedColumn:
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
    table: tables.TableKind
    chosen: Mapping[str, str] | None = None

    def sheet(self) -> ShopSheet:
        """Open the table anew."""
        return tables.open_sheet(BytesIO(vault.laid(self.ticket, who=self.who)))


@open_to(Role.LEAD, step_up=True)
def tables_in(request: Visit) -> HttpResponse:
    """Take one step with a file: send, match, look at ten, take in, get what was refused; or get what waits to be done."""
    steps = {"look": _look, "take": _take, "refused": _refused}
    drawn: list[HttpResponse] = []

    def do(form: StepForm) -> str:
        step = form.cleaned_data["step"]
        if step == "send":
            drawn.append(_send(request, form))
        elif step in steps:
            drawn.append(steps[step](request, form, _brought(request, form)))
        else:
            vault.clear_laid(form.cleaned_data["ticket"], who=request.presence.who)
        return request.path

    def out(_: str) -> str:
        drawn.append(_out(request))
        return request.path

    form, status, led = take_form(request, StepForm, do, buttons={"out": out})
    if drawn:
        return drawn[0]
    waits = market.instructions_out(about="", limit=1)
    return led or render(request, "desk/tables.html", {"form": form, "waits": waits}, status=status)


def _out(request: Visit) -> HttpResponse:
    """Hand out what waits to be carried out, to be sent back with its outcomes filled in."""
    rows = ([_cell(told) for told in row] for row in tables.waiting_rows())
    return spreadsheet(
        request,
        name=f"instructions-{request.received_at:%Y%m%d}",
        columns=(one.in_(language()) for one in tables.WAITING),
        rows=rows,
    )


def _cell(told: tables.ToldCell) -> object:
    return (
        told.in_(language())
        if isinstance(told, Text)
        else moment_cell(told)
        if isinstance(told, datetime)
        else told
    )


def _teller(request: Visit, table: tables.TableKind) -> Actor:
    """Return who tells a table: the lead; of what was carried out the marketplace's own side, by the lead's name.

    :raises SoftwareConfirms: where that side has software which says so itself.
    """
    actor = actor_of(request, via="file")
    if table is not ANSWERS:
        return actor
    for key in people.every_key():
        if Scope.INSTRUCTIONS_CONFIRM in key.scopes and key.holds(actor.at):
            raise SoftwareConfirms(key=key.name)
    return replace(actor, role=Role.MACHINE)


def _send(request: Visit, form: StepForm) -> HttpResponse:
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise OneFileOnly
    if (files[0].size or 0) > MOST:
        raise tables.TableTooLarge(most=MOST_TEXT)
    who = request.presence.who
    table = TABLES[form.cleaned_data["kind"]]
    _teller(request, table)
    content = files[0].read()
    tables.open_sheet(BytesIO(content))
    ticket = vault.lay_by(content, who=who)
    return _match(request, Brought(ticket=ticket, name=(files[0].name or "")[:200], who=who, table=table))


def _brought(request: Visit, form: StepForm) -> Brought:
    """Return the file that the page speaks of, with the columns as they are chosen on it."""
    given = form.cleaned_data
    brought = Brought(
        ticket=given["ticket"],
        name=given["name"][:200],
        who=request.presence.who,
        table=TABLES[given["kind"]],
    )
    asked = (
        (heading, form.data.get(f"column-{number}"))
        for number, heading in enumerate(brought.sheet().headings)
    )
    return replace(brought, chosen={heading: to for heading, to in asked if to})


def _match(request: Visit, brought: Brought, refusal: Refusal | None = None) -> HttpResponse:
    """Ask what each column tells, as it is guessed or was said before."""
    sheet = brought.sheet()
    matching = tables.guessed(brought.table, sheet, brought.chosen)
    first = [row for row, _ in zip(sheet.rows, range(SHOWN), strict=False)]
    columns = [
        AskedColumn(
            number=number,
            heading=heading,
            holds=tuple(tables.written(row.cells[number])[:60] for row in first if number < len(row.cells)),
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


def _choices(table: tables.TableKind) -> list[tuple[str, Text]]:
    """Return what a column may tell; of what an order brings along, of whom or what it is told."""
    return [(to, _named(table, to)) for to in table.names]


def _named(table: tables.TableKind, to: str) -> Text:
    title, kind = tables.title_of(to), to.partition(".")[0]
    if kind not in table.beside:
        return title
    whose = tables.TABLES[f"{kind}s"].title
    return Text(f"{whose.ja}：{title.ja}", f"{whose.en}: {title.en}")


def _look(request: Visit, _: StepForm, brought: Brought) -> HttpResponse:
    """Show what would come of the first ten; nothing of it stays."""
    sheet = brought.sheet()
    try:
        matching = tables.match(brought.table, sheet, brought.chosen)
        units = tables.look(_teller(request, brought.table), sheet, matching)
    except Refusal as refusal:
        return _match(request, brought, refusal)
    told = [(unit, *OUTCOMES.get(unit.outcome or "", (REFUSED, "bad")), _in_short(unit)) for unit in units]
    asks = brought.table.code == "sellers" and terms.setting(DISPLAY_REQUIRED, at=request.received_at)
    return _render(request, brought, "look", {"told": told, "lacks": matching.lacks, "asks": asks})


def _in_short(unit: tables.TableRecord) -> str:
    return " · ".join(said[:60] for cell in unit.rows[0].cells if (said := tables.written(cell)))


def _take(request: Visit, form: StepForm, brought: Brought) -> HttpResponse:
    """Take in so many rows, and say how far it came."""
    sheet = brought.sheet()
    matching = tables.match(brought.table, sheet, brought.chosen)
    actor = _teller(request, brought.table)
    after = form.cleaned_data["after"] or 0
    if not after:
        tables.remember(actor, sheet, matching)
    refused: list[bytes] = []
    try:
        report = tables.take(
            actor,
            sheet,
            matching,
            lambda unit: refused.append(tables.refused_rows(sheet, unit, safe_cell)),
            after=after,
            most=SLICE,
        )
    except Refusal as refusal:
        return _match(request, brought, refusal)
    if refused:
        vault.lay_beside(brought.ticket, b"".join(refused), who=brought.who, part=after + 1)
    counts = {name: report.counts[name] + (form.cleaned_data[name] or 0) for name in COUNTED}
    shown = {
        "counts": counts,
        "after": report.row,
        "is_whole": report.is_whole,
        "is_known": bool(counts["unchanged"]) and counts["unchanged"] == sum(counts.values()),
    }
    return _render(request, brought, "taken", shown)


def _refused(_: Visit, __: StepForm, brought: Brought) -> HttpResponse:
    """Hand out the rows that were not taken in, with every reason beside each."""
    rows = vault.laid_beside(brought.ticket, who=brought.who)
    answer = HttpResponse(
        tables.refused_head(brought.sheet()) + b"".join(rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="refused-{brought.table.code}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _render(
    request: Visit, brought: Brought, step: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    answer = render(
        request,
        f"desk/tables_{step}.html",
        {"brought": brought, "chosen": () if step == "match" else _as_fields(brought), **shown},
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

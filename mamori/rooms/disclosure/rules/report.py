"""A report as data for paper: what was promised, how far it went by figures, what was announced; of half a year or a year.

Everything in it was published before, in an edition or an announcement.  So it needs no release of its own: the same editions and
the same announcements are the same report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mamori.grammar.figures import UNITS, Unit
from mamori.grammar.text import Lang, Text
from mamori.ground.web.pictures import scale
from mamori.japan.months import HalfYear
from mamori.law.gate import CellState
from mamori.rooms.disclosure.rules.editions import half_text
from mamori.rooms.disclosure.rules.measures import MARKS, state_text

YEARLY = Text("{year}年の取組みと実績", "What was done in {year}, and how far")
AT_LEAST = "≥"
"""What stands above a bar that is not drawn as only “so many or more” is told."""
HALF = Text("取組みと実績：{half}", "What was done, and how far: {half}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEdition:
    """An edition as a report takes it: of which half-year and version, since when it is public, its digest, and what it says."""

    half: HalfYear
    title: Text
    number: int
    released_on: date
    reason: str
    digest: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNews:
    """An announcement: when it was published, what it says, and whether it was corrected or taken back since."""

    on: date
    title: Text
    topic: Text
    body: Text
    note: Text | None
    withdrawn_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """The fixed words of a report beside what it takes from elsewhere."""

    title: Text
    lead: Text


def picture(unit: Unit, cells: Sequence[tuple[str, Mapping[str, Any]]], lang: Lang) -> dict[str, Any]:
    """Return a figure as bars: how high each is of the whole, its label, what stands above it, and the lines behind.

    What may not be told has no bar but a sign, and `desc` says the same in words.  `empty`: no number is told at all; `at_least`:
    the sign for “or more” is used.
    """
    values = [value_of(unit, cell) for _, cell in cells]
    top, step = (100, 25) if unit is Unit.PERCENT else scale(max((one or Decimal(0)) for one in values))
    bars = [
        {"label": label, "part": float(value / top) if value else 0.0, "sign": _sign(unit, cell, value)}
        for (label, cell), value in zip(cells, values, strict=True)
    ]
    said = [f"{label} {cell_words(unit, cell).in_(lang)}" for label, cell in cells]
    return {
        "bars": bars,
        "lines": [{"part": line / top, "label": f"{line:,}"} for line in range(0, top + 1, step)],
        "unit": UNITS[unit].in_(lang),
        "empty": all(value is None for value in values),
        "at_least": any(bar["sign"] == AT_LEAST for bar in bars),
        "desc": ("、" if lang == "ja" else "; ").join(said),
    }


def value_of(unit: Unit, cell: Mapping[str, Any]) -> Decimal | None:
    """Return what a cell tells as a number; None where it tells none; of a share the least or the most that it may be."""
    state = CellState(cell["state"])
    if unit is Unit.COUNT:
        return Decimal(cell["count"]) if state is CellState.EXACT else None
    return Decimal(cell["value"]) if "value" in cell else None


def cell_words(unit: Unit, cell: Mapping[str, Any]) -> Text:
    """Say what a cell tells, and that it was corrected where it was."""
    value = Decimal(cell["value"]) if "value" in cell else None
    said = state_text(unit, CellState(cell["state"]), cell.get("count"), value)
    return Text(f"{said.ja}（訂正）", f"{said.en} (corrected)") if cell.get("corrected") else said


def _sign(unit: Unit, cell: Mapping[str, Any], value: Decimal | None) -> str:
    state = CellState(cell["state"])
    if value is None:
        return MARKS.get(state, AT_LEAST)
    if unit is Unit.COUNT:
        return f"{value:,}"
    return share_sign(state, value) if unit is Unit.PERCENT else f"{value:,.1f}"


def share_sign(state: CellState, value: Decimal) -> str:
    """Return a share as there is room for above a bar: down to a whole, so that 99.9 is never 100; `94+` is 94 or more."""
    if state is CellState.AT_MOST:
        return f"<{int(value) + 1}"
    return f"{int(value)}{'+' if state is CellState.AT_LEAST else ''}"


def figures(editions: Sequence[ReportEdition], lang: Lang) -> Iterator[dict[str, Any]]:
    """Yield each figure that the newest edition defines, by month: as a picture, and as a table with the totals."""
    for one in editions[-1].told["definitions"]:
        code, unit = one["code"], Unit(one["unit"])
        cells = [
            (month["month"], month["figures"][code])
            for edition in editions
            for month in edition.told["months"]
            if code in month["figures"]
        ]
        if not cells:
            continue
        yield {
            "title": one["title"][lang],
            "means": one["means"][lang],
            "rounded": one["rounded"][lang],
            "picture": picture(unit, [(_month_label(month), cell) for month, cell in cells], lang),
            "rows": [[month, cell_words(unit, cell).in_(lang)] for month, cell in cells]
            + [
                [half_text(edition.half).in_(lang), cell_words(unit, edition.told["totals"][code]).in_(lang)]
                for edition in editions
                if code in edition.told["totals"]
            ],
            "halves": sum(code in edition.told["totals"] for edition in editions),
        }


def _month_label(month: str) -> str:
    return str(int(month.partition("-")[2]))


def trends(editions: Sequence[ReportEdition], lang: Lang) -> Iterator[dict[str, Any]]:
    """Yield each figure's totals over several half-years, where more than one tells it; the newest edition defines it."""
    for one in editions[-1].told["definitions"]:
        code, unit = one["code"], Unit(one["unit"])
        cells = [
            (f"{edition.half}", edition.told["totals"][code])
            for edition in editions
            if code in edition.told["totals"]
            and code in {known["code"] for known in edition.told["definitions"]}
        ]
        if len(cells) < 2 or all(value_of(unit, cell) is None for _, cell in cells):
            continue
        yield {
            "title": one["title"][lang],
            "picture": picture(unit, cells, lang),
            "rows": [[half, cell_words(unit, cell).in_(lang)] for half, cell in cells],
        }


def measures(editions: Sequence[ReportEdition], lang: Lang) -> Iterator[dict[str, Any]]:
    """Yield each measure of the time, in the words of the newest edition that has it, with the days on which it was off."""
    known: dict[str, Mapping[str, Any]] = {}
    off: dict[str, list[str]] = {}
    for edition in editions:
        for one in edition.told["measures"]:
            known[one["code"]] = one
            off.setdefault(one["code"], []).extend(f"{span['from']} – {span['to']}" for span in one["off"])
    newest = {one["code"] for one in editions[-1].told["measures"]}
    for code, one in known.items():
        yield {
            "title": one["title"][lang],
            "text": one["text"][lang].split("\n"),
            "since": one["since"] or "",
            "off": off[code],
            "ended": code not in newest,
        }


def news_data(one: ReportNews, lang: Lang) -> dict[str, Any]:
    """Return an announcement as it stands in the report; of one that was taken back, why, and none of its words."""
    return {
        "on": f"{one.on}",
        "title": one.title.in_(lang),
        "topic": one.topic.in_(lang),
        "paragraphs": [] if one.withdrawn_because else list(paragraphs(one.body.in_(lang))),
        "note": one.note.in_(lang) if one.note else "",
        "withdrawn": one.withdrawn_because,
    }


def paragraphs(markdown: str) -> Iterator[str]:
    """Yield the paragraphs of an announcement as plain words: its marks of headings, quotes and weight are left out."""
    for block in markdown.replace("\r", "").split("\n\n"):
        lines = [line.strip().lstrip("#>").strip() for line in block.split("\n")]
        if words := " ".join(line for line in lines if line).replace("**", "").replace("__", ""):
            yield words


def report_data(
    words: ReportWords,
    editions: Sequence[ReportEdition],
    *,
    before: Sequence[ReportEdition] = (),
    news: Sequence[ReportNews] | None,
    requests: Sequence[tuple[Text, Sequence[tuple[Text, Text]]]],
    page: str,
    lang: Lang,
) -> dict[str, Any]:
    """Return a report as JSON-ready values in one language; `before` are earlier half-years, for the trend alone."""
    newest = editions[-1]
    return {
        "lang": lang,
        "title": words.title.in_(lang),
        "lead": words.lead.in_(lang),
        "operator": newest.told["operator"],
        "editions": [
            {
                "title": one.title.in_(lang),
                "on": f"{one.released_on}",
                "reason": one.reason,
                "digest": one.digest,
            }
            for one in editions
        ],
        "measures": list(measures(editions, lang)),
        "figures": list(figures(editions, lang)),
        "trends": list(trends([*before, *editions], lang)),
        "requests": [
            {"title": title.in_(lang), "rows": [[name.in_(lang), said.in_(lang)] for name, said in rows]}
            for title, rows in requests
        ],
        "news": None if news is None else [news_data(one, lang) for one in news],
        "hiding": newest.told["hiding"][lang],
        "settled_days": newest.told["settled_days"],
        "page": page,
    }

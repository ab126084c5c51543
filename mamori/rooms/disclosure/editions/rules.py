"""An edition as data, of what everybody may read of a half-year: as bytes, as a schema, and as a report for paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from mamori.grammar.figures import ROUNDED, UNITS, Unit, rank
from mamori.grammar.line import Force
from mamori.grammar.outline import PublicFigure
from mamori.grammar.text import Lang, Text
from mamori.ground.web.pictures import scale
from mamori.japan.calendar import JAPAN, HalfYear, Month
from mamori.law.article5 import ELEMENTS, Element
from mamori.law.figures import MEDIAN, P95
from mamori.law.gate import LEAST_WHOLE, Cells, CellState, PublicCell, count_cell, is_told
from mamori.law.shown import FEW, SETTLED_DAYS, SHOWN
from mamori.rooms.disclosure.measures.rules import MARKS, state_text

# What of a half-year's requests for a seller's information everybody may read: parts of a whole are told all, or not at all.


OUTCOMES = {
    "disclosed": Text("開示した", "disclosed"),
    "partly": Text("一部を開示した", "disclosed in part"),
    "refused": Text("開示しなかった", "refused"),
    "withdrawn": Text("取り下げられた", "withdrawn"),
    "open": Text("数える日にまだ決まっていなかった", "not decided by the day of counting"),
}
"""How a request can stand on the day of counting: each is one of these."""
DECIDED = ("disclosed", "partly", "refused")
DAYS_MEDIAN, DAYS_P95 = "days_median", "days_p95"
PERCENTS = {DAYS_MEDIAN: MEDIAN, DAYS_P95: P95}
WHOLES = {"outcome": "received", "refused_on": "outcome.refused"}
"""Of what the parts are parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCounts:
    """How many requests came in a half-year, how they stood when it was settled, on what they were refused, how long it took."""

    outcomes: Mapping[str, int]
    refused_on: Mapping[str, int] = field(default_factory=dict)
    took: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """Return how many came."""
        return sum(self.outcomes.values())

    @property
    def decided(self) -> int:
        """Return how many were decided on."""
        return sum(self.outcomes.get(one, 0) for one in DECIDED)

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept beside an edition, for the next one."""
        return {
            "outcomes": dict(self.outcomes),
            "refused_on": dict(self.refused_on),
            "took": {one: None if value is None else str(value) for one, value in self.took.items()},
        }


def counts_of(kept: Mapping[str, Any]) -> RequestCounts:
    """Return what was kept beside an edition."""
    took = {one: None if value is None else Decimal(value) for one, value in kept["took"].items()}
    return RequestCounts(outcomes=kept["outcomes"], refused_on=kept["refused_on"], took=took)


def request_cells(counts: RequestCounts) -> dict[str, PublicCell]:
    """Return what is told of a half-year's requests."""
    received = counts.received
    cells = {"received": count_cell(received)}
    outcomes = {one: counts.outcomes.get(one, 0) for one in OUTCOMES}
    refused = outcomes["refused"]
    is_enough = received == 0 or received >= LEAST_WHOLE
    are_told = is_enough and all(map(is_told, outcomes.values()))
    cells |= _parts("outcome", outcomes, told=are_told)
    grounds = {one.value: counts.refused_on.get(one.value, 0) for one in Element}
    ground_told = all(is_told(one) and is_told(refused - one) for one in grounds.values())
    cells |= _parts("refused_on", grounds, told=are_told and ground_told)
    for code, percent in PERCENTS.items():
        cells[code] = _rank(counts, percent, counts.took.get(code), told=are_told)
    return cells


def _parts(name: str, parts: Mapping[str, int], *, told: bool) -> dict[str, PublicCell]:
    return {
        f"{name}.{one}": PublicCell(state=CellState.EXACT, count=count)
        if told
        else PublicCell(state=CellState.HIDDEN)
        for one, count in parts.items()
    }


def _rank(counts: RequestCounts, percent: int, took: Decimal | None, *, told: bool) -> PublicCell:
    whole = counts.decided
    if told and not whole:
        return PublicCell(state=CellState.NONE)
    place = rank(percent, whole)
    if not told or took is None or place < FEW or whole - place < FEW:
        return PublicCell(state=CellState.HIDDEN)
    return PublicCell(state=CellState.EXACT, value=took)


def requests_corrected(before: RequestCounts, now: RequestCounts) -> bool:
    """Say whether what was counted anew may be told after what was told: each, and its rest, differs by nothing or by 5."""
    old, new = request_cells(before), request_cells(now)
    counted = [code for code, cell in old.items() if code not in PERCENTS]
    if any(old[code].state is not CellState.EXACT for code in counted):
        return False
    if any(new[code].state is not CellState.EXACT for code in counted):
        return False
    moved = {code: (new[code].count or 0) - (old[code].count or 0) for code in counted}
    rests = (moved[WHOLES[code.partition(".")[0]]] - moved[code] for code in counted if "." in code)
    return all(map(is_told, (*moved.values(), *rests)))


# An edition as data: what is published of a half-year, in one order, as bytes that are the same wherever they are made.


SCHEMA_PATH = "/measures/edition.schema.json"
FORMAT = "mamori-edition/1"
HALVES = {
    1: Text("{year}年上半期（1〜6月）", "January to June {year}"),
    2: Text("{year}年下半期（7〜12月）", "July to December {year}"),
}
HIDING = Text(
    "1件から4件までの数は「5未満」とします。割合は、0件から4件までの違いがわからないよう「以上」「以下」で書き、もとが10件に満たないものと、"
    "順位の値で上下に5件ずつないものは出しません。半年の合計は、月の数が1件から4件のどれであってもおかしくないときだけそのまま書き、ほかは「以上」とします。"
    "訂正版では、前に出したどの数との差も0件か5件以上のものだけを改めます。差がそれより小さい誤りは、だれのことかがわからないよう、前の数のままにします。",
    "Counts of 1 to 4 are told as fewer than 5. A share is told as “or more” or “or less” where 0 to 4 are missing or there, and "
    "not at all of fewer than 10, nor is a rank that has not 5 on each side. The total of a half-year is told where each small "
    "month could still be any of 1 to 4, else as “or more”. A correcting edition changes only what differs by 0 or at least 5 "
    "from all that was told; a smaller error stays as it was told, so that nobody can be picked out.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMeasure:
    """A measure as an edition tells it, with the days within the half-year on which it was off (the last one included)."""

    code: str
    title: Text
    text: Text
    force: str
    duty: str
    since: date | None
    figures: tuple[str, ...]
    off: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionContent:
    """All that an edition says: of which half-year, which version of it and why, its months, requests and measures.

    `unshown`: somewhere in it what is behind is another than what is told; where, and by how much, is told nowhere.
    """

    half: HalfYear
    number: int
    reason: str
    operator: str
    drafted_at: datetime
    months: Sequence[tuple[Month, datetime, Cells]]
    totals: Cells
    requests: Cells
    unshown: bool
    measures: Sequence[PublishedMeasure]


def half_text(half: HalfYear) -> Text:
    """Return what a half-year is called."""
    return HALVES[half.number].fill(year=half.year)


def body_of(told: EditionContent) -> bytes:
    """Return the one file that an edition is: sorted, without blanks, ending in a line feed."""
    text = json.dumps(_edition(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of the file, as it is recorded and told."""
    return sha256(body).hexdigest()


def _edition(told: EditionContent) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "schema": SCHEMA_PATH,
        "half": str(told.half),
        "since": f"{told.half.since.astimezone(JAPAN):%Y-%m-%d}",
        "until": str(told.half.months[-1]) + f"-{_last_day(told.half)}",
        "number": told.number,
        "reason": told.reason,
        "operator": told.operator,
        "drafted_at": moment_json(told.drafted_at),
        "few": FEW,
        "settled_days": SETTLED_DAYS,
        "hiding": _both(HIDING),
        "definitions": definitions_json(),
        "months": [
            {"month": str(month), "counted_at": moment_json(at), "figures": _cells(found)}
            for month, at, found in told.months
        ],
        "totals": _cells(told.totals),
        "unshown": told.unshown,
        "requests": {
            "outcomes": {code: _both(text) for code, text in OUTCOMES.items()},
            "grounds": {one.value: _both(ELEMENTS[one].title) for one in Element},
            "figures": _cells(told.requests),
        },
        "measures": [_measure(one) for one in told.measures],
    }


def _last_day(half: HalfYear) -> int:
    return 30 if half.number == 1 else 31


def moment_json(at: datetime) -> str:
    """Return a moment in Japan to the second."""
    return at.astimezone(JAPAN).replace(microsecond=0).isoformat()


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def definitions_json() -> list[dict[str, Any]]:
    """Return every public figure with its definition, for machines."""
    return [_definition(one) for one in SHOWN]


def _definition(one: PublicFigure) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": _both(one.title),
        "means": _both(one.means),
        "unit": one.unit.value,
        "rounded": _both(ROUNDED[one.unit]),
        "within": one.within or None,
        "percent": one.percent or None,
    }


def _cells(cells: Cells) -> dict[str, dict[str, Any]]:
    return {code: cell_json(cell) for code, cell in cells.items()}


def cell_json(cell: PublicCell) -> dict[str, Any]:
    """Return a cell for machines: what it does not tell is not there."""
    found: dict[str, Any] = {"state": cell.state.value}
    if cell.count is not None:
        found["count"] = cell.count
    if cell.value is not None:
        found["value"] = f"{cell.value:.1f}"
    if cell.corrected:
        found["corrected"] = True
    return found


def _measure(one: PublishedMeasure) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": _both(one.title),
        "text": _both(one.text),
        "force": one.force,
        "duty": one.duty or None,
        "since": f"{one.since}" if one.since else None,
        "figures": list(one.figures),
        "off": [{"from": f"{first}", "to": f"{last}"} for first, last in one.off],
    }


COLUMNS = ("month", "code", "figure", "state", "count", "value", "unit", "corrected")


def table_of(edition: Mapping[str, Any], lang: str) -> Iterator[tuple[object, ...]]:
    """Yield the lines of an edition's table, or of running figures: each of each month; totals and requests of the half-year."""
    known = {one["code"]: one for one in edition["definitions"]}
    months = [(one["month"], one["figures"]) for one in edition["months"]]
    if "totals" in edition:
        months.append((edition["half"], edition["totals"]))
    for month, figures in months:
        for code, cell in figures.items():
            yield _line(month, code, known[code]["title"][lang], known[code]["unit"], cell)
    for code, cell in edition.get("requests", {"figures": {}})["figures"].items():
        yield _line(edition["half"], f"requests.{code}", "", "days" if "days" in code else "count", cell)


def _line(month: str, code: str, title: str, unit: str, cell: Mapping[str, Any]) -> tuple[object, ...]:
    mark = "corrected" if cell.get("corrected") else ""
    return month, code, title, cell["state"], cell.get("count", ""), cell.get("value", ""), unit, mark


def off_days(
    values: Sequence[tuple[datetime, object]], *, since: datetime, until: datetime
) -> tuple[tuple[date, date], ...]:
    """Return the days from `since` to before `until` on which what a switch was set to was nothing, from its history."""
    ends = [at for at, _ in values[1:]] + [until]
    spans = [(max(at, since), end) for (at, value), end in zip(values, ends, strict=True) if not value]
    return tuple((_day(first), _day(last, before=True)) for first, last in spans if first < last)


def _day(at: datetime, *, before: bool = False) -> date:
    local = at.astimezone(JAPAN)
    is_midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return date.fromordinal(local.toordinal() - 1) if before and is_midnight else local.date()


# The JSON Schema of an edition (draft 2020-12), as it stands at a public address.


TEXT: Mapping[str, Any] = {
    "type": "object",
    "properties": {"ja": {"type": "string"}, "en": {"type": "string"}},
    "required": ["ja", "en"],
    "additionalProperties": False,
}
DATE: Mapping[str, Any] = {"type": "string", "format": "date"}
MOMENT: Mapping[str, Any] = {"type": "string", "format": "date-time"}
CELLS: Mapping[str, Any] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/cell"}}


def _object(**properties: Any) -> dict[str, Any]:
    """Return an object that has all of these and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _or_none(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}]}


def _list(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": kind}


CELL = {
    "type": "object",
    "properties": {
        "state": {"enum": [one.value for one in CellState]},
        "count": {"type": "integer", "minimum": 0},
        "value": {"type": "string", "pattern": r"^[0-9]+\.[0-9]$"},
        "corrected": {"const": True},
    },
    "required": ["state"],
    "additionalProperties": False,
}
DEFINITION = _object(
    code={"type": "string"},
    title=TEXT,
    means=TEXT,
    unit={"enum": [one.value for one in Unit]},
    rounded=TEXT,
    within=_or_none({"type": "string"}),
    percent=_or_none({"enum": [50, 95]}),
)
MEASURE = _object(
    code={"type": "string"},
    title=TEXT,
    text=TEXT,
    force={"enum": [one.value for one in Force]},
    duty=_or_none({"type": "string"}),
    since=_or_none(DATE),
    figures=_list({"type": "string"}),
    off=_list(_object(**{"from": DATE, "to": DATE})),
)
SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": SCHEMA_PATH,
    "title": "What a marketplace publishes of a half-year of its measures",
    "$defs": {"cell": CELL},
    **_object(
        format={"const": FORMAT},
        schema={"type": "string"},
        half={"type": "string", "pattern": "^20[0-9]{2}-[12]$"},
        since=DATE,
        until=DATE,
        number={"type": "integer", "minimum": 1},
        reason={"type": "string"},
        operator={"type": "string"},
        drafted_at=MOMENT,
        few={"type": "integer"},
        settled_days={"type": "integer"},
        hiding=TEXT,
        definitions=_list(DEFINITION),
        months=_list(
            _object(
                month={"type": "string", "pattern": "^20[0-9]{2}-[01][0-9]$"},
                counted_at=MOMENT,
                figures=CELLS,
            )
        ),
        totals=CELLS,
        unshown={"type": "boolean"},
        requests=_object(
            outcomes={"type": "object", "additionalProperties": TEXT},
            grounds={"type": "object", "additionalProperties": TEXT},
            figures=CELLS,
        ),
        measures=_list(MEASURE),
    ),
}


# A report as data for paper: what was promised, how far it went by figures, what was announced; of half a year or a year.


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

"""An edition as data: what is published of a half-year, in one order, as bytes that are the same wherever they are made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from mamori.grammar.figures import ROUNDED
from mamori.grammar.outline import PublicFigure
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.japan.months import HalfYear, Month
from mamori.law.article5 import ELEMENTS, Element
from mamori.law.gate import Cells, PublicCell
from mamori.law.shown import FEW, SETTLED_DAYS, SHOWN
from mamori.rooms.disclosure.rules.halfyear import OUTCOMES

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
class MeasureTold:
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
class EditionTold:
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
    measures: Sequence[MeasureTold]


def half_text(half: HalfYear) -> Text:
    """Return what a half-year is called."""
    return HALVES[half.number].fill(year=half.year)


def body_of(told: EditionTold) -> bytes:
    """Return the one file that an edition is: sorted, without blanks, ending in a line feed."""
    text = json.dumps(_edition(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of the file, as it is recorded and told."""
    return sha256(body).hexdigest()


def _edition(told: EditionTold) -> dict[str, Any]:
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


def _measure(one: MeasureTold) -> dict[str, Any]:
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

#!/usr/bin/env python3
"""Recounts an edition of a marketplace's measures from an export of its rows, and says where the two differ.

    python recount.py EXPORT.jsonl EDITION.json [--before OLDER.json]

It imports nothing of Mamori and needs nothing but Python 3.9 or newer: definitions, rounding and the hiding of small
cells are written here once more.  Exit code 0: equal to the last digit; 1: it differs, each difference on a line;
2: it could not be read.  Where an edition says that it tells something as it was told before (“unshown”), what differs is
compared with the edition before, where it is given.
"""

import argparse
import json
import sys
from collections import Counter
from datetime import datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))
FEW = 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOLVED = ("solved", "made_good")
GRAVITIES = ("grave", "serious", "minor")
OUTCOMES = ("disclosed", "partly", "refused", "withdrawn", "open")
DECIDED = ("disclosed", "partly", "refused")
GROUNDS = (
    "requester", "consumer", "contract", "since", "counterparty", "claim", "amount", "need", "purpose", "items",
)  # fmt: skip
MOMENTS = (
    "opened_at", "first_due", "closed_at", "mediated_at", "done_at", "due_at", "opened", "promised_at", "arrived_at",
    "found_at", "decided_at", "received_at", "told_at", "asked_at", "adopted_at", "day",
)  # fmt: skip


def read_rows(lines):
    """Return what an export is of, and its rows by kind."""
    head = json.loads(next(lines))
    if head.get("format") != "mamori-export/1":
        raise ValueError("this is no export")
    rows = {}
    for line in lines:
        row = json.loads(line)
        for name in MOMENTS:
            if row.get(name):
                row[name] = datetime.fromisoformat(row[name])
        rows.setdefault(row["kind"], []).append(row)
    return head, rows


def month_of(at):
    """Return the month of a moment in Japan, as 2026-11."""
    return at.astimezone(JAPAN).strftime("%Y-%m")


def counted_as_of(month, days):
    """Return the moment as of which a month is counted: so many days after its last."""
    year, number = map(int, month.split("-"))
    after = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=JAPAN)
    return after + timedelta(days=days)


def in_month(rows, name, month):
    """Return the rows of which that moment lies in the month."""
    return [row for row in rows if month_of(row[name]) == month]


def happened(at, asof):
    """Say whether something had happened by then."""
    return at is not None and at <= asof


def tenths_up(took, unit):
    """Return a time in units, up to one decimal, in words."""
    tenths = -((-took * 10) // unit)
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}"


def ranked(percent, spans, whole, unit):
    """Return the cell of a nearest rank: hidden where it has not five on each side."""
    if whole == 0:
        return {"state": "none"}
    place = max(1, -(-whole * percent // 100))
    if place < FEW or whole - place < FEW:
        return {"state": "hidden"}
    if place > len(spans):
        return {"state": "not-yet"}
    return {"state": "exact", "value": tenths_up(sorted(spans)[place - 1], unit)}


def may_tell(count):
    """Say whether a count may be told."""
    return count == 0 or count >= FEW


def count_cell(count):
    """Return the cell of a count; what was counted stays beside it, to be added up."""
    cell = {"state": "exact", "count": count} if may_tell(count) else {"state": "few"}
    return {**cell, "counted": count}


def percent_of(part, whole):
    """Return how many in a hundred, cut off after one decimal, in words."""
    whole_, tenth = divmod(part * 1000 // whole, 10)
    return f"{whole_}.{tenth}"


def share_cell(part, whole):
    """Return the cell of a share: to within 4 of either end, and hidden where its whole is below 10."""
    if whole == 0:
        cell = {"state": "none"}
    elif whole < 2 * FEW:
        cell = {"state": "hidden"}
    elif part < FEW:
        cell = bound_cell("at-most", FEW - 1, whole)
    elif whole - part < FEW:
        cell = bound_cell("at-least", whole - FEW + 1, whole)
    else:
        cell = bound_cell("exact", part, whole)
    return {**cell, "counted": part}


def bound_cell(state, part, whole):
    """Return the cell of a share that is told: rounded up where it is the most that it may be."""
    value = percent_of(part, whole)
    if state == "at-most":
        whole_, tenth = divmod(-(-part * 1000 // whole), 10)
        value = f"{whole_}.{tenth}"
    return {"state": state, "count": part, "value": value}


def cells_of(month, rows, asof):
    """Return every figure of a month, recounted."""
    cells = {}
    cells.update(_troubles(in_month(rows.get("trouble", []), "opened_at", month), asof))
    answers = in_month(rows.get("answer", []), "done_at", month)
    in_time = [row for row in answers if not row["rang"] and row["done_at"] <= row["due_at"]]
    cells["contact.answers"] = count_cell(len(answers))
    cells["contact.answered_in_time"] = share_cell(len(in_time), len(answers))
    cells["contact.questions"] = count_cell(len(in_month(rows.get("question", []), "opened_at", month)))
    refunds = in_month(rows.get("refund", []), "closed_at", month)
    spans = [row["closed_at"] - row["opened"] for row in refunds]
    cells["contact.refunds"] = count_cell(len(refunds))
    cells["contact.money_back_median"] = ranked(50, spans, len(refunds), DAY)
    cells["contact.money_back_p95"] = ranked(95, spans, len(refunds), DAY)
    for kind, moment, kept in (("promise", "promised_at", "kept"), ("agreement", "due_at", "was_kept")):
        some = in_month(rows.get(kind, []), moment, month)
        cells[f"contact.{kind}s"] = count_cell(len(some))
        cells[f"contact.{kind}s_kept"] = share_cell(sum(1 for row in some if row[kept]), len(some))
    cells["contact.formal_notices"] = count_cell(len(in_month(rows.get("formal", []), "arrived_at", month)))
    cells.update(_findings(in_month(rows.get("finding", []), "found_at", month), asof))
    cells.update(_sellers(month, rows, asof))
    return cells


def _sellers(month, rows, asof):
    """Return what is told of displays, checks of names, accounts and campaigns."""
    asked = in_month(rows.get("item_request", []), "asked_at", month)
    given = [row for row in asked if row["state"] == "given" and happened(row["closed_at"], asof)]
    accounts = in_month(rows.get("account", []), "asked_at", month)
    used = [row for row in accounts if happened(row["adopted_at"], asof)]
    days = in_month(rows.get("campaign_day", []), "day", month)
    return {
        "display.versions": count_cell(len(in_month(rows.get("display", []), "told_at", month))),
        "display.requests": count_cell(len(asked)),
        "display.given": share_cell(len(given), len(asked)),
        "identity.checks": count_cell(len(in_month(rows.get("identity", []), "told_at", month))),
        "payouts.accounts": count_cell(len(accounts)),
        "payouts.accounts_used": share_cell(len(used), len(accounts)),
        "outreach.told": count_cell(sum(row["told"] for row in days)),
        "outreach.acknowledged": count_cell(sum(row["acknowledged"] for row in days)),
    }


def _troubles(rows, asof):
    over = [
        row
        for row in rows
        if row["first_due"] <= asof and not (row["state"] == "withdrawn" and happened(row["closed_at"], asof))
    ]
    solved = [row for row in over if row["state"] in SOLVED and happened(row["closed_at"], asof)]
    in_time = [row for row in solved if row["closed_at"] <= row["first_due"]]
    mediated = [row for row in over if happened(row["mediated_at"], asof)]
    spans = [row["closed_at"] - row["opened_at"] for row in solved]
    return {
        "contact.troubles": count_cell(len(over)),
        "contact.resolved_in_time": share_cell(len(in_time), len(over)),
        "contact.mediated": share_cell(len(mediated), len(over)),
        "contact.solution_median": ranked(50, spans, len(over), HOUR),
        "contact.solution_p95": ranked(95, spans, len(over), HOUR),
    }


def _findings(rows, asof):
    cells = {}
    for severity in GRAVITIES:
        some = [
            row
            for row in rows
            if row["severity"] == severity
            and not (row["state"] == "dismissed" and happened(row["closed_at"], asof))
        ]
        spans = [row["decided_at"] - row["found_at"] for row in some if happened(row["decided_at"], asof)]
        cells[f"enforcement.{severity}_found"] = count_cell(len(some))
        cells[f"enforcement.{severity}_median"] = ranked(50, spans, len(some), HOUR)
        cells[f"enforcement.{severity}_p95"] = ranked(95, spans, len(some), HOUR)
    return cells


def request_cells(rows, asof):
    """Return what is told of requests for a seller's information: parts of a whole all, or none of them."""
    outcomes = Counter(_outcome(row, asof) for row in rows)
    refused = [row for row in rows if _outcome(row, asof) == "refused"]
    grounds = Counter(ground for row in refused for ground in row["refused_on"])
    told = (not rows or len(rows) >= 2 * FEW) and all(may_tell(outcomes[one]) for one in OUTCOMES)
    grounds_told = told and all(
        may_tell(grounds[one]) and may_tell(len(refused) - grounds[one]) for one in GROUNDS
    )
    hidden = {"state": "hidden"}
    cells = {"received": count_cell(len(rows))}
    for one in OUTCOMES:
        cells[f"outcome.{one}"] = {"state": "exact", "count": outcomes[one]} if told else hidden
    for one in GROUNDS:
        cells[f"refused_on.{one}"] = {"state": "exact", "count": grounds[one]} if grounds_told else hidden
    decided = [row for row in rows if _outcome(row, asof) in DECIDED]
    spans = [row["closed_at"] - row["received_at"] for row in decided]
    for name, percent in (("days_median", 50), ("days_p95", 95)):
        cells[name] = ranked(percent, spans, len(spans), DAY) if told else hidden
    return cells


def _outcome(row, asof):
    return row["state"] if row["state"] in OUTCOMES and happened(row["closed_at"], asof) else "open"


def totals_of(months, counted, definitions):
    """Return the totals of a half-year, from what its months tell and, where that narrows none of them, what was counted."""
    totals = {}
    for one in definitions:
        code = one["code"]
        cells, counts = (
            [month[code] for month in months],
            [month[code].get("counted", 0) for month in counted],
        )
        if one["unit"] == "count":
            totals[code] = _total(cells, counts)
        elif one["unit"] == "percent":
            wholes = [month[one["within"]] for month in months]
            totals[code] = _total_share(cells, wholes, sum(counts), totals[one["within"]])
    return totals


def _total(cells, counts):
    few = [counts[place] for place, cell in enumerate(cells) if cell["state"] == "few"]
    exact = all(cell["state"] in ("exact", "few") for cell in cells)
    known = sum(cell.get("count", 0) for cell in cells)
    if exact and (not few or len(few) + 3 <= sum(few) <= 4 * len(few) - 3):
        return {"state": "exact", "count": known + sum(few)}
    return {"state": "at-least", "count": known + len(few)}


def _total_share(cells, wholes, part, total):
    states = {cell["state"] for cell in cells} - {"none"}
    if states == {"hidden"}:
        may = total["state"] == "exact" and not any(cell.get("corrected") for cell in wholes)
        return share_cell(part, total["count"]) if may else {"state": "hidden"}
    if "hidden" in states or {"at-least", "at-most"} <= states:
        return {"state": "hidden"}
    if not states:
        return {"state": "none"}
    bounds = states - {"exact"}
    part = sum(cell.get("count", 0) for cell in cells)
    return bound_cell(bounds.pop() if bounds else "exact", part, total["count"])


def plain(cell):
    """Return a cell without its mark and without what was counted."""
    return {name: value for name, value in cell.items() if name not in ("corrected", "counted")}


def differences(head, rows, edition, before):
    """Yield what differs, and what cannot be compared, as (is a fault, sentence)."""
    if head["half"] != edition["half"]:
        yield True, f"the export is of {head['half']}, the edition of {edition['half']}"
        return
    older = {one["month"]: one["figures"] for one in before["months"]} if before else {}
    days, kept, recounted = edition["settled_days"], edition["unshown"], []
    for month in edition["months"]:
        name, told = month["month"], month["figures"]
        fresh = cells_of(name, rows, counted_as_of(name, days))
        recounted.append(fresh)
        for code in sorted(set(told) | set(fresh)):
            was = older.get(name, {}).get(code)
            yield from _compared(f"{name} {code}", told.get(code), fresh.get(code), kept, was)
    months = [one["figures"] for one in edition["months"]]
    totals = totals_of(months, recounted, edition["definitions"])
    for code in sorted(set(totals) | set(edition["totals"])):
        hides = any(month[code]["state"] in ("few", "hidden") for month in months)
        yield from _compared(f"total {code}", edition["totals"].get(code), totals.get(code), kept and hides)
    requests = request_cells(rows.get("request", []), counted_as_of(_last_month(edition["half"]), days))
    was = before["requests"]["figures"] if before else {}
    for code, told in edition["requests"]["figures"].items():
        yield from _compared(f"requests {code}", told, requests.get(code), kept, was.get(code))


def _last_month(half):
    year, number = half.split("-")
    return f"{year}-06" if number == "1" else f"{year}-12"


def _compared(name, told, fresh, kept, older=None):
    if told is None or fresh is None:
        yield True, f"{name}: stands in one of the two alone"
    elif plain(told) == plain(fresh):
        return
    elif not kept:
        yield True, f"{name}: told {plain(told)}, recounted {plain(fresh)}"
    elif older is None:
        yield False, f"{name}: left as it was told before, which was not given"
    elif plain(older) != plain(told):
        yield True, f"{name}: told {plain(told)}, before {plain(older)}"


def main(arguments=None):
    """Compare, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description="Recount an edition from an export.")
    parser.add_argument("export")
    parser.add_argument("edition")
    parser.add_argument("--before", help="the edition that this one corrects")
    given = parser.parse_args(arguments)
    try:
        with open(given.export, encoding="utf-8") as lines:
            head, rows = read_rows(lines)
        edition, before = _read(given.edition), _read(given.before) if given.before else None
        found = list(differences(head, rows, edition, before))
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        print(f"not read: {error!r}", file=sys.stderr)
        return 2
    for is_fault, sentence in found:
        print(("differs: " if is_fault else "not compared: ") + sentence)
    faults = sum(1 for is_fault, _ in found if is_fault)
    cells = sum(len(one["figures"]) for one in edition["months"])
    if not faults:
        print(f"equal: {cells} figures of {len(edition['months'])} months, the totals and the requests")
    return 1 if faults else 0


def _read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    sys.exit(main())

"""The draft of the next policy: begun from what binds, and changed row by row by leads and counsel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import IntegrityError
from django.db.models import Max

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import entered, perform
from mamori.ground.people import facts as people
from mamori.rooms.enforcement import policies
from mamori.rooms.enforcement.lifecycle import POLICY, PolicyState
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy_records import POLICIES, PolicyWaits, as_seen, take
from mamori.rooms.enforcement.rules import checks, jdm, reading
from mamori.rooms.enforcement.rules.table import MOST_ROWS, Edges, Row, Table

__all__ = ("draft_policy", "drop_row", "move_row", "put_row", "replace_table", "set_bands")


class DraftStands(Refusal, code="policy-draft-stands", status=409):
    """Given when there is a draft or a proposal already."""

    text = Text(
        "改定案（第{number}版、{state}）がすでにあります。それを直すか、取りやめてから新しく作ってください。",
        "There is a change already (version {number}, {state}). Please edit it, or discard it before you begin another.",
    )


class RowUnfit(Refusal, code="policy-row-unfit", status=422):
    """Given when a row is out of bounds by itself."""

    text = Text(
        "{row}番の行は保存できません。{why}直してから、もう一度保存してください。",
        "Row {row} cannot be saved. {why} Please put it right and save again.",
    )


class BandsUnfit(Refusal, code="policy-bands-unfit", status=422):
    """Given when edges or expiry of points are out of bounds."""

    text = Text("{why}直してから、もう一度保存してください。", "{why} Please put it right and save again.")


class NoSuchRow(Refusal, code="no-such-policy-row", status=404):
    """Given when a row is gone."""

    text = Text(
        "その行はもうありません。表に戻って、いまの行を確かめてください。",
        "That row is gone. Please go back to the table and look at its rows now.",
    )


class RowOutermost(Refusal, code="policy-row-outermost", status=409):
    """Given when the first row would go up, or the last one down."""

    text = Text(
        "{row}番の行はいちばん{end}にあるため、これ以上動かせません。",
        "Row {row} is the {end} one and cannot go further. Please move another row.",
    )


FIRST, LAST = Text("上", "first"), Text("下", "last")


def draft_policy(hand: Hand) -> int:
    """Begin the next version from the newest that is published; return its number."""
    POLICY.take("edit", PolicyState.DRAFT, hand.role)
    with memory.act():
        standing = Policy.objects.filter(state__in=(PolicyState.DRAFT, PolicyState.PROPOSED)).first()
        if standing:
            raise DraftStands(number=standing.number, state=POLICY.states[PolicyState(standing.state)])
        number = (Policy.objects.aggregate(most=Max("number"))["most"] or 0) + 1
        base = policies.newest(hand.at)
        row = Policy(
            number=number,
            table=jdm.stored(base.table),
            drafted_by=people.subject_of(hand),
            drafted_at=hand.at,
        )
        try:
            with memory.attempt():
                row.save(force_insert=True)
        except IntegrityError:  # somebody else began one at the same moment
            raise DraftStands(number=number, state=POLICY.states[PolicyState.DRAFT]) from None
        with entered(hand, POLICIES, row) as act:
            act.record("draft_policy", base=base.number)
    return number


def put_row(hand: Hand, *, number: int, edited: int, row: Row, after: str = "") -> None:
    """Write a row into the draft: in place of the one of its name, else below the row `after`, else at the end."""
    for fault in checks.of_row(row):
        raise RowUnfit(row=row.name, why=fault.text)

    def change(table: Table) -> Table:
        if table.row(row.name):
            rows = tuple(row if one.name == row.name else one for one in table.rows)
        elif len(table.rows) >= MOST_ROWS:
            raise RowUnfit(row=row.name, why=checks.TOO_MANY.text)
        else:
            at = next((n for n, one in enumerate(table.rows, start=1) if one.name == after), len(table.rows))
            rows = (*table.rows[:at], row, *table.rows[at:])
        return replace(table, rows=rows)

    _change(hand, number, edited, "put_row", change, row=row.name)


def drop_row(hand: Hand, *, number: int, edited: int, row: str) -> None:
    """Delete a row of the draft."""

    def change(table: Table) -> Table:
        _the_row(table, row)
        return replace(table, rows=tuple(one for one in table.rows if one.name != row))

    _change(hand, number, edited, "drop_row", change, row=row)


def move_row(hand: Hand, *, number: int, edited: int, row: str, up: bool) -> None:
    """Move a row one place, for the reader's eye only: the order of rows decides nothing."""

    def change(table: Table) -> Table:
        found, rows = _the_row(table, row), list(table.rows)
        at = rows.index(found)
        to = at - 1 if up else at + 1
        if to not in range(len(rows)):
            raise RowOutermost(row=row, end=FIRST if up else LAST)
        rows.insert(to, rows.pop(at))
        return replace(table, rows=tuple(rows))

    _change(hand, number, edited, "move_row", change, row=row)


def set_bands(hand: Hand, *, number: int, edited: int, edges: Edges, expires_days: int) -> None:
    """Set from how many points on a history is a few, several, many, and for how many days points count."""
    for fault in checks.of_bands(edges, expires_days):
        raise BandsUnfit(why=fault.text)
    _change(
        hand,
        number,
        edited,
        "set_bands",
        lambda table: replace(table, edges=edges, expires_days=expires_days),
    )


def replace_table(hand: Hand, *, number: int, edited: int, text: str) -> None:
    """Put the table of a file in place of the draft's.

    :raises RowUnfit, BandsUnfit: when a row or the bands of points are out of bounds by themselves.
    """
    table = reading.load(text)
    for fault in checks.of_bands(table.edges, table.expires_days):
        raise BandsUnfit(why=fault.text)
    for row in table.rows:
        for fault in checks.of_row(row):
            raise RowUnfit(row=row.name, why=fault.text)
    _change(hand, number, edited, "replace_table", lambda _: table)


def _change(
    hand: Hand, number: int, edited: int, verb: str, change: Callable[[Table], Table], **payload: Any
) -> None:
    with perform(hand, POLICIES, number) as act:
        row = act.matter
        if PolicyState(row.state) is PolicyState.PROPOSED:
            raise PolicyWaits(number=number)
        if PolicyState(row.state) is PolicyState.DRAFT:
            as_seen(row, edited)
        take(act, "edit")
        row.table = jdm.stored(change(reading.read(row.table)))
        act.save("table")
        act.record(verb, **payload)


def _the_row(table: Table, row: str) -> Row:
    found = table.row(row)
    if found is None:
        raise NoSuchRow()
    return found

"""Instructions out as a table, and the same table back with what was carried out: each answered once, the rest waits."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest

from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions, facts
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.tables import actions as tables
from mamori.ground.market.tables.columns import TABLES
from mamori.ground.market.tests.conftest import LEAD, MACHINE, MONDAY

pytestmark = pytest.mark.usefixtures("market")
HEAD = "指示番号,金額,結果,実行日時,備考\n"


def refund(number: int, amount: int = 500) -> str:
    return actions.instruct(
        LEAD, kind="refund", order_ref="O-1", amount=amount, about=f"contact.trouble:{number}"
    )


def answer(rows: str) -> tuple[dict[str, int], dict[int, list[str]]]:
    sheet = tables.open_sheet(io.BytesIO((HEAD + rows).encode()))
    refused: dict[int, list[str]] = {}
    report = tables.take(
        MACHINE,
        sheet,
        tables.match(TABLES["confirmations"], sheet),
        lambda unit: refused.update({unit.rows[0].number: [one.code for one in unit.reasons]}),
    )
    return dict(report.counts), refused


def state(ref: str) -> InstructionState:
    found = facts.instruction(ref)
    assert found
    return found.state


def test_confirmations_come_in_by_their_table_and_the_same_again_changes_nothing() -> None:
    first, second, left = refund(1), refund(2), refund(3)
    rows = f"{first},500,返金済,2026/11/16 10:00,re_1\n{second},５００円,不可,,口座なし\n{left},500,,,\n"

    assert answer(rows) == ({"changed": 2, "unchanged": 1}, {})
    assert answer(rows) == ({"unchanged": 3}, {})
    assert [state(ref) for ref in (first, second, left)] == ["confirmed", "refused", "issued"]
    order = facts.order("O-1")
    assert order
    assert order.refunded_amount == 500
    kinds = [act.kind for act in ledger.acts_about("contact.trouble:1")]
    assert sorted(kinds) == ["market.confirm", "market.instruct"]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("ins_000000000000000000000000,500,済,,", ["instruction-unknown"]),
        ("{ref},5000,済,,", ["amount-differs"]),
        ("{ref},500,たぶん,,", ["field-wrong"]),
        ("{ref},500,済,2027/1/1,", ["date-ahead"]),
        ("{ref},#REF!,済,,", ["cell-broken"]),
        (",500,済,,", ["field-missing"]),
    ],
)
def test_what_cannot_be_this_instruction_is_refused_and_it_waits_on(row: str, codes: list[str]) -> None:
    ref = refund(1)

    counts, refused = answer(row.format(ref=ref) + "\n")

    assert (counts, refused) == ({"refused": 1}, {2: codes})
    assert state(ref) is InstructionState.ISSUED


def test_another_answer_than_before_is_refused_also_within_one_file() -> None:
    ref = refund(1)

    counts, refused = answer(f"{ref},500,済,,\n{ref},500,不可,,\n")

    assert (counts, refused) == ({"changed": 1, "refused": 1}, {3: ["another-answer"]})
    assert state(ref) is InstructionState.CONFIRMED


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_waits_goes_out_in_a_form_that_comes_back(language: str) -> None:
    refund(1)
    gone = refund(2)
    actions.confirm(MACHINE, instruction=gone, outcome="confirmed", amount=500)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(one.ja if language == "ja" else one.en for one in tables.WAITING)
    [row] = tables.waiting_rows()
    writer.writerow(said(cell, language) for cell in row)

    sheet = tables.open_sheet(io.BytesIO(out.getvalue().encode()))

    matching = tables.match(TABLES["confirmations"], sheet)
    assert {to.partition(".")[2] for to in matching.columns.values()} == {
        "instruction", "amount", "outcome", "at", "note", "tracking",
    }  # fmt: skip
    assert [unit.outcome for unit in tables.look(MACHINE, sheet, matching)] == ["unchanged"]
    assert (row[2], row[4], row[8]) == (Text("注文 O-1", "order O-1"), 500, MONDAY)
    assert None not in row
    assert row[3] == Text("その注文の 500 円を購入者に返す", "give the buyer 500 yen of that order")


def said(cell: tables.ToldCell, language: str) -> str:
    if isinstance(cell, Text):
        return cell.ja if language == "ja" else cell.en
    return cell.isoformat() if isinstance(cell, datetime) else str(cell or "")


def test_what_was_called_back_says_that_it_is_not_done_any_more() -> None:
    ref = refund(1)
    actions.recall(LEAD, instruction=ref)

    [row] = tables.waiting_rows()

    assert row[3] == tables.CALLED_BACK
    assert answer(f"{ref},500,不可,,\n") == ({"changed": 1}, {})
    assert state(ref) is InstructionState.REFUSED

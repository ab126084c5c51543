"""A shop's file at the desk: matched, looked at, taken in, its refused rows handed back; for a lead alone."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Enter, known_market
from mamori.doors.desk.views import tables as page
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.models import Buyer, TableMatching
from mamori.ground.market.tests.test_tables import HEAD, workbook
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.people.models import Account

pytestmark = pytest.mark.django_db
PLACE = "/desk/import/"
TABLE = "会員番号,お名前,メモ\n会員１,𠮷田 花,=1\nB-2,,@x\nB-3,山田,\n"


def send(client: Client, *texts: str, kind: str = "buyers") -> Any:
    files = []
    for text in texts:
        file = BytesIO(text.encode())
        file.name = "会員.csv"
        files.append(file)
    return client.post(PLACE, {"step": "send", "kind": kind, "file": files})


def fields(answer: Any) -> dict[str, str]:
    """Return what the page's form would send: hidden fields, and what is selected."""
    text = answer.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text))
    for name, options in re.findall(r'<select name="([\w-]+)".*?>(.*?)</select>', text, re.DOTALL):
        found[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return {name: unescape(value) for name, value in found.items()}


def test_a_file_is_matched_looked_at_and_taken_in(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)

    matched = send(lead, TABLE)
    looked = lead.post(PLACE, fields(matched) | {"step": "look"})

    assert fields(matched)["column-0"] == "buyer.ref"
    assert ("新しく入る" in looked.content.decode(), "断られる" in looked.content.decode()) == (True, True)
    assert not Buyer.objects.exists()
    taken = lead.post(PLACE, fields(looked) | {"step": "take"})
    assert "取り込みました" in taken.content.decode()
    assert Buyer.objects.count() == 2
    refused = lead.post(PLACE, fields(taken) | {"step": "refused"})
    _, row = refused.content.decode("utf-8-sig").splitlines()
    assert row.startswith("B-2,,'@x,3,")
    assert "field-missing" in row


def test_figures_of_excel_are_shown_as_they_are_taken_in(enter: Enter, tmp_path: Path) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    path = workbook(tmp_path, HEAD, '<c r="A2"><v>12</v></c><c r="B2"><v>34</v></c>')

    with path.open("rb") as file:
        matched = lead.post(PLACE, {"step": "send", "kind": "buyers", "file": file})
    looked = lead.post(PLACE, fields(matched) | {"step": "look"})

    assert ("12 · 34" in looked.content.decode(), "12.0" in looked.content.decode()) == (True, False)
    assert "12.0" not in matched.content.decode()


def test_what_was_chosen_holds_for_the_next_file_with_these_headings(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    text = "番号だよ,呼び名だよ\nB-7,花\n"

    first = send(lead, text)
    chosen = fields(first) | {"column-0": "buyer.ref", "column-1": "buyer.name"}
    lead.post(PLACE, chosen | {"step": "take"})

    assert first.status_code == 200
    assert fields(send(lead, text))["column-1"] == "buyer.name"
    assert TableMatching.objects.count() == 1


def test_a_long_file_goes_on_from_where_the_last_answer_ended(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "SLICE", 1)
    lead = enter(Role.LEAD, stepped_up=True)
    text = "会員番号,氏名\n" + "".join(
        f"C-{number},{'人' if number % 50 else ''}\n" for number in range(1, 161)
    )

    answer = lead.post(PLACE, fields(send(lead, text)) | {"step": "take"})
    answers = 1
    while "data-goes-on" in answer.content.decode():
        answer = lead.post(PLACE, fields(answer) | {"step": "take"})
        answers += 1

    assert answers > 2
    assert Buyer.objects.count() == 157
    refused = lead.post(PLACE, fields(answer) | {"step": "refused"}).content.decode()
    assert [row.split(",")[0] for row in refused.splitlines()[1:]] == ["C-50", "C-100", "C-150"]


@pytest.mark.parametrize(
    ("texts", "kind", "status", "said"),
    [
        ([], "buyers", 422, "1つだけ"),
        (["会員番号\nB-1\n", "会員番号\nB-2\n"], "buyers", 422, "1つだけ"),
        (["会員番号\nB-1\n"], "", 422, "何の一覧か"),
        ([""], "buyers", 422, "空のファイル"),
        (["x" * ((20 << 20) + 1)], "buyers", 413, "大きすぎます"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(
    enter: Enter, texts: list[str], kind: str, status: int, said: str
) -> None:
    answer = send(enter(Role.LEAD, stepped_up=True), *texts, kind=kind)

    assert answer.status_code == status
    assert said in answer.content.decode()


def test_a_file_of_twenty_megabytes_is_looked_at_as_any_other(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    row = f"B-{{}},花,{'あ' * 300}\n"
    head = "会員番号,お名前,メモ\n"
    text = head + "".join(row.format(number) for number in range((page.MOST - 1_000) // 920))

    matched = send(lead, text)
    looked = lead.post(PLACE, fields(matched) | {"step": "look"})

    assert page.MOST - 2_000_000 < len(text.encode()) <= page.MOST
    assert (matched.status_code, looked.status_code) == (200, 200)
    assert looked.content.decode().count("新しく入る") == 10


def test_without_the_column_that_names_the_records_nothing_begins(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    matched = send(lead, TABLE)

    answer = lead.post(PLACE, fields(matched) | {"column-0": "", "step": "look"})

    assert answer.status_code == 422
    assert "購入者の番号" in answer.content.decode()


def test_a_ticket_opens_the_file_to_nobody_else_and_to_nobody_once_it_is_cleared(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    ticket = fields(send(lead, TABLE))

    others = [enter(role, stepped_up=True) for role in (Role.AGENT, Role.COUNSEL, Role.READER)]
    refused = [
        other.post(PLACE, ticket | {"step": "take"}) for other in (*others, enter(Role.BUYER, "buyer:B-1"))
    ]
    forged = lead.post(PLACE, ticket | {"ticket": ticket["ticket"][:-1] + "x", "step": "look"})
    lead.post(PLACE, ticket | {"step": "clear"})
    cleared = lead.post(PLACE, ticket | {"step": "take"})

    assert {one.status_code for one in refused} <= {302, 403, 404}
    assert (forged.status_code, cleared.status_code) == (410, 410)
    assert not Buyer.objects.exists()


NOW = datetime.now(UTC)
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=NOW, via="test")


@pytest.fixture
def known(db: None) -> None:
    """Tell of one seller, one buyer and orders."""
    known_market(NOW)


def refund(number: int) -> str:
    return market.instruct(
        MACHINE, kind="refund", order_ref="O-1", amount=500, about=f"contact.trouble:{number}"
    )


def state(ref: str) -> str:
    found = market_facts.instruction(ref)
    assert found
    return found.state.value


@pytest.mark.usefixtures("known")
def test_a_lead_gets_what_waits_and_brings_back_what_was_done_once(enter: Enter) -> None:
    done, waits = refund(1), refund(2)
    lead = enter(Role.LEAD, stepped_up=True)

    out = lead.post(PLACE, {"out": "1"})
    text = out.content.decode()
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    back = "\n".join(",".join(row[:10] + (["済"] if row[0] == done else [""]) + row[11:]) for row in rows[1:])
    matched = send(lead, f"{','.join(rows[0])}\n{back}\n", kind="confirmations")
    looked = lead.post(PLACE, fields(matched) | {"step": "look"})
    before = state(done)
    first = lead.post(PLACE, fields(looked) | {"step": "take"}).content.decode()
    again = lead.post(PLACE, fields(looked) | {"step": "take"}).content.decode()

    assert (text[0], out["Content-Type"], out["Cache-Control"]) == (
        "\ufeff", "text/csv; charset=utf-8", "private, no-store",
    )  # fmt: skip
    assert {row[0] for row in rows[1:]} == {done, waits}
    assert "購入花子" not in text
    assert (before, state(done), state(waits)) == ("issued", "confirmed", "issued")
    assert ("変わりませんでした" in first, "変わりませんでした" in again) == (False, True)
    [act] = [one for one in ledger.acts_about("contact.trouble:1") if one.kind == "market.confirm"]
    assert (act.content["by"], act.content["role"], act.content["via"]) == (
        Account.objects.get(role="lead").who, "machine", "file",
    )  # fmt: skip


@pytest.mark.usefixtures("known")
def test_where_software_confirms_no_file_does_while_its_key_holds(enter: Enter) -> None:
    ref = refund(1)
    lead = enter(Role.LEAD, stepped_up=True)
    table = f"指示番号,結果\n{ref},済\n"
    matched = send(lead, table, kind="confirmations")
    people.add_key(MACHINE, name="shop", scopes=[Scope.MARKET_WRITE])
    still = send(lead, table, kind="confirmations")
    people.add_key(MACHINE, name="money", scopes=[Scope.INSTRUCTIONS_CONFIRM])

    answers = [send(lead, table, kind="confirmations")]
    answers += [lead.post(PLACE, fields(matched) | {"step": step}) for step in ("look", "take")]

    assert still.status_code == 200
    assert [one.status_code for one in answers] == [409, 409, 409]
    assert all("つないだソフト" in one.content.decode() for one in answers)
    assert state(ref) == "issued"


def test_what_waits_is_handed_to_no_other(enter: Enter) -> None:
    others = [enter(role, stepped_up=True) for role in (Role.AGENT, Role.COUNSEL, Role.READER)]
    others += [enter(Role.LEAD), enter(Role.SELLER, "seller:S-1"), enter()]

    answers = [other.post(PLACE, {"out": "1"}) for other in others]

    assert {one.status_code for one in answers} <= {302, 403, 404}
    assert all("指示番号" not in one.content.decode() for one in answers)

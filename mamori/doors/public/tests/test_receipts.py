"""Receipts: anybody may see that and when, only who did it sees what; and a case number tells nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases.number import number_of
from mamori.ground.ledger import actions as ledger
from verifier import mamori_verify

pytestmark = pytest.mark.django_db

type Enter = Callable[..., Client]


def recorded(by: str, role: Role, *, sequenced: bool = True) -> int:
    now = datetime.now(UTC)
    with transaction.atomic():
        act = ledger.record(
            Hand(by=by, role=role, at=now, via="test"),
            kind="contact.answer",
            subject="buyer:B-1",
            about="contact.trouble:1",
            payload={"words_sha256": "0" * 64},
        )
    if sequenced:
        ledger.sequence(at=now)
    return act


@pytest.mark.parametrize(
    ("role", "who", "opens"),
    [
        (Role.ANONYMOUS, "", False),
        (Role.BUYER, "buyer:B-1", False),
        (Role.SELLER, "seller:S-2", False),
        (Role.SELLER, "seller:S-1", True),
        (Role.DELEGATE, "seller:S-1/hana", True),
        (Role.DELEGATE, "seller:S-1/jiro", False),
        (Role.AGENT, "", False),
    ],
)
def test_what_was_done_stands_only_in_the_receipt_of_who_did_it(
    enter: Enter, role: Role, who: str, opens: bool
) -> None:
    act = recorded("seller:S-1/hana", Role.DELEGATE)

    answer = enter(role, who).get(f"/receipts/{act}/receipt.json")
    page = enter(role, who).get(f"/receipts/{act}/")

    assert (answer.json()["content"] is not None) is opens
    assert (answer.json()["salt"] is not None) is opens
    assert answer.json()["leaf"]["kind"] == "contact.answer"
    assert "no-store" in answer["Cache-Control"]
    assert "出品者が回答した" in page.content.decode()
    assert "hana" not in page.content.decode().replace(f"{who} ·", "")


def test_the_receipt_that_is_handed_out_convinces_the_verifier(enter: Enter, tmp_path: Path) -> None:
    act = recorded("buyer:B-1", Role.BUYER)
    for name, client in (("open", enter(Role.BUYER, "buyer:B-1")), ("closed", enter())):
        file = tmp_path / f"{name}.json"
        file.write_bytes(client.get(f"/receipts/{act}/receipt.json").content)

        said: list[str] = []
        mamori_verify.verify(str(file), None, [], lambda ja, en: said.append(en))  # noqa: B023

        assert said[0].startswith(f"Proved: act {act}")


def test_a_receipt_that_has_no_place_yet_asks_for_a_moment(enter: Enter) -> None:
    act = recorded("buyer:B-1", Role.BUYER, sequenced=False)

    page, file = enter().get(f"/receipts/{act}/"), enter().get(f"/receipts/{act}/receipt.json")

    assert page.status_code == file.status_code == 202
    assert page["Retry-After"] == "2"
    assert "受領証を作っています" in page.content.decode()


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30, "abc", "-1", "１", "%00", "1.5"])
def test_a_receipt_that_does_not_exist_is_not_found(enter: Enter, number: str) -> None:
    recorded("buyer:B-1", Role.BUYER)

    assert enter().get(f"/receipts/{number}/").status_code == 404
    assert enter().get(f"/receipts/{number}/receipt.json").status_code == 404


def test_a_number_typed_leads_to_the_receipt(enter: Enter) -> None:
    asked, led = enter().get("/receipts/"), enter().get("/receipts/?number=１２")
    bad = [enter().get("/receipts/", {"number": number}).status_code for number in ("", "x", "0", "9" * 19)]

    assert asked.status_code == 200
    assert led["Location"] == "/receipts/12/"
    assert bad == [422] * 4


def test_the_program_that_is_handed_out_is_the_verifier() -> None:
    found = finders.find("public/mamori_verify.py.txt")

    assert found
    assert Path(found).read_bytes() == Path(mamori_verify.__file__).read_bytes()


@pytest.mark.parametrize(
    ("role", "who", "door"),
    [
        (Role.ANONYMOUS, "", ""),
        (Role.BUYER, "buyer:B-1", ""),
        (Role.SELLER, "seller:S-1", "/seller"),
        (Role.DELEGATE, "seller:S-1/hana", "/seller"),
    ],
)
def test_a_case_number_leads_on_whether_it_exists_or_not(
    enter: Enter, role: Role, who: str, door: str
) -> None:
    nothing = number_of(77)
    spoken = f"{nothing[:4]}－{nothing[4:]}"

    answer = enter(role, who).get("/find/", {"number": spoken})

    assert answer["Location"] == f"{door}/threads/{nothing}/"


@pytest.mark.parametrize("number", ["", "1", "12345678", "abc", "\0", "9" * 400, "<script>"])
def test_what_cannot_be_a_case_number_is_given_back(enter: Enter, number: str) -> None:
    answer = enter().get("/find/", {"number": number})

    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().replace("<script type", "")

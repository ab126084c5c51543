"""Receipts: open at an address that nobody guesses, and by number alone to whom they concern; a case number tells nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases.queue import number_of
from mamori.ground.ledger import actions as ledger, facts
from mamori.ground.ledger.models import Act
from verifier import mamori_verify

pytestmark = pytest.mark.django_db

type Enter = Callable[..., Client]

EVERYBODY = [
    (Role.ANONYMOUS, ""),
    (Role.BUYER, "buyer:B-1"),
    (Role.BUYER, "buyer:B-2"),
    (Role.HELPER, "buyer:B-1/helper-1"),
    (Role.SELLER, "seller:S-1"),
    (Role.SELLER, "seller:S-2"),
    (Role.DELEGATE, "seller:S-1/hana"),
    (Role.AGENT, ""),
]


def address_of(act: int) -> str:
    found = facts.act(act)
    assert found
    return found.address


def recorded(by: str, role: Role, *, sequenced: bool = True) -> int:
    now = datetime.now(UTC)
    with transaction.atomic():
        act = ledger.record(
            Actor(by=by, role=role, at=now, via="test"),
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

    address = address_of(act)
    answer = enter(role, who).get(f"/receipts/{address}/receipt.json")
    page = enter(role, who).get(f"/receipts/{address}/")

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
        file.write_bytes(client.get(f"/receipts/{address_of(act)}/receipt.json").content)

        said: list[str] = []
        mamori_verify.verify(str(file), None, [], lambda ja, en: said.append(en))  # noqa: B023

        assert said[0].startswith(f"Proved: act {act}")


def test_a_receipt_that_has_no_place_yet_asks_for_a_moment(enter: Enter) -> None:
    act = recorded("buyer:B-1", Role.BUYER, sequenced=False)

    address = address_of(act)
    page, file = enter().get(f"/receipts/{address}/"), enter().get(f"/receipts/{address}/receipt.json")

    assert page.status_code == file.status_code == 202
    assert page["Retry-After"] == "2"
    assert "受領証を作っています" in page.content.decode()


@pytest.mark.parametrize(("role", "who"), EVERYBODY)
def test_the_number_alone_opens_to_whom_it_concerns_and_to_staff_only(
    enter: Enter, role: Role, who: str
) -> None:
    act = recorded("seller:S-1/hana", Role.DELEGATE)
    concerned = {"buyer:B-1", "seller:S-1", "seller:S-1/hana"}

    client = enter(role, who)
    answers = [client.get(f"/receipts/{act}/"), client.get(f"/receipts/{act}/receipt.json")]

    opens = who in concerned or role is Role.AGENT
    assert {answer.status_code for answer in answers} == {200 if opens else 404}


def test_whoever_counts_through_the_numbers_learns_nothing_not_even_which_there_are(enter: Enter) -> None:
    there = [recorded("buyer:B-1", Role.BUYER), recorded("buyer:B-1", Role.BUYER, sequenced=False)]
    guesses = [f"{act}{sign}" for act in [*there, 999_999] for sign in ("", "-" + "a" * 24, "-" + "a" * 23)]

    def told(guess: str, path: str) -> tuple[int, str]:
        answer = enter().get(f"/receipts/{guess}/{path}")
        words = answer.content.decode().replace(f"「{guess}」", "…").replace(f"/{guess}/", "…")
        return answer.status_code, re.sub(r'value="[^"]*"|[0-9a-f]{16}', "", words)

    for path in ("", "receipt.json"):
        assert len({told(guess, path) for guess in guesses}) == 1
        assert told(guesses[0], path)[0] == 404


def test_a_sign_fits_its_own_receipt_only_and_is_spelt_one_way(enter: Enter) -> None:
    one, other = recorded("buyer:B-1", Role.BUYER), recorded("buyer:B-1", Role.BUYER)
    sign = address_of(one).partition("-")[2]

    for wrong in (f"{other}-{sign}", f"0{one}-{sign}", f"{one}-{sign.upper()}", f"{'9' * 19}-{sign}"):
        assert enter().get(f"/receipts/{wrong}/").status_code == 404
    assert enter().get(f"/receipts/{one}-{sign}/").status_code == 200


def test_the_page_names_the_address_to_hand_on_even_to_who_came_by_number(enter: Enter) -> None:
    act = recorded("buyer:B-1", Role.BUYER)

    page = enter(Role.BUYER, "buyer:B-1").get(f"/receipts/{act}/").content.decode()

    assert f"http://testserver/receipts/{address_of(act)}/</code>" in page


def test_a_receipt_of_old_tells_its_holder_where_it_stands(enter: Enter) -> None:
    act = recorded("buyer:B-1", Role.BUYER)
    kept = facts.receipt(act, opened=False)
    assert kept

    assert kept.address == address_of(act)
    assert enter().get(f"/receipts/{kept.address}/").status_code == 200


def test_an_erasure_leaves_the_address_as_it_was(enter: Enter) -> None:
    act = recorded("buyer:B-1", Role.BUYER)
    before = address_of(act)
    actor = Actor(by="lead:1", role=Role.LEAD, at=datetime.now(UTC), via="test")

    ledger.shred(actor, subject="buyer:B-1", reason="asked for")

    assert address_of(act) == before
    assert enter().get(f"/receipts/{before}/receipt.json").json()["content"] is None


def test_two_acts_of_the_same_words_have_signs_that_tell_nothing_of_each_other() -> None:
    acts = [recorded("buyer:B-1", Role.BUYER) for _ in range(3)]

    signs = {address_of(act).partition("-")[2] for act in acts}

    assert len(signs) == 3
    assert len({bytes(act.commitment) for act in Act.objects.all()}) == 3


@pytest.mark.parametrize(
    "number", ["0", "999999", "9" * 30, "abc", "-1", "１", "%00", "1.5", "1-", "-", "1-é"]
)
def test_a_receipt_that_does_not_exist_is_not_found(enter: Enter, number: str) -> None:
    recorded("buyer:B-1", Role.BUYER)

    for client in (enter(), enter(Role.BUYER, "buyer:B-2"), enter(Role.AGENT)):
        assert client.get(f"/receipts/{number}/").status_code == 404
        assert client.get(f"/receipts/{number}/receipt.json").status_code == 404


SIGN = "k5x7abcd2345k5x7abcd2345"


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("１２", "12"),
        (f"12-{SIGN}", f"12-{SIGN}"),
        (f" １２－{SIGN.upper()} ", f"12-{SIGN}"),
        (f"https://help.example.jp/receipts/12-{SIGN}/", f"12-{SIGN}"),
        (f"12 - {SIGN[:12]} {SIGN[12:]}", f"12-{SIGN}"),
    ],
)
def test_what_is_typed_or_pasted_leads_to_the_receipt(enter: Enter, typed: str, leads: str) -> None:
    assert enter().get("/receipts/", {"number": typed})["Location"] == f"/receipts/{leads}/"


def test_what_cannot_be_a_receipts_number_is_given_back(enter: Enter) -> None:
    asked = enter().get("/receipts/")
    bad = [
        enter().get("/receipts/", {"number": number}).status_code
        for number in ("", "x", "0", "9" * 19, "12-", f"-{SIGN}", "12-ab1", f"https://x/12-{SIGN}", "1" * 300)
    ]

    assert asked.status_code == 200
    assert bad == [422] * 9


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

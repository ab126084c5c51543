"""What a machine may look at: by the operator's mode and the writer's own answer, asked by version, refused without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import actions as terms
from mamori.law import consents
from mamori.law.settings import OWN_HOSTS, SCANNING
from mamori.rooms.contact import actions as contact, scanning
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import LureCount, ScanningAnswer
from mamori.rooms.contact.rules.scanning import ScanAnswer, Scanning, is_to_be_asked, may_mask, may_scan
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, actor, agent, buyer, lead, machine, seller
from tests.shops import put_shop

PHONE = "090-1234-5678に電話をください"
YES, NO, OLD_YES, OLD_NO = (
    ScanAnswer(True, 2),
    ScanAnswer(False, 2),
    ScanAnswer(True, 1),
    ScanAnswer(False, 1),
)


def set_mode(mode: str) -> None:
    terms.set(lead(MONDAY - timedelta(hours=1)), setting=SCANNING, value=mode)


def test_only_what_mode_and_answer_allow_is_looked_at() -> None:
    seen = {
        (mode.value, name)
        for mode, (name, answer) in product(
            Scanning,
            {
                "none": None,
                "yes": YES,
                "no": NO,
                "old yes": OLD_YES,
                "old no": OLD_NO,
            }.items(),
        )
        if may_scan(mode, answer, version=2)
    }

    assert seen == {
        ("warn", "none"),
        ("warn", "yes"),
        ("warn", "old yes"),
        ("ask", "yes"),
        ("mask", "yes"),
    }


@pytest.mark.parametrize("mode", Scanning)
def test_a_party_is_asked_once_a_version_where_the_mode_needs_it(mode: Scanning) -> None:
    needs = mode in (Scanning.ASK, Scanning.MASK)

    assert is_to_be_asked(mode, None, version=2) is needs
    assert is_to_be_asked(mode, OLD_YES, version=2) is needs
    assert is_to_be_asked(mode, OLD_NO, version=2) is needs
    assert not is_to_be_asked(mode, YES, version=2)
    assert not is_to_be_asked(mode, NO, version=2)


@pytest.mark.parametrize("mode", Scanning)
def test_nothing_is_hidden_unless_both_agreed_to_this_version(mode: Scanning) -> None:
    assert may_mask(mode, YES, YES, version=2) is (mode is Scanning.MASK)
    for other in (None, NO, OLD_YES, OLD_NO):
        assert not may_mask(mode, YES, other, version=2)
        assert not may_mask(mode, other, YES, version=2)


@pytest.mark.parametrize("who", [buyer(), seller(), actor("seller:S-1/hanako", Role.DELEGATE)])
def test_an_answer_is_recorded_with_a_receipt_and_may_be_taken_back(market_of_two: None, who: Actor) -> None:
    receipt = contact.answer_scanning(who, agrees=True)
    agreed = scanning.answer_of(who.whose)
    contact.answer_scanning(replace(who, at=MONDAY + timedelta(minutes=1)), agrees=False)

    assert agreed == ScanAnswer(True, consents.SCANNING.version)
    assert scanning.answer_of(who.whose) == ScanAnswer(False, consents.SCANNING.version)
    act = ledger.act(receipt)
    assert act is not None
    assert act.content is not None
    assert (act.kind, act.content["payload"]["version"]) == ("contact.agree_scanning", 2)
    kinds = [act.kind for act in ledger.acts_about(f"contact.scanning:{who.whose}")]
    assert kinds == ["contact.agree_scanning", "contact.refuse_scanning"]


@pytest.mark.django_db
def test_nobody_answers_for_a_party() -> None:
    for who in (agent(), lead(), machine(), *(eve for eve in EVES if not eve.by.endswith("EVE"))):
        if who.by == "seller:S-11/eve":
            continue  # a delegate of another seller, who answers for that one
        with pytest.raises(NothingHere):
            contact.answer_scanning(who, agrees=True)

    assert not ScanningAnswer.objects.exists()


@pytest.mark.parametrize(
    ("mode", "agrees", "finds"),
    [
        ("off", None, 0),
        ("off", True, 0),
        ("warn", None, 1),
        ("warn", False, 0),
        ("ask", None, 0),
        ("ask", True, 1),
        ("mask", None, 0),
        ("mask", True, 1),
    ],
)
def test_who_says_no_is_never_looked_at(
    market_of_two: None, mode: str, agrees: bool | None, finds: int
) -> None:
    set_mode(mode)
    if agrees is not None:
        contact.answer_scanning(buyer(), agrees=agrees)

    assert len(scanning.look(buyer(), PHONE, seller_ref="S-1").lures) == finds


def test_a_newer_version_asks_anew_and_a_former_no_holds_until_then(
    market_of_two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_mode("ask")
    asked_first = scanning.is_to_be_asked(buyer())
    contact.answer_scanning(buyer(), agrees=False)
    asked_again = scanning.is_to_be_asked(buyer())

    monkeypatch.setattr(scanning, "CONSENT", replace(consents.SCANNING, version=3))

    assert (asked_first, asked_again, scanning.is_to_be_asked(buyer())) == (True, False, True)
    set_mode("warn")
    assert not scanning.may_scan(buyer())


def test_who_agreed_to_the_former_text_keeps_that_version_and_is_asked_anew(
    market_of_two: None, enter: Enter
) -> None:
    former = ScanningAnswer.objects.create(party="buyer:B-1", version=1, agrees=True, at=MONDAY)
    set_mode("ask")

    assert scanning.is_to_be_asked(buyer())
    assert not scanning.may_scan(buyer())
    page = enter(Role.BUYER, "buyer:B-1").get("/scanning/").content.decode()
    assert "前の版の文に同意しています" in page
    assert "この通販サイトを通さない取引" in page
    contact.answer_scanning(buyer(), agrees=True)
    assert scanning.may_scan(buyer())
    former.refresh_from_db()
    assert former.version == 1
    assert [(one.version, "通販サイトを通さない" in one.text.ja) for one in consents.FORMER] == [(1, True)]


REGISTERED = {
    "phone": "03-1234-5678",
    "mail": "shop@example.jp",
    "address": "〒150-0001 東京都渋谷区神宮前1-2-3 例ビル4階",
    "returns_to": "〒530-0001 大阪府大阪市北区梅田3-4-5",
    "support": "お客様係 0120-444-555（平日9時〜17時）または https://help.example.jp/shop",
}
SAID = (
    "お電話は03-1234-5678へどうぞ。",
    "０３（１２３４）５６７８までお願いします。",
    "03 1234 5678でも承ります。",
    "shop@example.jp へご連絡ください。",
    "ｓｈｏｐ＠ｅｘａｍｐｌｅ．ｊｐ です。",
    "返品は大阪府大阪市北区梅田3-4-5へお送りください。",
    "〒150-0001 東京都渋谷区神宮前1-2-3",
    "東京都渋谷区神宮前１丁目２番３号です。",
    "フリーダイヤル0120-444-555へおかけください。",
    "0120444555 です。",
    "https://help.example.jp/shop をご覧ください。",
    "http://market.example.jp/items/5 の商品です。",
    "運営の窓口は http://localhost:8000/ です。",
)


@pytest.mark.parametrize("said", SAID)
def test_the_sellers_registered_contacts_pass_in_any_spelling(market_of_two: None, said: str) -> None:
    put_shop(machine(), ref="S-1", name="店", **REGISTERED)
    terms.set(lead(MONDAY - timedelta(hours=1)), setting=OWN_HOSTS, value="market.example.jp www.example.net")

    assert scanning.look(seller(), said, seller_ref="S-1").lures == ()
    assert scanning.look(buyer(), said, seller_ref="S-1").lures == ()


def test_what_is_not_registered_or_a_private_persons_is_still_told(market_of_two: None) -> None:
    put_shop(machine(), ref="S-1", name="店", **REGISTERED)
    put_shop(machine(), ref="S-2", name="個人", private=True, **REGISTERED)

    assert [one.kind for one in scanning.look(seller(), PHONE, seller_ref="S-1").lures] == ["phone"]
    assert [one.kind for one in scanning.look(seller(), SAID[0], seller_ref="S-2").lures] == ["phone"]


def test_counts_hold_kinds_and_months_and_nothing_else(market_of_two: None) -> None:
    found = scanning.look(buyer(), f"{PHONE}。LINEのIDはabc123です。", seller_ref="S-1").lures

    contact.count_lures(buyer(), found, "shown")
    contact.count_lures(buyer(), found, "shown")
    contact.count_lures(seller(MONDAY + timedelta(days=20)), found[:1], "kept")

    rows = LureCount.objects.order_by("month", "side", "kind").values_list(
        "month", "side", "kind", "shown", "kept"
    )
    assert [(f"{month:%Y-%m}", *rest) for month, *rest in rows] == [
        ("2026-11", "buyer", "chat_id", 2, 0),
        ("2026-11", "buyer", "phone", 2, 0),
        ("2026-12", "seller", found[0].kind, 0, 1),
    ]


@pytest.mark.parametrize(
    ("role", "who", "base"),
    [
        (Role.BUYER, "buyer:B-1", "/scanning/"),
        (Role.SELLER, "seller:S-1", "/seller/scanning/"),
    ],
)
def test_a_party_answers_on_a_page_once_and_finds_its_receipt(
    market_of_two: None, enter: Enter, role: Role, who: str, base: str
) -> None:
    client: Client = enter(role, who)
    token = client.get(base).context["token"]

    nothing = client.post(base, {"token": token})
    first = client.post(base, {"token": token, "agrees": "no"})
    again = client.post(base, {"token": token, "agrees": "no"})

    assert nothing.status_code == 422
    assert '<button name="agrees" value="yes">' in nothing.content.decode()
    assert first["Location"] == again["Location"]
    assert ScanningAnswer.objects.filter(party=who).count() == 1
    page = client.get(first["Location"])
    number = first["Location"].partition("receipt=")[2]
    assert f"/receipts/{number}/" in page.content.decode()
    assert "確かめさせない" in page.content.decode()
    assert client.get(f"{base}?receipt=<x>").context["receipt"] == ""

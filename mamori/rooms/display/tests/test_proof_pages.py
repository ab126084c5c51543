"""The pages on which a contact is proved: the seller's own, and those of staff who call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.proofs.queries import code_of
from mamori.rooms.display.proofs.rules import CallHours
from mamori.rooms.display.tests.conftest import display
from mamori.rooms.display.tests.test_pages import hanako, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
CONTACTS = "/seller/display/contacts/"
MAIL = "hanako@shop.example.jp"


@pytest.fixture(autouse=True)
def shown(shops: None, settings: Any, tmp_path: Path) -> None:
    """S-1 shows a mail address and a telephone, and mail is sent from here."""
    settings.MAMORI_MAIL = f"folder://{tmp_path / 'mail'}"
    settings.MAMORI_MAIL_FROM = "ご相談の窓口 <centre@market.example>"
    displays.write_display(hanako(), seller_ref="S-1", told=display(mail=MAIL))


def take(client: Client, path: str, **told: Any) -> Any:
    """Open a form, fill it in and follow where it leads."""
    token = client.get(path, secure=True).context["token"]
    return client.post(path, {"token": token, **told}, secure=True, follow=True)


def code(channel: str) -> str:
    return code_of(ContactProof.objects.get(seller_ref="S-1", channel=channel))


def test_a_seller_proves_its_address_and_everybody_reads_the_day(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    assert MAIL in read(client, CONTACTS)

    sent = take(client, f"{CONTACTS}mail/send/")
    wrong = take(client, f"{CONTACTS}mail/enter/", code="000000" if code("mail") != "000000" else "111111")
    right = take(client, f"{CONTACTS}mail/enter/", code=code("mail"))

    assert "確認コードを送りました" in sent.content.decode()
    assert code("mail") not in sent.content.decode()
    assert "確認コードが違いました" in wrong.content.decode()
    assert "届くことを確かめました" in right.content.decode()
    public = read(Client(), "/sellers/S-1/display/")
    assert "連絡先確認" in public
    told = json.loads(read(Client(), "/sellers/S-1/display/display.json"))
    assert [one["channel"] for one in told["proven"]] == ["mail"]


def test_a_seller_is_called_and_reads_out_the_code_that_no_agent_sees(enter: Enter) -> None:
    client, desk = enter(Role.SELLER, "seller:S-1"), enter(Role.AGENT, "staff:a@example.jp")
    asked = take(client, f"{CONTACTS}phone/offer/", hours="noon")
    number = code("phone")

    listed = read(desk, "/desk/calls/displays/")
    beside = read(desk, "/desk/lists/calls/")
    page = read(desk, "/desk/displays/S-1/phone/call/")
    vain = take(desk, "/desk/displays/S-1/phone/call/", outcome="no_answer", code="")
    missing = take(desk, "/desk/displays/S-1/phone/call/", outcome="code", code="")
    heard = take(desk, "/desk/displays/S-1/phone/call/", outcome="code", code=number)

    assert number in asked.content.decode()
    assert "はなこ雑貨店" in listed
    assert "/desk/displays/S-1/phone/call/" in beside
    assert "03-3507-8801" in page
    assert all(number not in one for one in (listed, beside, page, vain.content.decode()))
    assert "6桁の確認コードを入れて" in missing.content.decode()
    assert heard.status_code == 200
    assert [one.channel for one in facts.proven("S-1")] == ["phone"]
    assert "試すフォームもありません" in read(desk, "/desk/calls/displays/")


def test_a_seller_takes_its_offer_back(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    proofs.offer_call(hanako(), proof="phone:S-1", hours=CallHours.ANY)

    done = take(client, f"{CONTACTS}phone/take-back/")

    assert "取り下げました" in done.content.decode()
    assert facts.calls_owed() == ()


def test_an_agent_asks_for_a_proof_from_the_sellers_page(enter: Enter) -> None:
    desk = enter(Role.AGENT, "staff:a@example.jp")
    assert "/desk/displays/S-1/phone/ask/" in read(desk, "/desk/displays/S-1/")

    done = take(desk, "/desk/displays/S-1/phone/ask/").content.decode()

    assert "出品者に確認を求めました" in done
    assert "/phone/ask/" not in done  # it is asked already


def test_who_asks_what_somebody_asked_already_is_told_so_with_the_display_in_view(enter: Enter) -> None:
    one, other = enter(Role.AGENT, "staff:a@example.jp"), enter(Role.LEAD, "staff:b@example.jp")
    token = other.get("/desk/displays/S-1/phone/ask/", secure=True).context["token"]
    take(one, "/desk/displays/S-1/phone/ask/")

    late = other.post("/desk/displays/S-1/phone/ask/", {"token": token}, secure=True)

    assert late.status_code == 409
    assert "もう出品者に求めています" in late.content.decode()
    assert "いまの表示" in late.content.decode()


def test_what_is_no_step_no_channel_and_no_shop_is_not_there(enter: Enter) -> None:
    client, desk = enter(Role.SELLER, "seller:S-1"), enter(Role.AGENT, "staff:a@example.jp")

    for one, path in (
        (client, f"{CONTACTS}mail/none/"),
        (client, f"{CONTACTS}fax/send/"),
        (desk, "/desk/displays/NOBODY/phone/call/"),
        (desk, "/desk/displays/S-1/fax/ask/"),
    ):
        assert one.get(path, secure=True).status_code == 404


def test_a_seller_with_no_contact_to_prove_is_told_so(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-3")

    page = read(client, CONTACTS)

    assert client.get(f"{CONTACTS}phone/offer/", secure=True).status_code == 302
    assert "確かめる連絡先がありません" in page

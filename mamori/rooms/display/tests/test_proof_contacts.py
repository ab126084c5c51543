"""Which contact of a seller is proved, and of whom nothing is."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.grammar.actor import Role
from mamori.ground.terms import actions as terms
from mamori.law.display import DISPLAY_PROOFS, DisplayItem
from mamori.rooms.display.actions import displays
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.proofs.actions import NoContactShown
from mamori.rooms.display.proofs.queries import proof_shown
from mamori.rooms.display.proofs.rules import ProofChannel
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay, ShownItem
from mamori.rooms.display.tests.conftest import EARLY, MONDAY, actor, display, machine, registered, seller
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "folder")]


def test_a_contact_given_on_request_is_proved_by_what_is_registered() -> None:
    items = display(without=(DisplayItem.PHONE,)).items
    shown = ShownDisplay(items=(*items, ShownItem(item=DisplayItem.PHONE, on_request=True)))
    displays.write_display(seller(), seller_ref="S-1", told=shown)

    page = proof_shown(ProofChannel.PHONE, "S-1", at=MONDAY)

    assert page is not None
    assert page.contact == "03-3507-8801"


def test_where_the_marketplaces_number_is_shown_it_is_the_seller_who_is_called() -> None:
    office = ShownDisplay(items=display(phone="0120-000-123").items, place=AddressKind.PLATFORM)
    displays.write_display(seller(), seller_ref="S-1", told=office)

    page = proof_shown(ProofChannel.PHONE, "S-1", at=MONDAY)

    assert page is not None
    assert page.contact == "03-3507-8801"


def test_nothing_is_proved_of_a_private_person_of_nobody_and_of_what_is_no_contact(shown: None) -> None:
    put_shop(machine(EARLY), **registered(ref="S-4", name="後から個人"))
    displays.write_display(seller(ref="S-4"), seller_ref="S-4", told=display(mail="info(at)example"))
    assert proof_shown(ProofChannel.MAIL, "S-4", at=MONDAY) is None
    put_shop(machine(), **registered(ref="S-4", name="後から個人", private=True))

    proofs.ask_proof(machine(), proof="phone:S-4")
    proofs.ask_proof(machine(), proof="phone:NOBODY")

    assert ContactProof.objects.count() == 0
    with pytest.raises(NoContactShown):
        proofs.send_code(seller(ref="S-4"), proof="mail:S-4")


def test_where_no_mail_is_sent_no_address_is_asked_for(settings: Any, shown: None) -> None:
    settings.MAMORI_MAIL = ""
    terms.set(actor("staff:l@example.jp", Role.LEAD), setting=DISPLAY_PROOFS, value=True)

    proofs.follow_contacts(machine(), seller_ref="S-1")

    assert [one.channel for one in ContactProof.objects.all()] == ["phone"]


@pytest.mark.parametrize(
    ("said", "contact"),
    [
        ("FAX 03-3507-8802 / 電話 03-3507-8801", "03-3507-8801"),
        ("+1 212 736 5000", "+1 212-736-5000"),
        ("０９０－１２３４－５６７８（平日のみ）", "090-1234-5678"),
        ("ナビダイヤル 0570-012-345", ""),
        ("03-0581-5438", "0305815438"),
        ("ファクスのみ：FAX 03-3507-8802", ""),
    ],
)
def test_the_number_to_be_called_is_the_first_that_a_buyer_can_be_sent_to(said: str, contact: str) -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(phone=said))

    page = proof_shown(ProofChannel.PHONE, "S-1", at=MONDAY)

    assert (page.contact if page else "") == contact

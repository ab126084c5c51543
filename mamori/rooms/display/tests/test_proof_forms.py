"""It is proved that a form for inquiries reaches its seller: a person sends a code by it, and the seller enters what came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.terms import actions as terms
from mamori.law.display import DISPLAY_PROOFS, DisplayItem
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.lifecycle import ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.proofs.actions import CallOwed, CodeNotOpen, NoCallOwed, NoContactShown
from mamori.rooms.display.proofs.queries import code_of, contacts
from mamori.rooms.display.proofs.rules import FormCheck, ProofChannel, contact_of
from mamori.rooms.display.rules.told import AddressKind, ShownWords
from mamori.rooms.display.tests.conftest import MONDAY, actor, display, machine, ring, seller, told
from mamori.rooms.display.tests.test_pages import hanako, read
from mamori.rooms.display.tests.test_proof_pages import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
FORM = "form:S-1"
ADDRESS = "https://hanako.example.jp/contact/"
DAY = timedelta(days=1)
CONTACTS, CALLS = "/seller/display/contacts/", "/desk/calls/displays/"


def agent(at: datetime = MONDAY) -> Actor:
    return actor("staff:a@example.jp", Role.AGENT, at)


def shows(address: str = ADDRESS, by: Actor | None = None) -> None:
    displays.write_display(
        by or seller(), seller_ref="S-1", told=display(text=f"お問い合わせフォーム {address}")
    )


def proof() -> ContactProof:
    return ContactProof.objects.get(seller_ref="S-1", channel="form")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("お問い合わせは https://a.example/contact まで。", "https://a.example/contact"),
        ("フォーム：https://a.example/x?y=1。", "https://a.example/x?y=1"),
        ("(https://a.example/inquiry/)", "https://a.example/inquiry/"),
        ("会社概要 https://a.example/about", ""),
        ("お問い合わせ：03-3507-8801\nホームページ：https://hanako.example.jp/", ""),
        ("お問い合わせフォームはありません。プライバシーポリシー https://a.example/privacy", ""),
        ("https://a.example/information/", ""),
        ("https://uniform.example/contact-lens/", ""),
        ("フォーム https://market.example.jp@evil.example/login", ""),
        ("フォーム https://127.0.0.1:8000/desk/", ""),
        ("フォーム javascript:alert(1)", ""),
        ("お問い合わせはメールで", ""),
    ],
)
def test_which_address_is_a_form(text: str, address: str) -> None:
    words = ShownWords(values={}, text=text)

    assert contact_of(ProofChannel.FORM, words, AddressKind.OWN, registered={}) == address


def test_a_form_under_an_item_counts_too() -> None:
    words = ShownWords(values={DisplayItem.MAIL: (f"フォーム {ADDRESS}",)})

    assert contact_of(ProofChannel.FORM, words, AddressKind.OWN, registered={}) == ADDRESS


def test_a_code_is_sent_by_the_form_and_what_the_seller_enters_proves_it() -> None:
    shows()
    proofs.ask_proof(agent(), proof=FORM)
    proofs.offer_form(seller(MONDAY + DAY), proof=FORM)
    assert [one.channel for one in facts.calls_owed()] == [ProofChannel.FORM]
    assert clocks.open_clocks("display.proof:form:S-1")[0].paused_since is not None

    proofs.record_form(agent(MONDAY + 3 * DAY), proof=FORM, outcome=FormCheck.SENT)

    assert told()[0] == "display.form_sent"
    assert facts.calls_owed() == ()
    assert proof().asked_at == MONDAY + 2 * DAY  # the days in which it waited for us are given back
    proofs.enter_code(seller(MONDAY + 4 * DAY), proof=FORM, code=code_of(proof()))
    [proven] = facts.proven("S-1")
    assert (proven.channel, proven.contact) == (ProofChannel.FORM, ADDRESS)


def test_a_wrong_code_proves_nothing() -> None:
    shows()
    proofs.offer_form(seller(), proof=FORM)
    proofs.record_form(agent(), proof=FORM, outcome=FormCheck.SENT)
    wrong = "000000" if code_of(proof()) != "000000" else "111111"

    proofs.enter_code(seller(), proof=FORM, code=wrong)

    assert facts.proven("S-1") == ()


def test_before_anything_was_sent_there_is_no_code_to_enter() -> None:
    shows()
    proofs.offer_form(seller(), proof=FORM)

    with pytest.raises(CodeNotOpen):
        proofs.enter_code(seller(), proof=FORM, code=code_of(proof()))
    with pytest.raises(CallOwed):
        proofs.offer_form(seller(), proof=FORM)


def test_a_form_that_does_not_work_is_asked_about_and_then_told_upward() -> None:
    shows()
    proofs.offer_form(seller(), proof=FORM)

    proofs.record_form(agent(), proof=FORM, outcome=FormCheck.BROKEN)

    assert proof().state == ProofState.QUESTIONED
    assert told()[0] == "display.proof_questioned"
    proofs.offer_form(seller(MONDAY + DAY), proof=FORM)
    proofs.record_form(agent(MONDAY + DAY), proof=FORM, outcome=FormCheck.BROKEN)
    ring(MONDAY + 20 * DAY)
    assert proof().state == ProofState.MISSED


def test_nothing_is_proved_of_another_form_than_the_one_that_is_shown() -> None:
    shows()
    proofs.offer_form(seller(), proof=FORM)
    displays.write_display(
        seller(MONDAY + DAY),
        seller_ref="S-1",
        told=display(text="お問い合わせフォーム https://other.example/contact"),
    )

    proofs.record_form(agent(MONDAY + DAY), proof=FORM, outcome=FormCheck.SENT)

    assert (proof().sent_at, proof().state) == (None, ProofState.UNASKED)  # nor is anybody asked about it
    with pytest.raises(CodeNotOpen):
        proofs.enter_code(seller(MONDAY + DAY), proof=FORM, code=code_of(proof()))


def test_what_nobody_asked_for_is_not_tried_and_a_telephone_is_no_form() -> None:
    shows()
    assert contacts("S-1")[ProofChannel.FORM] == ADDRESS

    with pytest.raises(NoCallOwed):
        proofs.record_form(agent(), proof=FORM, outcome=FormCheck.SENT)
    with pytest.raises(NoContactShown):
        proofs.offer_form(seller(), proof="phone:S-1")


def test_staff_read_the_code_and_the_seller_only_where_it_arrives(enter: Enter) -> None:
    shows(by=hanako())
    client, desk = enter(Role.SELLER, "seller:S-1"), enter(Role.AGENT, "staff:a@example.jp")

    asked = take(client, f"{CONTACTS}form/offer-form/").content.decode()
    number = code_of(proof())
    listed, beside = read(desk, CALLS), read(desk, "/desk/lists/calls/")
    page = read(desk, "/desk/displays/S-1/form/try-form/")
    done = take(desk, "/desk/displays/S-1/form/try-form/", outcome="sent").content.decode()
    shown = read(client, CONTACTS)
    right = take(client, f"{CONTACTS}form/enter/", code=number).content.decode()

    assert "担当者がフォームから送ります" in asked
    assert "/desk/displays/S-1/form/try-form/" in listed
    assert "/desk/displays/S-1/form/try-form/" in beside
    assert number in page
    assert f'href="{ADDRESS}" target="_blank" rel="noopener noreferrer nofollow"' in page
    assert "出品者に知らせました" in done
    assert number not in asked + shown
    assert "届くことを確かめました" in right
    assert "問い合わせフォーム" in read(Client(), "/sellers/S-1/display/")
    assert datetime.now(UTC) - proof().proven_at < DAY  # type: ignore[operator]  # it was proved just now


def test_a_form_is_never_asked_for_by_itself() -> None:
    terms.set(actor("staff:l@example.jp", Role.LEAD), setting=DISPLAY_PROOFS, value=True)
    shows()

    proofs.follow_contacts(machine(), seller_ref="S-1")

    assert not ContactProof.objects.filter(channel="form").exists()


def test_tries_do_not_stop_the_time_for_good_and_may_be_taken_back() -> None:
    shows()
    proofs.ask_proof(agent(), proof=FORM)
    for day in range(3):
        at = MONDAY + day * DAY
        proofs.offer_form(seller(at), proof=FORM)
        proofs.record_form(agent(at), proof=FORM, outcome=FormCheck.SENT)
    proofs.offer_form(seller(MONDAY + 3 * DAY), proof=FORM)

    assert clocks.open_clocks("display.proof:form:S-1")[0].paused_since is None
    proofs.take_back_call(seller(MONDAY + 3 * DAY), proof=FORM)
    assert facts.calls_owed() == ()


def test_after_five_wrong_codes_nobody_is_sent_to_work_for_nothing() -> None:
    shows()
    proofs.offer_form(seller(), proof=FORM)
    proofs.record_form(agent(), proof=FORM, outcome=FormCheck.SENT)
    wrong = "000000" if code_of(proof()) != "000000" else "111111"
    for _ in range(5):
        proofs.enter_code(seller(), proof=FORM, code=wrong)

    with pytest.raises(CodeNotOpen):
        proofs.offer_form(seller(), proof=FORM)
    proofs.offer_form(seller(MONDAY + 2 * DAY), proof=FORM)

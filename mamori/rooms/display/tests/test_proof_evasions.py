"""What a seller, a stranger or an agent might try so that a contact seems proved, or is never asked for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotYours
from mamori.ground.terms import actions as terms
from mamori.law.display import DISPLAY_PROOFS
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.lifecycle import ProofState
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.proofs.actions import (
    CalledLately,
    CallOwed,
    CodeNotOpen,
    CodeTooSoon,
    NoContactShown,
)
from mamori.rooms.display.proofs.queries import code_of, proof_shown
from mamori.rooms.display.proofs.rules import CallHours, ProofCall, ProofChannel
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay
from mamori.rooms.display.tests.conftest import (
    MONDAY,
    SHOWN_MAIL,
    actor,
    display,
    hear,
    machine,
    registered,
    ring,
    seller,
)
from mamori.rooms.display.tests.test_proofs import (
    MAIL,
    PHONE,
    agent,
    noticed,
    posted,
    proof,
    running,
    wrong_code,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "folder", "shown")]
OTHER = "b@hanako.example.jp"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def shows(mail: str, at: Any = MONDAY) -> None:
    displays.write_display(seller(at), seller_ref="S-1", told=display(mail=mail))
    hear(at)


def test_no_number_is_proved_by_mail_and_no_address_by_a_call() -> None:
    for step in (
        lambda: proofs.send_code(seller(), proof=PHONE),
        lambda: proofs.enter_code(seller(), proof=PHONE, code="123456"),
        lambda: proofs.offer_call(seller(), proof=MAIL, hours=CallHours.ANY),
        lambda: proofs.take_back_call(seller(), proof=MAIL),
        lambda: proofs.record_proof_call(agent(), proof=MAIL, outcome=ProofCall.NO_ANSWER),
    ):
        with pytest.raises(NoContactShown):
            step()


def test_what_a_page_does_not_offer_is_not_done_by_posting_it(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    token = client.get("/seller/display/contacts/mail/send/", secure=True).context["token"]

    client.post("/seller/display/contacts/mail/offer/", {"token": token, "hours": "noon"}, secure=True)
    client.post("/seller/display/contacts/phone/send/", {"token": token}, secure=True)

    assert facts.calls_owed() == ()
    assert proofs_sent() == 0


def proofs_sent() -> int:
    return len([one for one in noticed() if one == "display.proof_code"])


def test_a_seller_cannot_record_its_own_call_nor_an_agent_enter_the_mailed_code() -> None:
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)
    proofs.send_code(seller(), proof=MAIL)

    with pytest.raises(StepNotYours):
        proofs.record_proof_call(seller(), proof=PHONE, outcome=ProofCall.CODE, code=code_of(proof(PHONE)))
    with pytest.raises(StepNotYours):
        proofs.enter_code(agent(), proof=MAIL, code=code_of(proof()))


def test_the_code_for_one_address_never_goes_to_another(folder: Path) -> None:
    proofs.send_code(seller(), proof=MAIL)
    code = code_of(proof())

    shows(OTHER)
    mails = posted(folder)

    assert all(code not in words for _, words in mails)
    assert all(OTHER not in to and SHOWN_MAIL not in to for to, _ in mails)


def test_changing_the_address_gives_no_new_tries_and_floods_nobody() -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    for turn in range(5):
        shows(OTHER if turn % 2 == 0 else SHOWN_MAIL)
        proofs.enter_code(seller(), proof=MAIL, code=wrong_code())
    shows(SHOWN_MAIL)
    with pytest.raises(CodeNotOpen):
        proofs.enter_code(seller(), proof=MAIL, code=code_of(proof()))

    assert proofs_sent() == 1
    for hour in range(1, 3):
        proofs.send_code(seller(MONDAY + hour * HOUR), proof=MAIL)
    with pytest.raises(CodeTooSoon):
        proofs.send_code(seller(MONDAY + 3 * HOUR), proof=MAIL)
    assert proofs_sent() == 3


def test_days_spent_waiting_for_our_call_are_given_back() -> None:
    proofs.ask_proof(machine(), proof=PHONE)
    proofs.offer_call(seller(MONDAY + DAY), proof=PHONE, hours=CallHours.ANY)
    assert running(PHONE) == [("display.proof", True)]
    ring(MONDAY + 40 * DAY)
    assert proof(PHONE).state == ProofState.ASKED

    for day in (25, 26, 27):
        proofs.record_proof_call(agent(MONDAY + day * DAY), proof=PHONE, outcome=ProofCall.NO_ANSWER)
    ring(MONDAY + 30 * DAY)

    assert proof(PHONE).state == ProofState.QUESTIONED
    assert proof(PHONE).questioned_at == MONDAY + 27 * DAY


def test_offering_calls_again_and_again_holds_no_time_for_ever() -> None:
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)
    with pytest.raises(CallOwed):
        proofs.offer_call(seller(MONDAY + DAY), proof=PHONE, hours=CallHours.ANY)
    proofs.take_back_call(seller(), proof=PHONE)
    proofs.ask_proof(machine(), proof=PHONE)

    for day in range(3):
        at = MONDAY + day * DAY
        proofs.offer_call(seller(at), proof=PHONE, hours=CallHours.ANY)
        proofs.record_proof_call(agent(at), proof=PHONE, outcome=ProofCall.NO_ANSWER)
        if proof(PHONE).offered_at is not None:
            proofs.take_back_call(seller(at), proof=PHONE)
    proofs.offer_call(seller(MONDAY + 4 * DAY), proof=PHONE, hours=CallHours.ANY)
    ring(MONDAY + 12 * DAY)

    assert proof(PHONE).state == ProofState.MISSED


def test_leaving_the_contact_out_for_a_day_gives_no_new_time() -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    ring(MONDAY + 24 * DAY)
    assert proof().state == ProofState.MISSED

    out, back = MONDAY + 25 * DAY, MONDAY + 26 * DAY
    displays.write_display(seller(out), seller_ref="S-1", told=display())
    hear(out)
    assert proof().state == ProofState.UNASKED
    shows(SHOWN_MAIL, back)
    ring(back + HOUR)

    assert proof().state == ProofState.MISSED


@pytest.mark.parametrize(
    ("out", "state"),
    [
        (1, ProofState.ASKED),  # the time to prove it goes on
        (13, ProofState.QUESTIONED),  # it ended meanwhile
        (16, ProofState.QUESTIONED),  # the question goes on
    ],
)
def test_who_left_the_contact_out_has_the_time_that_ran(out: int, state: ProofState) -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    gone, back = MONDAY + out * DAY, MONDAY + (out + 3) * DAY
    ring(gone)
    displays.write_display(seller(gone), seller_ref="S-1", told=display())
    hear(gone)
    ring(back)

    shows(SHOWN_MAIL, back)

    assert proof().state == state
    ring(MONDAY + 24 * DAY)
    assert proof().state == ProofState.MISSED


def test_a_call_whose_number_is_shown_no_more_is_nobodys_to_make() -> None:
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)

    displays.write_display(seller(), seller_ref="S-1", told=display(phone="03-3507-8802"))
    hear()

    assert facts.calls_owed() == ()


def test_the_fifth_wrong_code_ends_a_call_and_calls_are_made_once_a_day() -> None:
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)
    proofs.record_proof_call(agent(), proof=PHONE, outcome=ProofCall.NO_ANSWER)
    with pytest.raises(CalledLately):
        proofs.record_proof_call(agent(MONDAY + HOUR), proof=PHONE, outcome=ProofCall.NO_ANSWER)

    for _ in range(5):
        proofs.record_proof_call(agent(), proof=PHONE, outcome=ProofCall.CODE, code=wrong_code(PHONE))

    assert facts.calls_owed() == ()


def test_where_mail_is_switched_off_nobody_is_late_with_an_address(settings: Any) -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    settings.MAMORI_MAIL = ""

    ring(MONDAY + 24 * DAY)

    assert proof().state == ProofState.UNASKED


def test_mail_switched_off_after_the_question_makes_nobody_late(settings: Any) -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    ring(MONDAY + 15 * DAY)
    assert proof().state == ProofState.QUESTIONED
    settings.MAMORI_MAIL = ""

    ring(MONDAY + 24 * DAY)

    assert proof().state == ProofState.UNASKED


def test_when_all_are_asked_those_with_a_display_are_asked_too() -> None:
    terms.set(actor("staff:l@example.jp", Role.LEAD), setting=DISPLAY_PROOFS, value=True)
    hear()

    assert {proof(MAIL).state, proof(PHONE).state} == {ProofState.ASKED}


def test_a_proof_says_of_which_contact_it_is_and_of_none_that_is_not_shown() -> None:
    proofs.send_code(seller(), proof=MAIL)
    proofs.enter_code(seller(), proof=MAIL, code=code_of(proof()))
    office = ShownDisplay(
        items=display(mail=SHOWN_MAIL, phone="0120-000-123").items, place=AddressKind.PLATFORM
    )
    displays.write_display(seller(), seller_ref="S-1", told=office)
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)
    proofs.record_proof_call(agent(), proof=PHONE, outcome=ProofCall.CODE, code=code_of(proof(PHONE)))

    assert [(one.channel, one.contact) for one in facts.proven("S-1")] == [
        ("mail", SHOWN_MAIL),
        ("phone", ""),
    ]


def test_who_is_gone_is_asked_for_nothing_and_of_which_contact_it_was_is_forgotten() -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    proofs.close_proofs(machine(), seller_ref="S-1")

    proofs.ask_proof(machine(), proof=MAIL)
    proofs.follow_contacts(machine(), seller_ref="S-1")

    assert (proof().state, proof().target) == (ProofState.CLOSED, "")


def test_a_seller_who_is_a_private_person_by_now_is_not_called() -> None:
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)

    put_shop(machine(), **registered(private=True))
    hear()

    assert facts.calls_owed() == ()


def test_a_page_says_that_the_time_stands_still_only_while_it_does() -> None:
    proofs.ask_proof(machine(), proof=PHONE)
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)
    held = proof_shown(ProofChannel.PHONE, "S-1", at=MONDAY)
    for day in range(3):
        proofs.record_proof_call(agent(MONDAY + day * DAY), proof=PHONE, outcome=ProofCall.NO_ANSWER)
    proofs.offer_call(seller(MONDAY + 3 * DAY), proof=PHONE, hours=CallHours.ANY)

    runs = proof_shown(ProofChannel.PHONE, "S-1", at=MONDAY + 3 * DAY)

    assert held is not None
    assert runs is not None
    assert ("止まっている" in held.state_text.ja, held.due) == (True, None)
    assert "止まっている" not in runs.state_text.ja
    assert runs.due is not None

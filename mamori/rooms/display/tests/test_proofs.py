"""It is proved that the contacts in a display reach the seller: by a code that is mailed, or read out in a call."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.outbox.models import Event, Notice
from mamori.ground.post import actions as post
from mamori.ground.terms import actions as terms
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_PROOFS
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.lifecycle import ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.proofs.actions import (
    CodeNeeded,
    CodeNotOpen,
    CodeTooSoon,
    NoCallOwed,
    NoContactShown,
)
from mamori.rooms.display.proofs.queries import code_of, mail_shown, proof_shown
from mamori.rooms.display.proofs.rules import CallHours, ProofCall, ProofChannel
from mamori.rooms.display.tests.conftest import (
    MONDAY,
    SHOWN_MAIL,
    actor,
    display,
    eve,
    hear,
    machine,
    ring,
    seller,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "folder")]
MAIL, PHONE = "mail:S-1", "phone:S-1"
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
LATER = MONDAY + WEEK


def asks_all(at: datetime = MONDAY, *, hinders: bool = False) -> None:
    lead = actor("staff:l@example.jp", Role.LEAD, at)
    terms.set(lead, setting=DISPLAY_PROOFS, value=True)
    terms.set(lead, setting=DISPLAY_HINDERS, value=hinders)


def asks_nobody() -> None:
    terms.set(actor("staff:l@example.jp", Role.LEAD), setting=DISPLAY_PROOFS, value=False)


def proof(name: str = MAIL) -> ContactProof:
    channel, _, ref = name.partition(":")
    return ContactProof.objects.get(seller_ref=ref, channel=channel)


def wrong_code(name: str = MAIL) -> str:
    """Return a code that is not the one of a proof."""
    return "000000" if code_of(proof(name)) != "000000" else "111111"


def agent(at: datetime = MONDAY) -> Any:
    return actor("staff:a@example.jp", Role.AGENT, at)


def noticed() -> list[str]:
    """Return what S-1 was told of its proofs, the newest first."""
    return [one for one in told() if one.startswith("display.proof_")]


def running(name: str = MAIL) -> list[tuple[str, bool]]:
    return sorted(
        (one.kind, one.paused_since is not None) for one in clocks.open_clocks(f"display.proof:{name}")
    )


def posted(folder: Path, at: datetime = MONDAY) -> list[tuple[str, str]]:
    """Return to whom mail went, and what it says."""
    while post.deliver(at=at):
        pass
    mails = [
        message_from_bytes(one.read_bytes(), policy=policy.default) for one in sorted(folder.glob("*.eml"))
    ]
    return [(str(one["To"]), str(one.get_body(("plain",)).get_content())) for one in mails]  # type: ignore[union-attr]


@pytest.mark.usefixtures("shown")
def test_a_code_goes_to_the_address_that_buyers_see_and_the_day_stands_in_the_display(folder: Path) -> None:
    proofs.send_code(seller(), proof=MAIL)
    [(_, words)] = [one for one in posted(folder) if SHOWN_MAIL in one[0]]
    code = re.search(r"(?<!\d)(\d{6})(?!\d)", words)
    assert code is not None
    assert facts.proven("S-1") == ()

    proofs.enter_code(seller(MONDAY + HOUR), proof=MAIL, code=f" {code[1][:3]} {code[1][3:]} ")

    assert [(one.channel, one.at) for one in facts.proven("S-1")] == [(ProofChannel.MAIL, MONDAY + HOUR)]
    assert running() == [("display.renewal", False)]
    assert code[1] not in str(list(Notice.objects.values_list("body", "values")))


@pytest.mark.usefixtures("shown")
def test_a_wrong_code_is_counted_and_the_sixth_is_none_though_it_be_right() -> None:
    proofs.send_code(seller(), proof=MAIL)
    right = code_of(proof())
    for _ in range(5):
        proofs.enter_code(seller(), proof=MAIL, code=wrong_code())

    with pytest.raises(CodeNotOpen):
        proofs.enter_code(seller(), proof=MAIL, code=right)
    last = ledger.last_of(seller(), f"display.proof:{MAIL}")
    assert last is not None
    assert last.kind == "display.mistake_code"
    assert facts.proven("S-1") == ()
    proofs.send_code(seller(MONDAY + HOUR), proof=MAIL)
    assert code_of(proof()) != right
    with pytest.raises(CodeNotOpen):  # a new code is no new tries
        proofs.enter_code(seller(MONDAY + HOUR), proof=MAIL, code=code_of(proof()))
    proofs.send_code(seller(MONDAY + DAY), proof=MAIL)
    proofs.enter_code(seller(MONDAY + DAY), proof=MAIL, code=code_of(proof()))
    assert facts.proven("S-1")


@pytest.mark.usefixtures("shown")
def test_a_code_is_mailed_once_an_hour_and_holds_for_a_week() -> None:
    with pytest.raises(CodeNotOpen):
        proofs.enter_code(seller(), proof=MAIL, code="123456")
    proofs.send_code(seller(), proof=MAIL)

    with pytest.raises(CodeTooSoon):
        proofs.send_code(seller(MONDAY + HOUR / 2), proof=MAIL)
    with pytest.raises(CodeNotOpen):
        proofs.enter_code(seller(MONDAY + WEEK + HOUR), proof=MAIL, code=code_of(proof()))


@pytest.mark.usefixtures("shown")
def test_nobody_else_proves_a_sellers_contact() -> None:
    with pytest.raises(NoSuchShop):
        proofs.send_code(eve(), proof=MAIL)
    with pytest.raises(NoSuchShop):
        proofs.enter_code(eve(), proof=MAIL, code="123456")
    with pytest.raises(NoSuchShop):
        proofs.offer_call(eve(), proof=PHONE, hours=CallHours.ANY)


@pytest.mark.usefixtures("shown")
def test_the_agent_hears_the_code_that_only_the_seller_sees() -> None:
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.NOON)
    [owed] = facts.calls_owed()
    page = proof_shown(ProofChannel.PHONE, "S-1", at=MONDAY)
    assert page is not None

    proofs.record_proof_call(agent(LATER), proof=PHONE, outcome=ProofCall.CODE, code=page.call_code)

    assert (owed.seller_ref, owed.shop, owed.calls) == ("S-1", "はなこ雑貨店", 0)
    assert [(one.channel, one.at) for one in facts.proven("S-1")] == [(ProofChannel.PHONE, LATER)]
    assert facts.calls_owed() == ()


@pytest.mark.usefixtures("shown")
def test_a_call_proves_nothing_without_the_code_and_is_made_only_where_the_seller_agreed() -> None:
    with pytest.raises(NoCallOwed):
        proofs.record_proof_call(agent(), proof=PHONE, outcome=ProofCall.NO_ANSWER)
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)
    with pytest.raises(CodeNeeded):
        proofs.record_proof_call(agent(), proof=PHONE, outcome=ProofCall.CODE)
    proofs.record_proof_call(agent(), proof=PHONE, outcome=ProofCall.CODE, code=wrong_code(PHONE))
    assert facts.proven("S-1") == ()

    proofs.take_back_call(seller(), proof=PHONE)

    assert facts.calls_owed() == ()
    with pytest.raises(NoCallOwed):
        proofs.take_back_call(seller(), proof=PHONE)


@pytest.mark.usefixtures("shown")
def test_three_calls_that_reach_nobody_and_one_that_reaches_a_fax_are_asked_about() -> None:
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.MORNING)
    for day in range(3):
        assert proof(PHONE).state == ProofState.UNASKED
        proofs.record_proof_call(agent(MONDAY + day * DAY), proof=PHONE, outcome=ProofCall.NO_ANSWER)

    assert proof(PHONE).state == ProofState.QUESTIONED
    assert noticed() == ["display.proof_questioned"]
    assert facts.calls_owed() == ()

    proofs.offer_call(seller(LATER), proof=PHONE, hours=CallHours.MORNING)
    assert running(PHONE) == [
        ("display.question", False)
    ]  # after three calls in vain no further one holds the time
    proofs.record_proof_call(agent(LATER + DAY), proof=PHONE, outcome=ProofCall.DEAD)
    assert noticed() == ["display.proof_questioned"]  # asked once


@pytest.mark.usefixtures("shown")
def test_a_seller_who_proves_nothing_is_asked_then_questioned_then_the_rooms_above_hear_of_it() -> None:
    asks_all(hinders=True)
    proofs.ask_proof(machine(), proof=MAIL)

    ring(MONDAY + 15 * DAY)
    assert proof().state == ProofState.QUESTIONED
    ring(MONDAY + 23 * DAY)

    assert proof().state == ProofState.MISSED
    assert noticed() == [
        "display.proof_missed",
        "display.proof_questioned",
        "display.proof_code",
        "display.proof_asked",
    ]
    event = Event.objects.get(kind="display.contact_unproven")
    said = json.loads(event.body)["data"]
    assert (said["seller_ref"], said["channel"]) == ("S-1", "mail")
    standing = market.clearance("S-1", at=MONDAY + 24 * DAY)
    assert "contact-unproven" in [one.code for one in standing.hindrances]

    after = MONDAY + 24 * DAY
    proofs.send_code(seller(after), proof=MAIL)
    proofs.enter_code(seller(after), proof=MAIL, code=code_of(proof()))
    assert "contact-unproven" not in [one.code for one in market.clearance("S-1", at=after).hindrances]
    assert facts.proven("S-1")


@pytest.mark.usefixtures("shown")
def test_whoever_is_asked_already_is_asked_nothing_more_and_a_complaint_ends_what_was_proved() -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    proofs.ask_proof(machine(MONDAY + DAY), proof=MAIL)
    assert noticed() == ["display.proof_code", "display.proof_asked"]
    proofs.enter_code(seller(MONDAY + DAY), proof=MAIL, code=code_of(proof()))

    proofs.ask_proof(machine(MONDAY + 2 * DAY), proof=MAIL)

    assert facts.proven("S-1") == ()
    assert running() == [("display.proof", False)]


@pytest.mark.usefixtures("shown")
def test_another_contact_is_not_the_one_that_was_proved() -> None:
    asks_nobody()
    proofs.send_code(seller(), proof=MAIL)
    proofs.enter_code(seller(), proof=MAIL, code=code_of(proof()))
    hear()

    displays.write_display(
        seller(MONDAY + DAY), seller_ref="S-1", told=display(mail="another@hanako.example.jp")
    )
    assert facts.proven("S-1") == ()
    hear(MONDAY + DAY)

    assert proof().state == ProofState.UNASKED
    assert mail_shown("S-1") == "another@hanako.example.jp"


def test_where_all_are_asked_a_contact_is_asked_when_shown_when_changed_and_each_year(folder: Path) -> None:
    asks_all()
    displays.write_display(seller(), seller_ref="S-1", told=display(mail=SHOWN_MAIL))
    hear()
    assert {proof(MAIL).state, proof(PHONE).state} == {ProofState.ASKED}
    first = code_of(proof())

    changed = MONDAY + 3 * DAY
    displays.write_display(seller(changed), seller_ref="S-1", told=display(mail="b@hanako.example.jp"))
    hear(changed)

    assert proof().asked_at == MONDAY  # who changes it has the time that runs, and no more
    with_old = code_of(proof())
    assert with_old != first
    proofs.enter_code(seller(changed), proof=MAIL, code=with_old)
    assert [to for to, _ in posted(folder, changed)][-1].find("b@hanako") >= 0
    year = changed + timedelta(days=366)
    ring(year)
    assert proof().asked_at is not None
    assert proof().asked_at > changed


def test_where_nobody_is_asked_a_proof_lapses_after_a_year(shown: None) -> None:
    asks_nobody()
    proofs.send_code(seller(), proof=MAIL)
    proofs.enter_code(seller(), proof=MAIL, code=code_of(proof()))

    ring(MONDAY + timedelta(days=366))

    assert proof().state == ProofState.UNASKED
    assert facts.proven("S-1") == ()


def test_a_contact_that_is_shown_no_more_is_asked_for_no_more(shown: None) -> None:
    proofs.ask_proof(machine(), proof=MAIL)

    displays.write_display(seller(MONDAY + DAY), seller_ref="S-1", told=display())
    hear(MONDAY + DAY)

    assert proof().state == ProofState.UNASKED
    assert running() == []
    with pytest.raises(NoContactShown):
        proofs.enter_code(seller(MONDAY + DAY), proof=MAIL, code="123456")


def test_an_answer_to_the_old_address_proves_nothing_of_the_new_one(shown: None) -> None:
    proofs.send_code(seller(), proof=MAIL)
    old = code_of(proof())

    displays.write_display(seller(MONDAY + DAY), seller_ref="S-1", told=display(mail="b@hanako.example.jp"))

    with pytest.raises(CodeNotOpen):
        proofs.enter_code(seller(MONDAY + DAY), proof=MAIL, code=old)


def test_what_the_operator_sets_later_hinders_who_was_late_before(shown: None) -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    ring(MONDAY + 23 * DAY)
    at = MONDAY + 24 * DAY
    assert market.clearance("S-1", at=at).hindrances == ()

    asks_all(at, hinders=True)
    hear(at)

    assert "contact-unproven" in [one.code for one in market.clearance("S-1", at=at).hindrances]


def test_the_proofs_of_a_seller_who_is_gone_end(shown: None) -> None:
    proofs.ask_proof(machine(), proof=MAIL)
    proofs.offer_call(seller(), proof=PHONE, hours=CallHours.ANY)

    proofs.close_proofs(machine(), seller_ref="S-1")
    proofs.close_proofs(machine(), seller_ref="S-1")

    assert {proof(MAIL).state, proof(PHONE).state} == {ProofState.CLOSED}
    assert running() == []
    assert facts.calls_owed() == ()


def test_a_clock_that_comes_too_late_changes_nothing(shown: None) -> None:
    proofs.send_code(seller(), proof=MAIL)
    proofs.enter_code(seller(), proof=MAIL, code=code_of(proof()))

    proofs.question_proof(machine(), proof=MAIL)
    proofs.miss_proof(machine(), proof=MAIL)

    assert proof().state == ProofState.PROVEN


def test_staff_ask_for_a_proof_when_they_hear_that_nobody_is_reached(shown: None) -> None:
    proofs.ask_proof(agent(), proof=PHONE, why=Text("電話がつながらない", "no answer"))

    assert noticed() == ["display.proof_asked"]
    assert running(PHONE) == [("display.proof", False)]


def test_an_address_that_was_proved_may_be_another_than_the_registered_one(shown: None) -> None:
    assert facts.display("S-1").faults == ("mail:mismatch",)
    proofs.send_code(seller(), proof=MAIL)
    proofs.enter_code(seller(), proof=MAIL, code=code_of(proof()))

    hear()

    assert facts.display("S-1").faults == ()
    displays.write_display(seller(), seller_ref="S-1", told=display(mail="b@hanako.example.jp"))
    assert facts.display("S-1").faults == ("mail:mismatch",)

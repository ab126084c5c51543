"""A consultation stands in the queue of cases: due until it is answered, found by its centre, held and noted as a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.cases.facts import CaseFact, Wish
from mamori.ground.cases.models import Entry
from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox.models import Notice
from mamori.ground.seal import actions as seal, facts as seals
from mamori.ground.vault import actions as vault
from mamori.law.counselling import COUNSELLOR_ANSWER
from mamori.law.grounds import SUIT
from mamori.law.retention import COMPLAINT_CONSULTATIONS
from mamori.rooms.complaints import facts, tasks
from mamori.rooms.complaints.counselling import actions, queries
from mamori.rooms.complaints.counselling.queries import about_consultation
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    agent,
    lead,
    machine,
    reported,
    uphold,
    whole,
)
from mamori.rooms.complaints.tests.counselled import asked, consumer, counsellor, invited, row_of
from mamori.rooms.contact import actions as contact

pytestmark = pytest.mark.django_db
ANSWER = "定期の条件がどう表示されていたかを確かめます。"
NOTE = "センターの代表番号にかけ直した。"


def case(number: int) -> CaseFact:
    return cases.case_of(about_consultation(number))


def found(words: str) -> list[str]:
    return [hit.case.about for hit in cases.search(words).hits]


def test_it_is_due_until_the_counsellor_is_answered_and_again_when_they_write() -> None:
    by = counsellor(invited())
    number = asked(by)
    about = about_consultation(number)
    [due] = [one.due_at for one in clocks.running([about])[about] if one.kind == COUNSELLOR_ANSWER.code]
    assert (case(number).attention, case(number).next_due_at) == ("answer", due)
    assert [one.about for one in cases.view(Wish()).cases] == [about_consultation(number)]

    actions.answer_counsellor(agent(MONDAY + HOUR), consultation=number, said=ANSWER)
    assert (case(number).attention, case(number).next_due_at) == (None, None)
    actions.write_on(
        counsellor(row_of(number).counsellor, MONDAY + DAY), consultation=number, said="急いでいます。"
    )
    assert (case(number).attention, case(number).next_due_at is not None) == ("answer", True)

    actions.withdraw_consent(consumer(MONDAY + DAY), consultation=number)
    assert case(number).closed_at == MONDAY + DAY
    assert cases.view(Wish()).cases == ()


def test_no_party_has_it_among_their_cases_and_staff_find_it_by_centre_and_order() -> None:
    number = asked(counsellor(invited()))

    assert (case(number).buyer_ref, case(number).seller_ref, case(number).order_ref) == ("", "", "")
    assert found("市消費生活センター") == found("O-1") == [about_consultation(number)]
    tasks.erase_consultations_of("buyer:B-1", MONDAY, 10)
    assert found("市消費生活センター") == []


def test_it_is_held_by_the_number_of_its_case_without_any_order() -> None:
    number = asked(counsellor(invited()), order="")
    actions.close_consultation(agent(), consultation=number, reason="解決した。")
    vault.hold(lead(), what=case(number).number, ground=SUIT, reason="訴えがある。")
    late = MONDAY + timedelta(days=COMPLAINT_CONSULTATIONS.days + 400)

    assert tasks.erase_consultations(machine(late), late, 10) == 0
    assert queries.said_of(row_of(number)).lines


def test_what_is_held_outlasts_the_consumer_and_is_ended() -> None:
    number = asked(counsellor(invited()))
    case_actions.note(agent(), about=about_consultation(number), text=NOTE)
    vault.hold(lead(), what=case(number).number, ground=SUIT, reason="訴えがある。")

    assert tasks.erase_consultations_of("buyer:B-1", MONDAY, 10) == 0
    assert row_of(number).state == "withdrawn"
    assert queries.said_of(row_of(number)).lines
    assert [note.text for note in cases.notes(about_consultation(number))] == [NOTE]


def test_notes_are_held_with_the_consumer_and_with_the_shop_and_the_finding() -> None:
    number = asked(counsellor(invited()))
    secret = reported()
    uphold(secret)
    complaint = whole(secret)

    assert tasks.held_by(about_consultation(number)) == (about_consultation(number), "buyer:B-1")
    named = (f"complaints.complaint:{complaint.pk}", "seller:S-1", f"enforcement.finding:{complaint.finding}")
    assert tasks.held_by(named[0]) == named
    assert tasks.held_by("contact.trouble:1") == ("contact.trouble:1",)


def test_notes_go_with_the_consumer_even_where_the_words_went_before() -> None:
    number = asked(counsellor(invited()))
    actions.close_consultation(agent(), consultation=number, reason="解決した。")
    late = MONDAY + timedelta(days=COMPLAINT_CONSULTATIONS.days + 400)
    assert tasks.erase_consultations(machine(late), late, 10) == 1
    case_actions.note(agent(late), about=about_consultation(number), text=NOTE)

    assert tasks.erase_consultations_of("buyer:B-1", late, 10) == 0
    assert [note.text for note in cases.notes(about_consultation(number))] == [None]


def test_staff_are_told_by_the_number_of_its_case_and_the_counsellor_by_their_own() -> None:
    number = asked(counsellor(invited()))
    actions.answer_counsellor(agent(MONDAY + HOUR), consultation=number, said=ANSWER)
    told = {
        notice.to.partition(":")[0]: notice.body
        for notice in Notice.objects.filter(about=about_consultation(number))
    }

    assert cases.by_number(case(number).number) is not None
    assert case(number).number in str(told["agent"])
    assert f"{number}" in str(told["counsellor"])
    assert case(number).number not in str(told["counsellor"])


def test_what_cannot_be_found_yet_is_entered_by_what_its_room_says() -> None:
    number, other = asked(counsellor(invited())), whole(reported())
    Entry.objects.all().delete()
    contact.enter_missing(after=0, limit=100, found_by=facts.found_by)

    assert found("市消費生活センター") == [about_consultation(number)]
    assert found("さくら家電") == [f"complaints.complaint:{other.pk}"]
    seal.shred(subject=queries.subject_of(row_of(number)), at=MONDAY)
    Entry.objects.all().delete()
    contact.enter_missing(after=0, limit=100, found_by=facts.found_by)
    assert found("市消費生活センター") == []


def test_its_notes_go_with_the_consumer_and_stand_under_no_other_key() -> None:
    number, other = asked(counsellor(invited())), asked(counsellor(invited()), order="")
    for one in (number, other):
        case_actions.note(agent(), about=about_consultation(one), text=NOTE)
    assert len(seals.living_of("case:")) == 2

    tasks.erase_consultations_of("buyer:B-1", MONDAY, 10)

    assert [note.text for note in cases.notes(about_consultation(number))] == [None]
    assert [note.text for note in cases.notes(about_consultation(other))] == [NOTE]


def test_staff_are_led_to_its_case_and_answer_from_there(enter: Enter) -> None:
    number = asked(counsellor(invited()))
    page, client = f"/desk/cases/{case(number).number}/", enter(Role.AGENT)

    shown = client.get(page).content.decode()
    assert "まだ確かめられていません" in shown
    assert f"/desk/consultations/{number}/answer/" in shown
    assert page in client.get(f"/desk/consultations/{number}/").content.decode()
    assert "相談員：回答する" in enter(Role.LEAD).get("/desk/today/").content.decode()
    assert Notice.objects.filter(to="agent", about=about_consultation(number)).exists()

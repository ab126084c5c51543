"""Who bears abuse on a call is protected: words to say, a lead at once, a record; and the consumer's matter goes on untouched."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.ground.cases import actions as case_actions
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox.models import Notice
from mamori.ground.seal import actions as seal
from mamori.law.care import CareTaken, ConductKind
from mamori.law.grounds import SUIT
from mamori.law.retention import COMPLAINT_CARE
from mamori.rooms.complaints import actions, tasks
from mamori.rooms.complaints.lists import _cares, care_rows
from mamori.rooms.complaints.models import CareRecord, Complaint
from mamori.rooms.complaints.queries import care as queries
from mamori.rooms.complaints.queries.care import NoSuchCare, care_about, care_of
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    agent,
    anybody,
    confirmed,
    dismiss,
    hand,
    lead,
    machine,
    mailed,
    reported,
    ring,
    running,
    uphold,
    whole,
    work,
)

pytestmark = pytest.mark.django_db
SAID = "「土下座しろ、住所を言え」と十分間どなられた。"
TALKED = "休憩を取ってもらい、次の電話は私が受ける。"


def flagged(secret: str, conduct: ConductKind = ConductKind.INSULT) -> int:
    return actions.flag_conduct(
        agent(MONDAY + HOUR), about=about_complaint(whole(secret).pk), conduct=conduct, said=SAID
    )


def matter(secret: str) -> dict[str, Any]:
    return Complaint.objects.filter(pk=whole(secret).pk).values().get()


def test_abuse_neither_closes_nor_delays_the_matter_and_the_outcome_is_still_told() -> None:
    secret = confirmed()
    before, clocks = matter(secret), running(secret)
    number = flagged(secret)
    actions.note_warned(agent(MONDAY + HOUR), care=number)
    actions.note_call_ended(agent(MONDAY + HOUR), care=number)
    actions.give_care(lead(MONDAY + HOUR), care=number, taken=CareTaken.REST, reason=TALKED)

    assert matter(secret) == before
    assert running(secret) == clocks
    assert clocks
    dismiss(secret)
    work()
    assert len(mailed(secret)) == 1


def test_leads_hear_at_once_and_see_to_it_and_nobody_forgets() -> None:
    number = flagged(reported())
    assert {one.to for one in Notice.objects.filter(template="complaints.abuse_flagged")} == {
        "lead",
        "counsel",
    }
    assert SAID not in repr(list(Notice.objects.values_list("body", "values")))
    ring(MONDAY + 3 * DAY)
    assert Notice.objects.filter(template="complaints.care_overdue").exists()

    actions.give_care(lead(), care=number, taken=CareTaken.OTHER_PERSON, reason=TALKED)
    shown = care_of(agent(), number)
    assert (shown.is_open, shown.due, shown.care) == (False, None, CareTaken.OTHER_PERSON.text)
    assert [one.verb for one in shown.past] == ["flag", "remind_care", "care"]
    assert shown.past[-1].reason == TALKED
    assert "対応した" in shown.state_text.ja


def test_a_call_is_ended_after_a_warning_and_at_once_where_somebody_is_in_danger() -> None:
    insulted, threatened = flagged(reported()), flagged(reported(), ConductKind.VIOLENCE)
    assert not care_of(agent(), insulted).may_end
    with pytest.raises(actions.WarnFirst):
        actions.note_call_ended(agent(), care=insulted)
    actions.note_call_ended(agent(), care=threatened)
    actions.note_warned(agent(), care=insulted)
    actions.note_call_ended(agent(), care=insulted)

    assert all(care_of(agent(), one).ended_at for one in (insulted, threatened))


def test_nobody_sees_to_what_they_bore_themselves() -> None:
    about = about_complaint(whole(reported()).pk)
    number = actions.flag_conduct(lead(), about=about, conduct=ConductKind.SEXUAL, said=SAID)
    assert not care_of(lead(), number).is_other
    with pytest.raises(actions.CareNeedsAnother):
        actions.give_care(lead(), care=number, taken=CareTaken.NO_NEED, reason=TALKED)


def test_a_record_is_for_who_bore_it_and_for_leads_and_the_next_agent_is_only_warned() -> None:
    secret = reported()
    number, other = flagged(secret), hand("agent:9", Role.AGENT)
    about = about_complaint(whole(secret).pk)
    for stranger in (other, anybody(), hand("reader:1", Role.READER), hand("seller:S-1", Role.SELLER)):
        with pytest.raises(NoSuchCare):
            care_of(stranger, number)
        with pytest.raises(NoSuchCare):
            actions.note_warned(stranger, care=number)
    with pytest.raises(ChangedMeanwhile):
        actions.note_warned(agent(), care=number, version=99)
    with pytest.raises(NoSuchCare):
        actions.flag_conduct(anybody(), about=about, conduct=ConductKind.DEMAND, said=SAID)
    with pytest.raises(NoSuchCare):
        actions.flag_conduct(agent(), about="complaints.complaint:999", conduct=ConductKind.DEMAND, said=SAID)

    [own], [warned] = care_about(agent(), about), care_about(other, about)
    assert (own.address, warned.address) == (f"/desk/complaints/care/{number}/", "")
    assert warned.conduct == ConductKind.INSULT.text
    assert care_about(anybody(), about) == ()
    assert [one.number for one in care_rows(list(_cares(agent())), agent())] == [number]
    assert (list(_cares(other)), len(_cares(lead()))) == ([], 1)


def test_a_sheet_and_any_case_of_the_centre_can_be_named_and_nothing_else() -> None:
    sheet = actions.open_sheet(agent())
    secret = reported()
    uphold(secret)
    finding = f"enforcement.finding:{whole(secret).finding}"
    case = cases.case_of(finding).number
    assert queries.about_what("", "", case) == finding
    assert queries.about_what("", "", "12345678") == ""
    case_actions.open(
        kind="payouts.payout",
        about="payouts.payout:po-1",
        title="",
        buyer_ref="",
        seller_ref="S-1",
        order_ref="",
        at=MONDAY,
    )
    payout = cases.case_of("payouts.payout:po-1").number
    assert queries.about_what("", "", payout) == "payouts.payout:po-1"
    assert cases.behind(payout) == ("", 0)
    assert queries.is_there(finding)
    assert queries.page_of_matter(finding) == f"/desk/cases/{case}/"
    assert queries.is_there(queries.about_what("", str(sheet), ""))
    assert queries.page_of_matter(f"complaints.callsheet:{sheet}") == f"/desk/complaints/calls/{sheet}/"
    assert queries.about_what(str(whole(secret).pk), "", "") == about_complaint(whole(secret).pk)
    assert queries.about_what("", "", "no-number") == ""
    assert not queries.is_there("")


def test_the_words_go_when_their_time_is_over_and_what_is_held_stays() -> None:
    kept, gone = reported(), reported(where="L-2")
    first, second, waits = flagged(kept), flagged(gone), flagged(gone)
    for number in (first, second):
        actions.give_care(lead(), care=number, taken=CareTaken.TALK, reason=TALKED)
    seal.hold(
        what=about_complaint(whole(kept).pk),
        covers=[],
        ground=SUIT.code,
        title=SUIT.title,
        reason="訴えがある。",
        by="lead:2",
        until=MONDAY + 2_000 * DAY,
        at=MONDAY,
    )
    at = MONDAY + 1_200 * DAY
    over = COMPLAINT_CARE.over(COMPLAINT_CARE.days, at)
    assert over is not None
    assert tasks.erase_care(machine(at), over, 0) == 0
    assert tasks.erase_care(machine(at), over, 10) == 1
    assert tasks.erase_care(machine(at), over, 10) == 0

    assert [care_of(lead(), one).said for one in (first, second, waits)] == [SAID, "", SAID]
    assert care_of(lead(), second).past == ()
    assert not any(act.content for act in ledger.acts_about(queries.about_care(second)))


def test_neither_the_consumer_nor_the_seller_sees_anything_of_it(enter: Enter) -> None:
    secret = reported()
    flagged(secret)
    mine = enter().get(f"/complaints/mine/{secret}/").content.decode()
    seller = enter(Role.SELLER, "seller:S-1")

    assert "カスハラ" not in mine
    assert SAID not in mine
    for address in ("/desk/complaints/care/", f"/desk/complaints/care/{CareRecord.objects.get().pk}/"):
        assert seller.get(address).status_code in (302, 403, 404)

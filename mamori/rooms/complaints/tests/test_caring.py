"""Who bears abuse on a call is protected: words to say, a lead at once, a record; and the consumer's matter goes on untouched."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox.models import Notice
from mamori.ground.seal import actions as seal
from mamori.law.care import ConductKind
from mamori.law.grounds import SUIT
from mamori.law.retention import COMPLAINT_CARE
from mamori.rooms.complaints import actions, queries, tasks
from mamori.rooms.complaints.models import CareRecord, Complaint
from mamori.rooms.complaints.queries import NoSuchCare, about_complaint, care_of, records_for, rows_of
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    actor,
    agent,
    anybody,
    confirmed,
    dismiss,
    lead,
    machine,
    mailed,
    reported,
    running,
    uphold,
    whole,
    work,
)

pytestmark = pytest.mark.django_db
SAID = "「土下座しろ、住所を言え」と十分間どなられた。"
TALKED = "休憩を取ってもらい、次の電話は私が受ける。"


def flagged(secret: str, conduct: ConductKind = ConductKind.INSULT, **done: bool) -> int:
    about = about_complaint(whole(secret).pk)
    return actions.flag_conduct(agent(MONDAY + HOUR), about=about, conduct=conduct, said=SAID, **done)


def matter(secret: str) -> dict[str, Any]:
    return Complaint.objects.filter(pk=whole(secret).pk).values().get()


def test_abuse_neither_closes_nor_delays_the_matter_and_the_outcome_is_still_told() -> None:
    secret = confirmed()
    before, clocks = matter(secret), running(secret)
    number = flagged(secret, warned=True, ended=True)
    actions.give_care(lead(MONDAY + HOUR), care=number, reason=TALKED)

    assert matter(secret) == before
    assert running(secret) == clocks
    assert clocks
    dismiss(secret)
    work()
    assert len(mailed(secret)) == 1


def test_leads_hear_at_once_and_what_they_did_is_kept_with_the_record() -> None:
    number = flagged(reported())
    assert {one.to for one in Notice.objects.filter(template="complaints.abuse_flagged")} == {
        "lead",
        "counsel",
    }
    assert SAID not in repr(list(Notice.objects.values_list("body", "values")))

    actions.give_care(lead(), care=number, reason=TALKED)
    actions.give_care(lead(), care=number, reason="翌日も話した。")
    shown = care_of(agent(), number)
    assert (shown.said, shown.conduct) == (SAID, ConductKind.INSULT.text)
    assert [(one.verb, one.reason) for one in shown.past] == [
        ("flag", ""),
        ("care", TALKED),
        ("care", "翌日も話した。"),
    ]


def test_a_call_is_ended_after_a_warning_and_at_once_where_somebody_is_in_danger() -> None:
    secret = reported()
    with pytest.raises(actions.WarnFirst):
        flagged(secret, ended=True)
    warned = flagged(secret, warned=True, ended=True)
    threatened = flagged(secret, ConductKind.VIOLENCE, ended=True)

    assert [
        (one.row.warned, one.row.ended) for one in (care_of(agent(), warned), care_of(agent(), threatened))
    ] == [
        (True, True),
        (False, True),
    ]
    assert CareRecord.objects.count() == 2


def test_nobody_sees_to_what_they_bore_themselves() -> None:
    about = about_complaint(whole(reported()).pk)
    number = actions.flag_conduct(lead(), about=about, conduct=ConductKind.SEXUAL, said=SAID)
    own = flagged(reported(where="L-2"))
    for actor_, record in ((lead(), number), (agent(), own)):
        assert not care_of(actor_, record).may_care
        with pytest.raises(actions.CareNeedsAnother):
            actions.give_care(actor_, care=record, reason=TALKED)


def test_a_record_is_for_who_bore_it_and_for_leads_and_nobody_else() -> None:
    secret = reported()
    number, other = flagged(secret), actor("agent:9", Role.AGENT)
    about = about_complaint(whole(secret).pk)
    for stranger in (other, anybody(), actor("reader:1", Role.READER), actor("seller:S-1", Role.SELLER)):
        with pytest.raises(NoSuchCare):
            care_of(stranger, number)
        with pytest.raises(NoSuchCare):
            actions.give_care(stranger, care=number, reason=TALKED)
        assert list(records_for(stranger)) == []
    with pytest.raises(NoSuchCare):
        actions.flag_conduct(anybody(), about=about, conduct=ConductKind.DEMAND, said=SAID)
    with pytest.raises(NoSuchCare):
        actions.flag_conduct(agent(), about="complaints.complaint:999", conduct=ConductKind.DEMAND, said=SAID)

    assert [one.row.pk for one in rows_of(records_for(agent()), agent())] == [number]
    assert [one.said for one in rows_of(records_for(lead()), lead())] == [""]


def test_any_case_of_the_centre_can_be_named_or_none_and_nothing_else() -> None:
    secret = reported()
    uphold(secret)
    finding = f"enforcement.finding:{whole(secret).finding}"
    bare = actions.flag_conduct(agent(), about="", conduct=ConductKind.REPEATED, said=SAID)
    on_case = actions.flag_conduct(agent(), about=finding, conduct=ConductKind.REPEATED, said=SAID)

    assert care_of(agent(), bare).path == ""
    assert care_of(agent(), on_case).path == f"/desk/cases/{cases.case_of(finding).number}/"
    assert not queries.is_there("complaints.complaint:999")


def test_the_words_go_when_their_time_is_over_and_what_is_held_stays() -> None:
    kept, gone = reported(), reported(where="L-2")
    first, second, waits = flagged(kept), flagged(gone), flagged(gone)
    for number in (first, second):
        actions.give_care(lead(), care=number, reason=TALKED)
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


def test_no_odd_address_of_a_matter_breaks_the_form(enter: Enter) -> None:
    client = enter(Role.AGENT)

    for odd in ("a%00b", "complaints.case:0", "%F0%9F%98%80"):
        assert client.get(f"/desk/complaints/care/?about={odd}").status_code == 404

"""A danger stands until the goods are hidden, it is decided or a lead rules it out; what comes of one alarms until it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach
from mamori.grammar.statechart import StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox.models import Notice
from mamori.law.complaints import INTERIM_ANSWER, ComplaintReason, DangerAnswer, NothingBecause, ReportedWhat
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import CallBack, Complaint, ComplaintReport
from mamori.rooms.complaints.queries import complaint_of
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.reports.queries import call_back_of, mine
from mamori.rooms.complaints.rules import ReportPlaced, in_order
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    WHY,
    agent,
    anybody,
    confirmed,
    dismiss,
    lead,
    mailed,
    reported,
    ring,
    row,
    running,
    uphold,
    whole,
    work,
)
from mamori.rooms.complaints.tests.telephoned import call_me, telephoned
from mamori.rooms.complaints.tests.test_holding import hold, terms
from mamori.rooms.complaints.views import first_of_all
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.models import Finding

__all__ = ["terms"]
pytestmark = pytest.mark.django_db
DANGEROUS: dict[str, Any] = {"reason": ComplaintReason.DANGEROUS}
HURT: dict[str, Any] = {"danger": (DangerAnswer.INJURY,)}
BURNT = "充電中に発火しました。"
NOTHING = NothingBecause.IN_ORDER


def case(secret: str) -> cases.CaseFact:
    return cases.case_of(f"complaints.complaint:{whole(secret).pk}")


def alarms(secret: str) -> int:
    about = f"complaints.complaint:{whole(secret).pk}"
    return Notice.objects.filter(template="complaints.danger", to="agent", about=about).count()


def read(secret: str, *more: str, at: datetime = MONDAY) -> None:
    shown = [row(one).pk for one in (secret, *more)]
    complaints.read_reports(agent(at), complaint=whole(secret).pk, reports=shown, until=at)


@pytest.mark.parametrize("reason", ComplaintReason)
@pytest.mark.parametrize(
    "more", [HURT, {"danger": (DangerAnswer.FIRE,)}, {"words": BURNT}, {"words": "ﾔｹﾄﾞした"}]
)
def test_who_says_injury_or_fire_is_in_danger_whatever_the_reason(
    reason: ComplaintReason, more: dict[str, Any]
) -> None:
    secret = reported(reason=reason, **more)

    assert running(secret)["complaints.danger"] == MONDAY + 4 * HOUR
    assert (case(secret).attention, case(secret).urgent_since) == ("danger", MONDAY)
    assert alarms(secret) == 1
    assert mine(secret, at=MONDAY).is_dangerous


def test_words_never_lower_what_was_ticked() -> None:
    secret = reported(**HURT, words="けがはありません。")
    reporting.answer_danger(anybody(MONDAY + HOUR), secret=secret, danger=[], lot="A-1")

    assert row(secret).is_harmed
    assert "complaints.danger" in running(secret)


def test_to_begin_ends_nothing_and_it_rings_every_four_hours_on_every_day() -> None:
    saturday = MONDAY + 5 * DAY
    secret = reported(at=saturday, **DANGEROUS)
    complaints.begin_complaint(agent(saturday + HOUR), complaint=whole(secret).pk)
    for hours in (4, 8, 12):
        ring(saturday + hours * HOUR)

    stands = Notice.objects.filter(template="complaints.danger_stands", to="lead")
    assert stands.count() == 3
    assert running(secret)["complaints.danger"] == saturday + 16 * HOUR
    assert case(secret).attention == "danger"


def test_a_lead_alone_rules_a_danger_out_and_says_why_and_a_new_harm_begins_it_anew() -> None:
    secret = reported(**DANGEROUS)
    with pytest.raises(StepNotYours):
        complaints.rule_out(agent(), complaint=whole(secret).pk, reason=WHY)
    complaints.rule_out(lead(), complaint=whole(secret).pk, reason=WHY)
    with pytest.raises(complaints.NoDangerHere):
        complaints.rule_out(lead(), complaint=whole(secret).pk, reason=WHY)

    assert set(running(secret)) == {"complaints.decision"}
    assert (case(secret).attention, case(secret).urgent_since) == ("begin", None)
    reported(at=MONDAY + HOUR, source="198.51.100.7", **DANGEROUS, **HURT)
    assert running(secret)["complaints.danger"] == MONDAY + 5 * HOUR
    assert alarms(secret) == 2


@pytest.mark.parametrize(
    "reason", [ComplaintReason.DANGEROUS, ComplaintReason.COUNTERFEIT, ComplaintReason.PRICE]
)
def test_goods_by_which_somebody_was_hurt_are_hidden_whatever_the_reason(
    terms: None, reason: ComplaintReason
) -> None:
    secret = reported(reason=reason, **HURT)
    hold(secret, agent())

    finding = Finding.objects.get()
    assert (finding.breach, finding.harm) == ("dangerous-goods", Reach.DANGER)
    assert enforcement.provisionally_hidden("L-1")
    assert running(secret) == {}


def test_a_danger_is_quiet_while_its_goods_are_hidden_and_what_nobody_has_read_is_not(terms: None) -> None:
    hold(reported(**DANGEROUS))
    secret = reported(at=MONDAY + HOUR, source="198.51.100.7", reason=ComplaintReason.COUNTERFEIT, **HURT)

    assert case(secret).attention == "unread"
    ring(MONDAY + 5 * HOUR)
    assert Notice.objects.filter(template="complaints.danger_stands", to="agent").count() == 1
    read(secret, at=MONDAY + 5 * HOUR)
    assert (case(secret).attention, case(secret).urgent_since) == ("begin", None)
    ring(MONDAY + 30 * HOUR)
    assert Notice.objects.filter(template="complaints.danger_stands", to="agent").count() == 1
    assert "complaints.danger_hidden" in running(secret)


def test_who_else_reports_a_danger_alarms_also_where_somebody_has_begun_and_who_sends_it_again_does_not() -> (
    None
):
    first = reported(**DANGEROUS)
    complaints.begin_complaint(agent(), complaint=whole(first).pk)
    reported(at=MONDAY + HOUR, **DANGEROUS)
    assert alarms(first) == 1

    reported(at=MONDAY + HOUR, source="198.51.100.7", **DANGEROUS)
    assert alarms(first) == 2
    reported(at=MONDAY + HOUR, source="198.51.100.8", **DANGEROUS)
    assert alarms(first) == 2
    reported(at=MONDAY + HOUR, source="198.51.100.9", **DANGEROUS, **HURT)
    assert alarms(first) == 3
    shown = complaint_of(agent(), whole(first).pk)
    assert shown.is_alarmed
    assert len(shown.unread) == 5


@pytest.mark.parametrize("ruled_out", [False, True])
def test_what_is_added_about_a_danger_alarms_until_it_is_read(ruled_out: bool) -> None:
    secret = reported(**DANGEROUS)
    complaints.begin_complaint(agent(), complaint=whole(secret).pk)
    if ruled_out:
        complaints.rule_out(lead(), complaint=whole(secret).pk, reason=WHY)
    reporting.add_words(anybody(MONDAY + HOUR), secret=secret, said="箱の写真もあります。")

    assert alarms(secret) == 2
    assert complaint_of(agent(), whole(secret).pk).is_alarmed
    ring(MONDAY + 6 * HOUR)
    assert Notice.objects.filter(template="complaints.danger_stands", to="agent").count() == 1
    read(secret, at=MONDAY + 6 * HOUR)
    assert not complaint_of(agent(), whole(secret).pk).is_alarmed
    assert ("complaints.danger" in running(secret)) is not ruled_out


def test_what_came_after_the_page_was_shown_stays_unread_and_so_does_a_harm_that_was_not_on_it() -> None:
    secret = reported(**DANGEROUS)
    hurt = reported(source="198.51.100.7", **DANGEROUS, **HURT)
    read(secret)
    assert complaint_of(agent(), whole(secret).pk).is_alarmed
    read(hurt, at=MONDAY + HOUR / 60)
    assert not complaint_of(agent(), whole(secret).pk).is_alarmed

    reporting.add_words(anybody(MONDAY + HOUR), secret=secret, said="まだ熱いです。")
    reporting.add_words(anybody(MONDAY + 2 * HOUR), secret=hurt, said="病院に行きました。")
    read(secret, hurt, at=MONDAY + HOUR)
    assert [one.row.pk for one in complaint_of(agent(), whole(secret).pk).unread] == [row(hurt).pk]
    assert case(secret).attention == "danger"
    read(secret, hurt, at=MONDAY + 3 * HOUR)
    read(secret, hurt, at=MONDAY + 3 * HOUR)
    assert not complaint_of(agent(), whole(secret).pk).unread


def test_nobody_but_staff_notes_what_was_read() -> None:
    secret = reported(**DANGEROUS)
    with pytest.raises(StepNotYours):
        complaints.read_reports(anybody(), complaint=whole(secret).pk, reports=[row(secret).pk], until=MONDAY)


def test_who_decides_has_seen_the_harm_that_came_meanwhile() -> None:
    secret = reported(**DANGEROUS)
    seen = whole(secret).version
    reported(source="198.51.100.7", **DANGEROUS, **HURT)

    with pytest.raises(ChangedMeanwhile):
        complaints.find_nothing(
            agent(), complaint=whole(secret).pk, because=NOTHING, reason=WHY, version=seen
        )


@pytest.mark.parametrize("reason", [ComplaintReason.DANGEROUS, ComplaintReason.COUNTERFEIT])
def test_an_injury_told_after_the_decision_is_a_new_matter_that_alarms(reason: ComplaintReason) -> None:
    secret = confirmed(reason=reason)
    dismiss(secret)
    work()
    old = whole(secret)
    reporting.answer_danger(anybody(MONDAY + DAY), secret=secret, danger=[DangerAnswer.INJURY], lot="A-12")

    new = whole(secret)
    assert (new.former, row(secret).before) == (old, old)
    assert running(secret)["complaints.danger"] == MONDAY + DAY + 4 * HOUR
    assert (alarms(secret), case(secret).attention) == (1, "danger")
    page = mine(secret, at=MONDAY + DAY)
    assert (page.row.before_id is not None, page.heard) == (True, ())
    assert complaint_of(agent(), old.pk).reports[0].moved_to == new.pk
    assert complaint_of(agent(), new.pk).reports[0].moved_to is None
    work()
    assert len(mailed(secret)) == 1
    uphold(secret)
    work()
    assert len(mailed(secret)) == 2


def test_while_another_look_is_awaited_an_injury_is_a_new_matter_and_the_wish_stays_to_be_read() -> None:
    secret, other = reported(**DANGEROUS), reported(source="198.51.100.7", **DANGEROUS)
    dismiss(secret)
    old = whole(secret)
    reporting.ask_again(anybody(MONDAY + DAY), secret=secret, said="もう一度見てください。")
    assert whole(secret) == old
    for each in (secret, other):
        reporting.answer_danger(anybody(MONDAY + DAY), secret=each, danger=[DangerAnswer.FIRE], lot="")

    assert whole(secret) == whole(other) != old
    assert case(secret).attention == "danger"
    shown = complaint_of(lead(), old.pk)
    assert shown.is_again
    assert shown.reports[0].said.more[0][1] == "もう一度見てください。"


def test_a_wish_whose_words_tell_of_a_burn_asks_for_another_look_and_is_a_new_matter() -> None:
    secret = reported()
    dismiss(secret)
    old = whole(secret)
    reporting.ask_again(anybody(MONDAY + DAY), secret=secret, said="手にやけどをしました。")

    assert complaint_of(lead(), old.pk).is_again
    assert whole(secret) != old
    assert alarms(secret) == 1


def test_the_same_harm_begins_nothing_while_it_is_open_and_anew_after_the_end() -> None:
    secret, plain = reported(**DANGEROUS, **HURT), reported()
    reporting.answer_danger(anybody(), secret=secret, danger=[DangerAnswer.INJURY], lot="")
    assert alarms(secret) == 1
    for each in (secret, plain):
        dismiss(each)
        old = whole(each)
        said = [DangerAnswer.INJURY] if each == secret else [DangerAnswer.KEPT]
        reporting.answer_danger(anybody(MONDAY + DAY), secret=each, danger=said, lot="")
        assert (whole(each) != old) == (each == secret)
    assert (alarms(secret), whole(secret).danger_at) == (1, MONDAY + DAY)


def test_what_is_told_by_telephone_after_the_decision_reopens_as_well() -> None:
    taken = telephoned(**DANGEROUS)
    complaints.find_nothing(agent(), complaint=taken.complaint_id, because=NOTHING, reason=WHY)
    reporting.add_words_for(agent(MONDAY + DAY), report=taken.pk, said="型番はA-12です。")

    moved = ComplaintReport.objects.get(pk=taken.pk)
    assert moved.complaint.former_id == taken.complaint_id
    assert (moved.unread_at, moved.complaint.danger_at) == (MONDAY + DAY, None)


def test_whoever_telephones_is_asked_for_the_injury_whatever_the_reason() -> None:
    taken = telephoned(said={"danger": (DangerAnswer.INJURY,), "lot": "A-12"})

    assert taken.is_harmed
    assert taken.complaint.is_dangerous


def test_a_shop_that_was_found_before_is_known_in_the_new_matter(terms: None) -> None:
    secret = reported(what=ReportedWhat.ADVERTISEMENT, where="https://ads.example.jp/1")
    complaints.name_shop(agent(), complaint=whole(secret).pk, where="L-1", reason=WHY)
    dismiss(secret)
    reporting.answer_danger(anybody(MONDAY + DAY), secret=secret, danger=[DangerAnswer.FIRE], lot="")

    assert (whole(secret).listing_ref, whole(secret).named_by) == ("L-1", "staff:1")


def test_of_a_danger_that_is_not_decided_in_its_days_who_reported_hears_that_it_goes_on() -> None:
    by_mail, by_page = confirmed(**DANGEROUS), reported(source="198.51.100.7", **DANGEROUS)
    called = telephoned(said=call_me(), number="03-3507-2345", **DANGEROUS)
    plain = confirmed()
    ring(MONDAY + 20 * DAY)
    for _ in range(2):
        work(MONDAY + 20 * DAY)

    said = [one for one in mailed(by_mail) if one.template == "complaints.interim"]
    assert said
    assert INTERIM_ANSWER.ja in f"{said[0].body} {said[0].values}"
    assert mine(by_page, at=MONDAY).interim_at
    assert not mine(plain, at=MONDAY).interim_at
    assert mailed(plain) == []
    back = CallBack.objects.get(report=called)
    assert call_back_of(agent(), back.pk).heard == (INTERIM_ANSWER,)
    telling.note_reached(agent(MONDAY + 20 * DAY), back=back.pk, reason="伝えた。")
    work(MONDAY + 20 * DAY)
    assert CallBack.objects.count() == 1


def test_whoever_confirms_an_address_after_that_hears_it_as_well() -> None:
    ring(MONDAY + 20 * DAY) if (first := reported(**DANGEROUS)) else None
    late = confirmed(at=MONDAY + 20 * DAY, source="198.51.100.7", **DANGEROUS)
    work(MONDAY + 20 * DAY)

    assert whole(late) == whole(first)
    assert [one.template for one in mailed(late)] == ["complaints.interim"]


def test_harm_stands_first_then_one_of_each_source_then_what_nobody_has_read() -> None:
    def placed(pk: int, origin: str, told: str = "") -> ReportPlaced:
        return ReportPlaced(
            pk=pk,
            origin=origin.encode(),
            is_harmed="h" in told,
            is_raised="r" in told,
            is_wish="w" in told,
            is_unread="u" in told,
        )

    every = [placed(1, "A"), placed(2, "A", "u"), placed(3, "B"), placed(4, "C", "u"), placed(5, "C", "u")]
    every += [
        placed(6, "A", "h"),
        placed(7, "D", "r"),
        placed(8, "E", "w"),
        placed(9, "F", "hu"),
        placed(10, "F", "h"),
    ]

    assert [one.pk for one in in_order(every)] == [9, 6, 10, 7, 8, 4, 3, 2, 5, 1]


def test_a_harm_goes_before_older_dangers_on_the_list_of_what_goes_first() -> None:
    older = reported(where="L-2", **DANGEROUS)
    hurt = reported(at=MONDAY + HOUR, **HURT)

    assert first_of_all() == [whole(hurt).pk, whole(older).pk]


def test_what_is_taken_back_of_a_harm_leaves_the_danger_standing() -> None:
    secret = reported(**HURT)
    matter = whole(secret)
    reporting.take_back(anybody(MONDAY + HOUR), secret=secret)

    kept = Complaint.objects.get(pk=matter.pk)
    assert kept.danger_ended_at is None
    assert complaint_of(agent(), matter.pk).reports[0].danger == (DangerAnswer.INJURY.text,)


def test_the_pages_say_what_stands_and_note_what_was_read(enter: Enter) -> None:
    secret = reported(**DANGEROUS, **HURT)
    number, client = whole(secret).pk, enter(Role.LEAD)
    page = client.get(f"/desk/complaints/{number}/").content.decode()
    assert "危険が終わっていません" in page
    assert "未読" in page
    assert "危険はないと判断する" in page

    form = client.get(f"/desk/complaints/{number}/read/").context["form"]
    sent = {name: form.initial[name] for name in ("reports", "until")}
    client.post(f"/desk/complaints/{number}/read/", sent | {"token": "0b0c5a0e-1111-4222-8333-444455556666"})
    assert "未読" not in client.get(f"/desk/complaints/{number}/").content.decode()
    assert "危険が終わっていません" in client.get(f"/desk/complaints/{number}/?reports=1").content.decode()
    assert client.get(f"/desk/complaints/{number}/?reports=x").status_code == 200

"""What waits stands in order of its due moment, in this room's list and in the queue of all rooms, never without a name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Enter, plan
from mamori.grammar.actor import Role
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.cases.facts import Wish
from mamori.law.clarifications import AskedWhat, AskedWhom
from mamori.law.complaints import ComplaintReason, DangerAnswer, ReportedWhat
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.acts import COMPLAINT_CASE
from mamori.rooms.complaints.models import Complaint
from mamori.rooms.complaints.queries import about_complaint, complaint_of
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    WORDS,
    agent,
    anybody,
    dismiss,
    lead,
    reported,
    ring,
    running,
    whole,
)
from mamori.rooms.complaints.tests.telephoned import telephoned
from mamori.rooms.complaints.views import COMPLAINT_LIST, complaint_rows
from mamori.rooms.enforcement.clarifications.actions import ToClarify

pytestmark = pytest.mark.django_db
DANGEROUS = ComplaintReason.DANGEROUS


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.COUNSEL])
def test_what_somebody_reported_stands_on_the_matters_page_and_on_none_of_the_desks_lists(
    enter: Enter, role: Role
) -> None:
    case = cases.case_of(about_complaint(whole(reported()).pk)).number
    desk = enter(role)
    places = sorted(set(re.findall(r'"(/desk/[a-z/-]*)"', desk.get("/desk/places/").content.decode())))

    telling = [place for place in places if WORDS in desk.get(place, follow=True).content.decode()]

    assert len(places) > 15
    assert "/desk/complaints/" in places
    assert telling == []
    assert WORDS in desk.get(f"/desk/cases/{case}/").content.decode()


def listed(**narrowed: str) -> list[int]:
    rows = COMPLAINT_LIST.rows(agent())
    for one in COMPLAINT_LIST.filters:
        if one.name in narrowed:
            rows = one.narrow(rows, agent(), narrowed[one.name])
    return [row.pk for row in rows.order_by(*COMPLAINT_LIST.order)]


def case(secret: str) -> cases.CaseFact:
    return cases.case_of(about_complaint(whole(secret).pk))


def test_what_is_due_first_stands_first_and_what_nobody_owes_is_left_out() -> None:
    late = reported(at=MONDAY - 20 * DAY)
    new, danger = reported(where="L-2"), reported(where="S-1", what=ReportedWhat.SHOP, reason=DANGEROUS)
    ended = reported(where="L-404")
    dismiss(ended)

    assert listed() == [whole(one).pk for one in (late, danger, new)]
    [row, *_] = complaint_rows([whole(late)], agent())
    assert row.due is not None
    assert row.due.due_at < MONDAY

    complaints.rule_out(lead(), complaint=whole(danger).pk, reason="現物を確かめた。")
    assert listed() == [whole(one).pk for one in (late, new, danger)]
    reporting.ask_again(anybody(MONDAY + DAY), secret=ended, said="見直してください。")
    assert listed()[-1] == whole(ended).pk
    assert str(complaint_rows([whole(ended)], agent())[0].state.en) == "another look is awaited"
    assert "complaints_complaint_due" in plan(
        Complaint.objects.filter(due_at__isnull=False).order_by("due_at", "id")[:51]
    )


def test_what_waits_for_an_answer_is_nobodys_to_do() -> None:
    secret = reported()
    asked = ToClarify(whom=AskedWhom.SELLER, what=AskedWhat.RIGHTS, words="許諾を受けていますか。")
    complaints.ask_around(agent(), complaint=whole(secret).pk, asked=asked)

    assert listed() == []
    assert case(secret).closed_at is None
    assert (case(secret).attention, case(secret).next_due_at) == (None, None)


def test_each_is_called_by_something() -> None:
    shown = {
        "L-1": reported(),
        "S-1": reported(where="S-1", what=ReportedWhat.SHOP),
        "typed": reported(where="https://shop.example/goods/404?from=mail"),
        "words": reported(what=ReportedWhat.OTHER, where="", words="電話で\n話した" + "こと" * 40),
        "platform": reported(what=ReportedWhat.PLATFORM, where=""),
        "erased": reported(what=ReportedWhat.OTHER, where=""),
    }
    reporting.take_back(anybody(), secret=shown["erased"])
    erased = Complaint.objects.latest("pk")
    rows = [whole(one) for name, one in shown.items() if name != "erased"]

    told = [row.about for row in complaint_rows([*rows, erased], agent())]
    assert told[:3] == ["電気ケトル", "さくら家電", "https://shop.example/goods/404?from=mail"]
    assert told[3] == "電話で 話した" + "こと" * 16 + "…"
    assert told[4:] == [ReportedWhat.PLATFORM.text, ReportedWhat.OTHER.text]


def test_a_longer_list_asks_no_more() -> None:
    for number in range(2):
        reported(where=f"L-{number}", reason=ComplaintReason.PRICE)
    with CaptureQueriesContext(connection) as few:
        complaint_rows(list(Complaint.objects.all()), agent())
    for number in range(20):
        source = f"198.51.100.{number}"
        reported(where=f"https://shop.example/{number}", reason=ComplaintReason.PRICE, source=source)
        reported(what=ReportedWhat.OTHER, where="", source=source)
    with CaptureQueriesContext(connection) as many:
        complaint_rows(list(Complaint.objects.all()), agent())

    assert len(many) == len(few)


def test_who_took_the_case_finds_it_among_their_own() -> None:
    mine, free = reported(), reported(where="L-2")
    case_actions.take(agent(), about=about_complaint(whole(mine).pk))

    assert listed(assignee="me") == [whole(mine).pk]
    assert listed(assignee="nobody") == [whole(free).pk]
    assert complaint_of(agent(), whole(mine).pk).assignee


def test_it_stands_in_the_queue_of_all_rooms_a_danger_before_all_others() -> None:
    plain = reported()
    danger = reported(where="L-2", reason=DANGEROUS, at=MONDAY + HOUR)
    order = [one.about for one in cases.view(Wish(kind=COMPLAINT_CASE.code)).cases]

    assert order == [about_complaint(whole(one).pk) for one in (danger, plain)]
    assert (case(danger).attention, case(plain).attention) == ("danger", "begin")
    assert case(plain).next_due_at == running(plain)["complaints.decision"]

    complaints.begin_complaint(agent(MONDAY + HOUR), complaint=whole(danger).pk)
    assert (case(danger).attention, case(danger).urgent_since) == ("danger", MONDAY + HOUR)
    complaints.rule_out(lead(MONDAY + HOUR), complaint=whole(danger).pk, reason="現物を確かめた。")
    assert (case(danger).attention, case(danger).urgent_since) == ("decide", None)
    reporting.answer_danger(anybody(MONDAY + 2 * HOUR), secret=danger, danger=[DangerAnswer.FIRE], lot="")
    assert (case(danger).attention, case(danger).urgent_since) == ("danger", MONDAY + 2 * HOUR)

    dismiss(plain)
    assert case(plain).closed_at == MONDAY
    reporting.ask_again(anybody(MONDAY + DAY), secret=plain, said="見直してください。")
    assert (case(plain).closed_at, case(plain).attention) == (None, "look-again")
    complaints.keep_outcome(lead(MONDAY + DAY), complaint=whole(plain).pk, reason="見直した。")
    assert case(plain).closed_at == MONDAY + DAY


def test_one_more_report_leaves_the_case_as_it_is_and_a_clock_that_rang_leaves_it_late() -> None:
    secret = reported()
    due = case(secret).next_due_at
    reported(source="198.51.100.7", at=MONDAY + HOUR)
    assert (case(secret).next_due_at, case(secret).state) == (due, "received")

    ring(MONDAY + 30 * DAY)
    assert case(secret).next_due_at == whole(secret).due_at == due
    assert case(secret).is_late(MONDAY + 30 * DAY)


def test_no_shop_is_named_in_the_index_by_which_a_shop_lists_its_own_cases() -> None:
    secret = reported()

    assert case(secret).seller_ref == ""
    assert cases.open_cases(seller_ref="S-1").cases == ()
    assert [hit.case.about for hit in cases.search("さくら家電").hits] == [case(secret).about]


def test_the_case_page_shows_the_complaint_to_staff_and_the_lists_lead_there(enter: Enter) -> None:
    secret = reported()
    number = case(secret).number
    desk, reader = enter(Role.AGENT), enter(Role.READER)
    page: Any = desk.get(f"/desk/cases/{number}/")
    own = desk.get(f"/desk/complaints/{whole(secret).pk}/").content.decode()

    assert page.status_code == 200
    assert "知らせた人の言葉" in page.content.decode()
    assert f"/desk/complaints/{whole(secret).pk}/nothing/" in page.content.decode()
    assert f"/desk/cases/{number}/" in own
    assert (
        f"/desk/cases/{number}/" not in reader.get(f"/desk/complaints/{whole(secret).pk}/").content.decode()
    )
    assert f"/desk/cases/{number}/" in desk.get("/desk/").content.decode()
    assert "すべての申し出" in reader.get("/desk/complaints/all/").content.decode()


def test_a_flood_is_told_as_one_and_read_in_as_many_looks() -> None:
    secret = reported()
    complaints.begin_complaint(agent(MONDAY + DAY), complaint=whole(secret).pk)
    with CaptureQueriesContext(connection) as few:
        complaint_of(agent(), whole(secret).pk)
    for number in range(30):
        reported(source=f"192.0.2.{number}", at=MONDAY + number * HOUR)
    with CaptureQueriesContext(connection) as many:
        shown = complaint_of(agent(), whole(secret).pk)

    assert len(many) == len(few)
    assert [(act.verb, act.times, act.at, act.last) for act in shown.past] == [
        ("report", 31, MONDAY, MONDAY + 29 * HOUR),
        ("begin", 1, MONDAY + DAY, None),
    ]


def test_the_pages_tell_a_flood_once(enter: Enter) -> None:
    secret = reported()
    for number in range(5):
        reported(source=f"192.0.2.{number}", at=MONDAY + number * HOUR)
    desk = enter(Role.AGENT)
    own = desk.get(f"/desk/complaints/{whole(secret).pk}/").content.decode()
    page = desk.get(f"/desk/cases/{case(secret).number}/").content.decode()

    for shown in (own, page):
        assert shown.count("申し出を受け付けた") == 1
        assert "6回" in shown


def test_a_report_by_telephone_is_called_by_what_was_said() -> None:
    taken = telephoned(what=ReportedWhat.OTHER, where="", words="店の前で、しつこく勧められました。")

    assert complaint_rows([taken.complaint], agent())[0].about == "店の前で、しつこく勧められました。"

"""Inquiries of others: each on its ground, words and logs upon a warrant only, given by two; agents see none of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.law.inquiries import INQUIRIES, Binding, InquiryKind, Kept, beyond, within
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.actions import (
    NeedsAnother,
    NotOnThisGround,
    NotYoursToDecide,
)
from mamori.rooms.disclosure.lifecycle import InquiryState
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.queries.inquiries import NoSuchInquiry, counted, inquiry_of
from mamori.rooms.disclosure.tests.conftest import DAY, MONDAY, agent, counsel, lead, machine, ring, told
from mamori.rooms.disclosure.tests.test_pages import read, send, text

pytestmark = pytest.mark.django_db
SECRET = frozenset({Kept.MESSAGES, Kept.LOGS})


def entered(kind: InquiryKind = InquiryKind.POLICE, asked: Collection[Kept] = (Kept.REGISTERED,)) -> int:
    return actions.enter_inquiry(
        lead(),
        kind=kind,
        by="○○警察署",
        paper="第12号",
        words="捜査のため",
        asked=asked,
        parties=("seller:S-1",),
    )


@pytest.mark.parametrize("kind", list(InquiryKind))
def test_without_a_judges_warrant_no_inquiry_gets_words_or_logs(kind: InquiryKind) -> None:
    rule = INQUIRIES[kind]
    by_warrant = kind in (InquiryKind.WARRANT, InquiryKind.RECORD_ORDER)
    own = kind is InquiryKind.DATA_SUBJECT

    assert rule.never >= SECRET or by_warrant or own
    assert by_warrant <= (rule.binding is Binding.COMPULSORY)
    assert within(kind, tuple(SECRET)) == (
        () if not (by_warrant or own) else tuple(k for k in Kept if k in SECRET)
    )


def test_what_is_beyond_the_ground_is_named_and_never_given() -> None:
    number = entered(asked=(Kept.REGISTERED, Kept.MESSAGES))
    assert beyond(InquiryKind.POLICE, (Kept.REGISTERED, Kept.MESSAGES)) == (Kept.MESSAGES,)

    with pytest.raises(NotOnThisGround):
        actions.offer_inquiry(lead(), inquiry=number, items=(Kept.MESSAGES,), reason="捜査のため。")
    actions.offer_inquiry(lead(), inquiry=number, items=(Kept.REGISTERED,), reason="捜査に要る。")
    with pytest.raises(NeedsAnother):
        actions.agree_inquiry(lead(), inquiry=number)
    actions.agree_inquiry(counsel(), inquiry=number)

    page = inquiry_of(counsel(), number)
    assert (page.state, page.given) == (InquiryState.PARTLY, (Kept.REGISTERED,))
    assert page.answer is not None
    assert "令状" in page.answer.ja


def test_all_that_was_asked_for_is_given_where_the_ground_lets_it() -> None:
    number = entered()

    actions.offer_inquiry(lead(), inquiry=number, items=(Kept.REGISTERED,), reason="捜査に要る。")
    actions.agree_inquiry(counsel(), inquiry=number)

    page = inquiry_of(lead(), number)
    assert (page.state, page.answer) == (InquiryState.GIVEN, None)


def test_a_request_to_preserve_gives_nothing() -> None:
    number = entered(InquiryKind.PRESERVE, (Kept.LOGS,))

    with pytest.raises(NotOnThisGround):
        actions.offer_inquiry(lead(), inquiry=number, items=(Kept.LOGS,), reason="保全のため。")
    actions.pass_inquiry(lead(), inquiry=number, reason="保全 第3号をかけた。")

    assert inquiry_of(lead(), number).state is InquiryState.PASSED


def test_what_counsel_decides_no_lead_decides() -> None:
    number = entered(InquiryKind.BAR)

    with pytest.raises(NotYoursToDecide):
        actions.refuse_inquiry(lead(), inquiry=number, reason="必要がない。")
    actions.refuse_inquiry(counsel(), inquiry=number, reason="必要がない。")

    assert inquiry_of(counsel(), number).state is InquiryState.REFUSED


def test_a_proposal_is_sent_back_and_made_anew() -> None:
    number = entered()
    actions.offer_inquiry(lead(), inquiry=number, items=(Kept.REGISTERED,), reason="捜査に要る。", version=1)
    with pytest.raises(ChangedMeanwhile):
        actions.take_back_inquiry(counsel(), inquiry=number, reason="範囲を確かめて。", version=1)

    actions.take_back_inquiry(counsel(), inquiry=number, reason="範囲を確かめて。", version=2)

    assert inquiry_of(lead(), number).given == ()


def test_agents_see_no_inquiry_and_nobody_is_told_of_it() -> None:
    number = entered(InquiryKind.RECORD_ORDER, tuple(Kept))

    with pytest.raises(NoSuchInquiry):
        inquiry_of(agent(), number)
    with pytest.raises(NoSuchInquiry):
        actions.refuse_inquiry(agent(), inquiry=number, reason="わからない。")
    with pytest.raises(NoSuchInquiry):
        actions.enter_inquiry(
            agent(), kind=InquiryKind.TAX, by="税務署", paper="", words="", asked=(), parties=()
        )
    assert told("seller:S-1") == []


def test_an_inquiry_that_waits_is_called_to_mind_without_a_word_of_what_it_is() -> None:
    number = entered()

    ring(MONDAY + 10 * DAY)
    actions.refuse_inquiry(lead(MONDAY + 10 * DAY), inquiry=number, reason="必要がない。")
    actions.remind_inquiry(machine(MONDAY + 11 * DAY), inquiry=number)

    assert told("lead") == ["disclosure.inquiry_overdue"]
    assert Inquiry.objects.get(pk=number).closed_at is not None


def test_inquiries_are_counted_by_kind_and_end() -> None:
    entered()
    actions.refuse_inquiry(lead(), inquiry=entered(), reason="必要がない。")

    found = list(counted(MONDAY - DAY, MONDAY + DAY))

    assert found == [
        (InquiryKind.POLICE, InquiryState.ENTERED, 1),
        (InquiryKind.POLICE, InquiryState.REFUSED, 1),
    ]
    assert list(counted(MONDAY + DAY, MONDAY + 2 * DAY)) == []


def test_leads_enter_and_decide_on_the_pages_and_agents_read_the_table(enter: Enter) -> None:
    lead_page, counsel_page = enter(Role.LEAD), enter(Role.COUNSEL, stepped_up=True)
    given: dict[str, Any] = {
        "kind": "police",
        "by": "○○警察署",
        "paper": "第12号 2026-11-16",
        "asked": ["registered", "messages"],
        "parties": "seller:S-1",
        "words": "捜査のため",
    }

    wrong = send(lead_page, "/desk/inquiries/enter/", **given | {"parties": "さくら"})
    kept = send(lead_page, "/desk/inquiries/enter/", **given)
    number = Inquiry.objects.get().pk
    page = read(lead_page, f"/desk/inquiries/{number}/")
    offered = send(lead_page, f"/desk/inquiries/{number}/offer/", items=["registered"], reason="捜査に要る。")
    agreed = send(counsel_page, f"/desk/inquiries/{number}/agree/")

    assert wrong.status_code == 422
    assert "記録しました" in text(kept)
    assert "決して渡せないもの" in page
    assert "令状" in page
    assert "別の人の確認を待ちます" in text(offered)
    assert "渡すと決めました" in text(agreed)
    assert "一部を渡した" in read(lead_page, "/desk/inquiries/?kind=police&state=partly")
    assert "当てはまるものはありません" in read(lead_page, "/desk/inquiries/?month=2020-01")
    assert all(
        rule.title.ja in read(enter(Role.AGENT), "/desk/inquiries/table/") for rule in INQUIRIES.values()
    )
    for path in (f"{number}/nothing/", "999/", "999/agree/", f"{number}/agree"):
        assert counsel_page.get(f"/desk/inquiries/{path}", secure=True).status_code in (301, 404)

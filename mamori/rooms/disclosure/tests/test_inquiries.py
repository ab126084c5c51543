"""Inquiries of others: each on its ground, what is secret upon a warrant only, decided by two; agents see none of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mamori.grammar.statechart import StepNotOpen
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.models import Act
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.seal import facts as seals
from mamori.law.inquiries import INQUIRIES, SECRET, HeldKind, InquiryForce, InquiryKind, beyond, within
from mamori.rooms.disclosure.inquiries import actions, queries
from mamori.rooms.disclosure.inquiries.actions import (
    InquiryNeedsAnother,
    NotOnThisGround,
    NotToGive,
    NotYoursToDecide,
    PaperKnown,
    SilenceUnfit,
)
from mamori.rooms.disclosure.inquiries.queries import SILENT, NoSuchInquiry, counted, inquiry_of
from mamori.rooms.disclosure.inquiries.rules import NOTHING_WITHIN, InquiryPaper, answer
from mamori.rooms.disclosure.lifecycle import InquiryState
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.tests.conftest import DAY, MONDAY, agent, counsel, lead, machine, ring, told

pytestmark = pytest.mark.django_db
BY_JUDGE = (InquiryKind.WARRANT, InquiryKind.RECORD_ORDER)
WHY = "捜査に要る。"


def paper(**more: Any) -> InquiryPaper:
    known: dict[str, Any] = {
        "kind": InquiryKind.POLICE,
        "by": "○○警察署",
        "paper": f"第{Inquiry.objects.count() + 12}号",
        "scope": "2026年10月の登録",
        "asked": (HeldKind.REGISTERED,),
        "parties": ("seller:S-1",),
    }
    return InquiryPaper(**known | more)


def entered(**more: Any) -> int:
    return actions.enter_inquiry(lead(), told=paper(**more))


def offered(number: int, *items: HeldKind, by: Any = lead) -> None:
    actions.offer_inquiry(by(), inquiry=number, items=items or (HeldKind.REGISTERED,), reason=WHY)


def state(number: int) -> InquiryState:
    return inquiry_of(lead(), number).state


@pytest.fixture
def alone(with_others: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del with_others
    monkeypatch.setattr(queries, "somebody_else", lambda than, *, roles, at: False)


@pytest.fixture(autouse=True)
def with_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "somebody_else", lambda than, *, roles, at: True)


@pytest.mark.parametrize("kind", list(InquiryKind))
def test_what_may_be_given_and_what_never_are_all_there_is(kind: InquiryKind) -> None:
    rule = INQUIRIES[kind]

    assert rule.may | rule.never == set(HeldKind)
    assert not rule.may & rule.never
    if not (kind in BY_JUDGE or rule.is_own):
        assert not rule.may & {HeldKind.MESSAGES, HeldKind.LOGS}
    if kind not in (*BY_JUDGE, InquiryKind.HOLDER, InquiryKind.HOLDER_ORDER) and not rule.is_own:
        assert not rule.may & SECRET
    assert kind not in BY_JUDGE or rule.binding is InquiryForce.COMPULSORY


@pytest.mark.parametrize(
    ("kind", "asked", "given", "says", "not_says"),
    [
        (InquiryKind.BAR, (HeldKind.DOCUMENTS,), (), "根拠では", "秘密"),
        (InquiryKind.TAX, (HeldKind.DOCUMENTS,), (), "根拠では", "令状"),
        (InquiryKind.COURT, (HeldKind.LOGS,), (), "通信の秘密", "令状をお取り"),
        (
            InquiryKind.POLICE,
            (HeldKind.MESSAGES, HeldKind.REGISTERED),
            (HeldKind.REGISTERED,),
            "令状をお取り",
            "応じかね",
        ),
        (InquiryKind.POLICE, (HeldKind.REGISTERED,), (), "応じかねます", "秘密"),
        (InquiryKind.POLICE, (HeldKind.REGISTERED,), (HeldKind.REGISTERED,), "お渡しします", "応じかね"),
        (InquiryKind.WARRANT, (HeldKind.MESSAGES,), (), "書かれた範囲", "秘密"),
        (InquiryKind.PRESERVE, (HeldKind.LOGS,), (), "消さないための求め", "秘密"),
        (InquiryKind.STOPPING, (HeldKind.ORDERS,), (HeldKind.ORDERS,), "求めのとおりに", "お渡し"),
        (InquiryKind.OWN_DATA, (HeldKind.NOTES,), (), "理由：ほかの人のこと", "秘密"),
    ],
)
def test_each_kind_that_is_asked_for_is_answered_by_its_own_reason(
    kind: InquiryKind, asked: tuple[HeldKind, ...], given: tuple[HeldKind, ...], says: str, not_says: str
) -> None:
    said = "".join(one.ja for one in answer(kind, asked, given, "ほかの人のこと"))

    assert says in said
    assert not_says not in said


def test_what_is_beyond_the_ground_is_named_and_never_given() -> None:
    number = entered(asked=(HeldKind.REGISTERED, HeldKind.MESSAGES))
    assert beyond(InquiryKind.POLICE, (HeldKind.REGISTERED, HeldKind.MESSAGES)) == (HeldKind.MESSAGES,)
    assert within(InquiryKind.POLICE, tuple(SECRET)) == ()

    with pytest.raises(NotOnThisGround):
        offered(number, HeldKind.MESSAGES)
    offered(number)
    with pytest.raises(InquiryNeedsAnother):
        actions.agree_inquiry(lead(), inquiry=number)
    assert not inquiry_of(lead(), number).may_agree
    assert inquiry_of(counsel(), number).may_agree
    actions.agree_inquiry(counsel(), inquiry=number)
    assert state(number) is InquiryState.DECIDED
    actions.hand_over_inquiry(lead(), inquiry=number, reason="書面で、○○警察署の△△に渡した。")

    page = inquiry_of(counsel(), number)
    assert (page.state, page.given) == (InquiryState.PARTLY, (HeldKind.REGISTERED,))
    assert any("令状" in one.ja for one in page.answer)
    assert [act.verb for act in page.past] == ["enter", "offer", "give", "hand_over"]
    assert page.why == WHY


def test_where_words_alone_are_asked_for_without_a_warrant_there_is_nothing_to_propose() -> None:
    number = entered(asked=(HeldKind.MESSAGES,))

    page = inquiry_of(lead(), number)

    assert page.before == NOTHING_WITHIN
    assert any("令状" in one.ja for one in page.answer)


def test_who_proposed_is_asked_and_told_and_all_is_given_where_the_ground_lets_it() -> None:
    number = entered()

    offered(number)
    assert told("counsel") == told("lead") == ["disclosure.inquiry_to_agree"]
    actions.agree_inquiry(counsel(), inquiry=number)
    actions.hand_over_inquiry(lead(), inquiry=number, reason="書面で渡した。")

    assert state(number) is InquiryState.GIVEN
    with pytest.raises(StepNotOpen):
        actions.agree_inquiry(counsel(), inquiry=number)


def test_a_request_to_preserve_gives_nothing() -> None:
    number = entered(kind=InquiryKind.PRESERVE, asked=(HeldKind.LOGS,))

    with pytest.raises(NotOnThisGround):
        offered(number, HeldKind.LOGS)
    assert inquiry_of(lead(), number).hold_links == [("seller:S-1", "what=seller%3AS-1&ground=preservation")]
    actions.pass_inquiry(lead(), inquiry=number, reason="消去の停止 第3号をかけた。")

    assert state(number) is InquiryState.PASSED
    assert inquiry_of(lead(), number).answer == ()


def test_what_counsel_decides_no_lead_proposes_but_a_lead_may_agree() -> None:
    number = entered(kind=InquiryKind.BAR)

    for verb in (actions.refuse_inquiry, actions.pass_inquiry):
        with pytest.raises(NotYoursToDecide):
            verb(lead(), inquiry=number, reason="必要がない。")
    assert not inquiry_of(lead(), number).is_mine
    offered(number, by=counsel)
    actions.agree_inquiry(lead(), inquiry=number)

    assert state(number) is InquiryState.DECIDED


@pytest.mark.parametrize(
    ("verb", "ends"),
    [
        (actions.refuse_inquiry, InquiryState.REFUSED),
        (actions.pass_inquiry, InquiryState.PASSED),
    ],
)
def test_a_compulsory_one_is_ended_by_two_even_once_its_kind_was_corrected(
    verb: Any, ends: InquiryState
) -> None:
    number = entered(kind=InquiryKind.WARRANT)
    actions.correct_inquiry(lead(), inquiry=number, told=paper(), reason="照会だった。")

    verb(lead(), inquiry=number, reason="範囲にない。")
    assert state(number) is InquiryState.WAITING
    with pytest.raises(InquiryNeedsAnother):
        actions.agree_inquiry(lead(), inquiry=number)
    actions.agree_inquiry(counsel(), inquiry=number)

    assert state(number) is ends
    assert inquiry_of(lead(), number).kind is InquiryKind.POLICE


@pytest.mark.parametrize(
    ("verb", "ends"),
    [
        (actions.refuse_inquiry, InquiryState.REFUSED),
        (actions.pass_inquiry, InquiryState.PASSED),
    ],
)
def test_a_voluntary_one_one_person_ends(verb: Any, ends: InquiryState) -> None:
    number = entered()

    verb(lead(), inquiry=number, reason="必要がない。")

    assert state(number) is ends


@pytest.mark.usefixtures("alone")
def test_where_nobody_else_is_there_an_order_is_obeyed_by_one_and_nothing_voluntary_given() -> None:
    order, asked = entered(kind=InquiryKind.WARRANT), entered()
    offered(order)
    offered(asked)

    actions.agree_inquiry(lead(), inquiry=order)
    with pytest.raises(InquiryNeedsAnother):
        actions.agree_inquiry(lead(), inquiry=asked)

    assert inquiry_of(lead(), order).past[-1].verb == "obey_alone"


def test_nothing_is_given_of_nobody_or_before_what_comes_first() -> None:
    nobody = entered(parties=())
    own = entered(kind=InquiryKind.OWN_DATA, parties=("buyer:B-1", "seller:S-1"))
    for number in (nobody, own):
        with pytest.raises(NotToGive):
            offered(number)

    right = paper(kind=InquiryKind.OWN_DATA, parties=("buyer:B-1",))
    actions.correct_inquiry(lead(), inquiry=own, told=right, reason="本人だけ。")
    with pytest.raises(NotToGive):
        offered(own)
    actions.see_first(lead(), inquiry=own, reason="免許証を見た。")
    offered(own)

    assert state(own) is InquiryState.WAITING
    assert inquiry_of(lead(), nobody).before is not None


def test_what_comes_first_is_seen_to_anew_when_the_kind_was_wrong() -> None:
    number = entered(kind=InquiryKind.OWN_DATA, parties=("buyer:B-1",))
    actions.see_first(lead(), inquiry=number, reason="免許証を見た。")

    same = paper(kind=InquiryKind.OWN_DATA, parties=("buyer:B-1",))
    actions.correct_inquiry(lead(), inquiry=number, told=same, reason="番号が違った。")
    assert inquiry_of(lead(), number).is_seen
    actions.correct_inquiry(
        lead(), inquiry=number, told=paper(kind=InquiryKind.STOPPING), reason="停止の求めだった。"
    )

    assert not inquiry_of(lead(), number).is_seen


def test_something_done_with_the_data_is_said_in_its_own_words() -> None:
    number = entered(kind=InquiryKind.STOPPING, parties=("buyer:B-1",))

    actions.refuse_inquiry(lead(), inquiry=number, reason="まだ取引が続いている。")

    page = inquiry_of(lead(), number)
    assert page.state_text.ja == "求めに応じなかった"
    assert "理由：まだ取引が続いている。" in [one.ja for one in page.answer]


def test_a_proposal_is_sent_back_and_made_anew() -> None:
    number = entered()
    actions.offer_inquiry(lead(), inquiry=number, items=(HeldKind.REGISTERED,), reason=WHY, version=1)
    with pytest.raises(ChangedMeanwhile):
        actions.take_back_inquiry(counsel(), inquiry=number, reason="範囲を確かめて。", version=1)

    actions.take_back_inquiry(counsel(), inquiry=number, reason="範囲を確かめて。", version=2)

    assert inquiry_of(lead(), number).given == ()
    assert inquiry_of(lead(), number).outcome is None


def test_agents_see_no_inquiry_nobody_is_told_and_receipts_name_no_verb() -> None:
    number = entered(kind=InquiryKind.WARRANT, asked=tuple(HeldKind))

    with pytest.raises(NoSuchInquiry):
        inquiry_of(agent(), number)
    with pytest.raises(NoSuchInquiry):
        actions.refuse_inquiry(agent(), inquiry=number, reason="わからない。")
    with pytest.raises(NoSuchInquiry):
        actions.enter_inquiry(agent(), told=paper())
    actions.refuse_inquiry(lead(), inquiry=number, reason="範囲にない。")
    assert told("seller:S-1") == []
    assert set(Act.objects.values_list("kind", flat=True)) == {"disclosure.inquiry", "vault.hold"}


def test_whom_it_is_about_is_held_while_it_is_open_on_a_ground_that_says_nothing() -> None:
    number = entered(kind=InquiryKind.WARRANT, parties=("buyer:B-1", "seller:S-1"))
    assert seals.held(["buyer:B-1", "seller:S-1"]) == {"buyer:B-1", "seller:S-1"}
    assert [hold.ground_ja for hold in seals.holds()] == ["求めへの対応中"]

    actions.correct_inquiry(lead(), inquiry=number, told=paper(), reason="S-1だけだった。")
    assert seals.held(["buyer:B-1", "seller:S-1"]) == {"seller:S-1"}
    actions.refuse_inquiry(lead(), inquiry=number, reason="範囲にない。")
    actions.agree_inquiry(counsel(), inquiry=number)

    assert seals.held(["seller:S-1"]) == set()


def test_the_same_paper_is_entered_once_unless_it_is_another() -> None:
    first = paper()
    number = actions.enter_inquiry(lead(), told=first)

    with pytest.raises(PaperKnown) as refusal:
        actions.enter_inquiry(counsel(), told=first)
    assert f"第{number}号" in refusal.value.sentence.ja
    assert actions.enter_inquiry(lead(), told=first, another=True) > number


def test_silence_follows_the_paper_and_an_order_names_its_end_within_a_year() -> None:
    asked = entered(silent=True)
    assert inquiry_of(lead(), asked).is_silent
    ends = entered(kind=InquiryKind.RECORD_ORDER, silent=True, silent_until=date(2026, 12, 1))
    assert inquiry_of(lead(), ends).is_silent
    assert not inquiry_of(lead(MONDAY + 20 * DAY), ends).is_silent
    for until in (None, date(2028, 1, 1)):
        with pytest.raises(SilenceUnfit):
            entered(kind=InquiryKind.RECORD_ORDER, silent=True, silent_until=until)


def test_the_clock_is_the_earlier_of_ours_and_the_papers_and_no_proposal_restarts_it() -> None:
    number = entered(due_on=date(2026, 11, 18))
    first = inquiry_of(lead(), number).due
    assert first is not None
    assert first.date() <= date(2026, 11, 19)
    late = entered(due_on=date(2026, 11, 10))
    assert inquiry_of(lead(), late).due is not None

    offered(number)
    actions.take_back_inquiry(counsel(MONDAY + DAY), inquiry=number, reason="範囲を確かめて。")

    assert inquiry_of(lead(), number).due == first


def test_an_inquiry_that_waits_is_called_to_mind_of_those_who_can_act() -> None:
    bar, waits = entered(kind=InquiryKind.BAR), entered()

    ring(MONDAY + 9 * DAY)
    assert told("counsel").count("disclosure.inquiry_overdue") == 2
    assert told("lead").count("disclosure.inquiry_overdue") == 1
    offered(waits)
    actions.remind_inquiry(machine(MONDAY + 10 * DAY), inquiry=waits)
    assert told("lead").count("disclosure.inquiry_overdue") == 2
    actions.refuse_inquiry(counsel(MONDAY + 10 * DAY), inquiry=bar, reason="必要がない。")
    actions.remind_inquiry(machine(MONDAY + 11 * DAY), inquiry=bar)

    assert told("counsel").count("disclosure.inquiry_overdue") == 3
    assert "vault.lift_hold" in dict(ledger.kinds_about(f"disclosure.inquiry:{bar}"))


def test_inquiries_are_counted_and_those_to_be_silent_of_are_not_told_apart() -> None:
    entered()
    actions.refuse_inquiry(lead(), inquiry=entered(), reason="必要がない。")
    entered(silent=True)
    entered(kind=InquiryKind.WARRANT, silent=True)

    found = {(kind.ja, state.ja): number for kind, state, number in counted(MONDAY - DAY, MONDAY + DAY)}

    assert found == {
        ("捜査関係事項照会", "受け付けた"): 1,
        ("捜査関係事項照会", "渡さなかった"): 1,
        (SILENT.ja, "受け付けた"): 2,
    }
    assert counted(MONDAY + DAY, MONDAY + 2 * DAY) == []

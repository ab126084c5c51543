"""A return that we arrange: label, parcel, arrival, look, refund; each with a clock, and refused by nobody but a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as marketing, facts as market
from mamori.ground.outbox import facts as outbox
from mamori.ground.terms import actions as terms
from mamori.japan.written import ReasonNeeded
from mamori.law.settings import RETURNS_ON
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.remedy import AmountOutOfRange
from mamori.rooms.contact.claiming import KindNotOffered, RemedyHindered
from mamori.rooms.contact.ending import ReturnUnderWay
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Remedy
from mamori.rooms.contact.parcels import NoParcelNumber
from mamori.rooms.contact.rules.reasons import INSPECTED, Inspected, NoRemedyBecause
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two")
TUESDAY = MONDAY + timedelta(days=1)
BASE = {"buyer": "B-1", "seller": "S-1", "amount": 8_000, "ordered_at": MONDAY - timedelta(days=5)}


def state(trouble: int) -> str:
    return str(Remedy.objects.get(trouble=trouble).state)


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def running(trouble: int) -> set[str]:
    return {clock.kind for clock in clocks.open_clocks(about(trouble))}


def told(to: str, template: str) -> int:
    return sum(notice.template == f"contact.{template}" for notice in outbox.notices(to=to))


def ordered() -> tuple[int, str]:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble, contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")


def labelled() -> int:
    trouble, label = ordered()
    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1234-5678")
    pass_time(MONDAY)
    return trouble


def arrived() -> int:
    trouble = labelled()
    contact.note_sent(buyer(TUESDAY), trouble=trouble)
    contact.note_arrival(agent(TUESDAY), trouble=trouble)
    return trouble


def test_the_goods_come_back_and_are_looked_at_before_the_refund_goes_out() -> None:
    trouble, label = ordered()
    assert (state(trouble), running(trouble) & {"contact.remedy_decision"}) == ("ordered", set())
    issued = market.instruction(label)
    assert issued is not None
    assert (issued.kind, issued.amount) == ("label", 0)

    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1234-5678")
    pass_time(MONDAY)
    assert (state(trouble), "contact.return_sending" in running(trouble)) == ("labelled", True)
    [notice] = [n for n in outbox.notices(to="buyer:B-1") if n.template == "contact.return_label"]
    assert "1234-5678" in notice.body["ja"]

    contact.note_sent(buyer(TUESDAY), trouble=trouble)
    assert (state(trouble), "contact.return_arrival" in running(trouble)) == ("sent", True)
    contact.note_arrival(agent(TUESDAY), trouble=trouble)
    assert (state(trouble), "contact.return_inspection" in running(trouble)) == ("arrived", True)
    assert told("buyer:B-1", "return_arrived") == 1

    refund = contact.inspect(agent(TUESDAY), trouble=trouble, result=Inspected.AS_REPORTED, note="写真3枚")
    assert (state(trouble), "contact.confirmation" in running(trouble)) == ("instructed", True)
    marketing.confirm(machine(TUESDAY), instruction=refund, outcome="confirmed")
    pass_time(TUESDAY)

    known = facts.trouble(trouble)
    assert known is not None
    assert (known.state, known.remedy_state, known.refund) == ("made_good", "done", 8_000)
    assert facts.recovery_of(trouble) is not None
    assert running(trouble) == set()


def test_goods_that_are_otherwise_put_the_decision_before_a_lead_who_says_why() -> None:
    trouble = arrived()
    assert set(INSPECTED) == set(Inspected)

    with pytest.raises(ReasonNeeded):
        contact.inspect(agent(TUESDAY), trouble=trouble, result=Inspected.OTHER_GOODS, note=" ")
    contact.inspect(agent(TUESDAY), trouble=trouble, result=Inspected.OTHER_GOODS, note="別の型番")

    assert (state(trouble), "contact.remedy_decision" in running(trouble)) == ("considered", True)
    assert cases.case_of(about(trouble)).attention == "decide-remedy"
    with pytest.raises(StepNotYours):
        contact.refuse_remedy(
            agent(TUESDAY), trouble=trouble, because=NoRemedyBecause.RETURNED_OTHERWISE, reason="x"
        )
    contact.refuse_remedy(
        lead(TUESDAY), trouble=trouble, because=NoRemedyBecause.RETURNED_OTHERWISE, reason="型番が違う"
    )
    [notice] = [n for n in outbox.notices(to="buyer:B-1") if n.template == "contact.declined"]
    assert "お伝えいただいた状態と違っていた" in notice.body["ja"]


def test_a_buyer_who_does_not_send_is_reminded_once_and_then_a_person_decides() -> None:
    trouble = labelled()

    pass_time(MONDAY + timedelta(days=8))
    assert (state(trouble), told("buyer:B-1", "return_reminder")) == ("labelled", 1)
    pass_time(MONDAY + timedelta(days=16))

    assert state(trouble) == "considered"
    assert told("buyer:B-1", "return_unsent") == 1
    assert "contact.remedy_decision" in running(trouble)
    assert "contact.miss_sending" in ledger_kinds(trouble)


@pytest.mark.parametrize("has_arrived", [False, True])
def test_a_parcel_that_is_lost_or_not_looked_at_comes_before_a_lead_again_and_again(
    has_arrived: bool,
) -> None:
    trouble = labelled()
    contact.note_sent(buyer(TUESDAY), trouble=trouble, tracking="９９９－１")
    if has_arrived:
        contact.note_arrival(agent(TUESDAY), trouble=trouble)

    pass_time(MONDAY + timedelta(days=30))

    assert told("lead", "return_waits") >= 2
    waits = "contact.return_inspection" if has_arrived else "contact.return_arrival"
    assert waits in running(trouble)
    assert Remedy.objects.get(trouble=trouble).tracking == "999-1"
    if not has_arrived:
        contact.give_up_return(agent(), trouble=trouble, reason="配送中に紛失")
        assert (state(trouble), "contact.return_arrival" in running(trouble)) == ("considered", False)
        contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="紛失は運営者の責任")


def test_a_marketplace_that_issues_no_label_puts_the_decision_before_a_person_again() -> None:
    trouble, label = ordered()

    marketing.confirm(machine(), instruction=label, outcome="refused")
    pass_time(MONDAY)

    assert state(trouble) == "failed"
    assert "contact.remedy_decision" in running(trouble)
    again = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="もう一度")
    assert again != label


def test_a_label_that_is_not_confirmed_is_chased_under_its_same_id() -> None:
    trouble, label = ordered()

    pass_time(MONDAY + timedelta(days=4))

    found = market.instruction(label)
    assert found is not None
    assert (found.times > 1, state(trouble)) == (True, "ordered")
    assert told("lead", "unconfirmed") == found.times - 1


def test_only_a_return_that_nobody_has_sent_yet_ends_with_the_trouble() -> None:
    trouble, label = ordered()
    for end in (contact.solve, contact.withdraw):
        with pytest.raises(ReturnUnderWay):
            end(buyer(), trouble=trouble)
    marketing.confirm(machine(), instruction=label, outcome="confirmed")
    pass_time(MONDAY)

    contact.solve(buyer(TUESDAY), trouble=trouble)

    assert (state(trouble), running(trouble)) == ("dropped", set())


def test_silence_does_not_end_a_return() -> None:
    trouble = open_trouble()
    known = facts.trouble(trouble)
    assert known is not None
    contact.answer(seller(), thread=known.thread, said="仕様です")
    contact.request_mediation(buyer(), trouble=trouble)
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="x")
    marketing.confirm(machine(), instruction=label, outcome="confirmed")
    pass_time(MONDAY)

    pass_time(MONDAY + timedelta(days=9))

    assert state(trouble) == "labelled"
    after = facts.trouble(trouble)
    assert after is not None
    assert after.closed_at is None


def test_the_limits_hold_for_returns_as_for_refunds() -> None:
    early = open_trouble()
    with pytest.raises(RemedyHindered):
        contact.arrange_return(agent(), trouble=early, amount=8_000, reason="x")
    contact.request_mediation(buyer(), trouble=early)
    for amount in (0, 8_001):
        with pytest.raises(AmountOutOfRange):
            contact.arrange_return(agent(), trouble=early, amount=amount, reason="x")
    with pytest.raises(ReasonNeeded):
        contact.arrange_return(agent(), trouble=early, amount=1, reason="")
    terms.set(lead(), setting=RETURNS_ON, value=False)
    with pytest.raises(KindNotOffered):
        contact.arrange_return(agent(), trouble=early, amount=8_000, reason="x")


def ledger_kinds(trouble: int) -> list[str]:
    return [act.kind for act in ledger.acts_about(about(trouble))]


def test_a_number_that_is_none_is_refused() -> None:
    trouble = labelled()

    for number in ("<script>", "1" * 65, "あ"):
        with pytest.raises(NoParcelNumber):
            contact.note_sent(buyer(), trouble=trouble, tracking=number)


def test_a_step_out_of_turn_is_refused() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)

    for step in (
        lambda: contact.note_sent(buyer(), trouble=trouble),
        lambda: contact.note_arrival(agent(), trouble=trouble),
        lambda: contact.inspect(agent(), trouble=trouble, result=Inspected.AS_REPORTED, note="x"),
        lambda: contact.give_up_return(agent(), trouble=trouble, reason="x"),
    ):
        with pytest.raises(StepNotOpen):
            step()


@pytest.mark.parametrize("eve", EVES, ids=lambda h: f"{h.role}-{h.by}")
def test_eve_has_no_part_in_a_return(eve: Actor) -> None:
    trouble = labelled()

    for verb in (
        lambda: contact.arrange_return(eve, trouble=trouble, amount=1, reason="x"),
        lambda: contact.note_sent(eve, trouble=trouble),
        lambda: contact.note_arrival(eve, trouble=trouble),
        lambda: contact.inspect(eve, trouble=trouble, result=Inspected.AS_REPORTED, note="x"),
        lambda: contact.give_up_return(eve, trouble=trouble, reason="x"),
    ):
        with pytest.raises(NothingHere):
            verb()


def number_of(trouble: int) -> str:
    known = facts.trouble(trouble)
    assert known is not None
    return known.case


def test_the_return_goes_through_on_the_pages_of_buyer_and_staff(enter: Enter) -> None:
    visitor, desk = enter(Role.BUYER, "buyer:B-1"), enter(Role.LEAD)
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    case, thread = f"/desk/cases/{number_of(trouble)}", f"/threads/{number_of(trouble)}/"
    desk.post(f"{case}/contact/arrange/", {"amount": "8,000", "reason": "動作しない"})
    assert "送り状を用意する見込みです" in visitor.get(thread).content.decode()
    now = datetime.now(UTC)
    label = Remedy.objects.get(trouble=trouble).label
    marketing.confirm(machine(now), instruction=label, outcome="confirmed", tracking="1234-5678")
    outbox_worked(now)
    page = visitor.get(thread).content.decode()
    assert "1234-5678" in page

    visitor.post(f"{thread}sent/", {"tracking": "1234-5678"})
    desk.post(f"{case}/contact/arrive/", {})
    assert "商品が届きました" in visitor.get(thread).content.decode()
    answer = desk.post(f"{case}/contact/inspect/", {"result": "as_reported", "note": "写真1"})

    assert answer.status_code == 302
    assert state(trouble) == "instructed"
    assert "返金することが決まりました" in visitor.get(thread).content.decode()


def outbox_worked(at: datetime) -> None:
    from mamori.ground.outbox import actions

    while actions.work(at=at, limit=100):
        pass


def test_where_it_ended_without_a_remedy_the_next_roads_are_shown(enter: Enter) -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    contact.refuse_remedy(lead(), trouble=trouble, because=NoRemedyBecause.LIMITS, reason="x")

    page = enter(Role.BUYER, "buyer:B-1").get(f"/threads/{number_of(trouble)}/").content.decode()

    assert "消費者ホットライン" in page
    assert "裁判によらない解決" in page
    assert "開示を請求" not in page, "8,000 yen are not above the sum for a request"

"""A trouble turns dangerous: clocks, urgings, calls and people follow at once, nothing twice; and a lead may find it less."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.japan.written import NoWords, ReasonNeeded
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.actions.danger import HarmNotLower
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.harming import AlreadyDanger
from mamori.rooms.contact.lifecycle import RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.models import Call, SellerClosing, Trouble
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.deeds import Deed, deeds
from mamori.rooms.contact.rules.duties import Duty, duties
from mamori.rooms.contact.rules.helping import May
from mamori.rooms.contact.rules.reasons import LowerBecause
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.tests.agreeing import HOUR, agreed, mediated, page, running, thread_of, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    content,
    lead,
    open_asked,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.topics import Harm, is_lower

pytestmark = pytest.mark.usefixtures("market_of_two")
SMOKE = "充電中に煙が出て、指をやけどしました"


def harm(trouble: int) -> str:
    return Trouble.objects.get(pk=trouble).harm


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def newest_act(trouble: int) -> str:
    return ledger.acts_about(about(trouble))[-1].kind


def lowered(trouble: int, by: Actor, to: Harm = Harm.MONEY) -> None:
    contact.lower_harm(by, trouble=trouble, harm=to, because=LowerBecause.LOOKED_AT, reason="検査した")


def test_a_buyer_says_that_it_is_dangerous_and_everybody_hears_at_once() -> None:
    trouble = open_trouble(harm=Harm.INCONVENIENCE)

    contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)

    assert harm(trouble) == "danger"
    assert (told("agent"), told("lead")[0]) == (["danger_staff"], "danger_staff")
    assert {"danger_seller", "urge"} <= set(told("seller:S-1"))
    assert [call.why for call in sellers_calls()] == ["unanswered"]
    assert Call.objects.get(trouble=trouble, whom="seller").urgency == 0
    assert cases.case_of(about(trouble)).attention == "danger"
    assert newest_act(trouble) == "contact.raise_harm"
    assert SMOKE not in str(content(about(trouble)))
    assert [message.words for message in page(trouble, for_seller=True).messages][-1] == SMOKE


def test_said_once_more_it_is_answered_and_nothing_happens_twice() -> None:
    trouble = open_trouble(harm=Harm.MONEY)
    contact.raise_harm(buyer(), trouble=trouble, said=SMOKE)
    before = told("seller:S-1"), told("lead"), len(ledger.acts_about(about(trouble)))

    with pytest.raises(AlreadyDanger):
        contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)
    with pytest.raises(AlreadyDanger):
        contact.note_danger(agent(MONDAY + HOUR), trouble=trouble, reason="x")

    assert (told("seller:S-1"), told("lead"), len(ledger.acts_about(about(trouble)))) == before
    assert thread_of(trouble).messages.count() == 2


def test_after_an_answer_or_an_agreement_it_is_the_sellers_turn_with_a_call() -> None:
    trouble, _ = agreed()
    assert thread_of(trouble).state == "answered"

    contact.raise_harm(buyer(MONDAY + 2 * HOUR), trouble=trouble, said=SMOKE)

    assert thread_of(trouble).state == "waiting"
    assert Trouble.objects.get(pk=trouble).progress == "unsolved"
    assert "contact.answer" in running(trouble)
    assert [call.why for call in sellers_calls()] == ["unsolved"]


def test_an_overdue_answer_is_urged_by_telephone_and_on_paper() -> None:
    trouble = open_trouble(harm=Harm.INCONVENIENCE)
    pass_time(MONDAY + timedelta(days=1))
    assert thread_of(trouble).state == "missed"
    before = told("seller:S-1").count("urge_on_paper")

    contact.raise_harm(buyer(MONDAY + timedelta(days=1, hours=1)), trouble=trouble, said=SMOKE)

    assert thread_of(trouble).state == "missed"
    assert told("seller:S-1").count("urge_on_paper") == before + 1


def test_closing_days_put_an_answer_off_no_longer() -> None:
    SellerClosing.objects.create(
        seller_ref="S-1",
        first=MONDAY.date() + timedelta(days=1),
        last=MONDAY.date() + timedelta(days=2),
        declared_at=MONDAY - timedelta(days=40),
    )
    trouble = open_trouble(harm=Harm.INCONVENIENCE)
    late = thread_of(trouble).answer_due_at
    assert late is not None
    assert late > MONDAY + timedelta(days=1)

    contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)

    found = Trouble.objects.get(pk=trouble)
    assert found.answer_due_at == thread_of(trouble).answer_due_at == MONDAY + timedelta(days=1, hours=1)
    pass_time(MONDAY + timedelta(days=1, hours=1))
    assert thread_of(trouble).state == "missed"


def test_a_danger_while_the_operator_refunds_lets_no_clock_run_for_an_answer_that_the_seller_owes_no_more() -> (
    None
):
    SellerClosing.objects.create(
        seller_ref="S-1",
        first=MONDAY.date() + timedelta(days=1),
        last=MONDAY.date() + timedelta(days=2),
        declared_at=MONDAY - timedelta(days=40),
    )
    trouble = open_trouble(harm=Harm.INCONVENIENCE)
    contact.request_mediation(buyer(), trouble=trouble)
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    assert "contact.answer" not in running(trouble)

    contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)

    assert "contact.answer" not in running(trouble)


def test_an_answer_that_is_due_earlier_anyway_stays_due_then() -> None:
    trouble = open_trouble(harm=Harm.INCONVENIENCE)
    due = thread_of(trouble).answer_due_at

    contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)

    assert thread_of(trouble).answer_due_at == due


def test_a_call_that_was_put_off_is_due_at_once() -> None:
    trouble = open_trouble(harm=Harm.MONEY)
    pass_time(MONDAY + timedelta(hours=20))
    call = Call.objects.get(trouble=trouble, whom="seller")
    contact.record_call(agent(MONDAY + timedelta(hours=20)), call=call.pk, outcome=Outcome.NO_ANSWER)
    assert Call.objects.filter(whom="seller").latest("pk").not_before > MONDAY + timedelta(hours=21)

    contact.raise_harm(buyer(MONDAY + timedelta(hours=21)), trouble=trouble, said=SMOKE)

    waiting = Call.objects.get(trouble=trouble, closed_at__isnull=True, whom="seller")
    assert (waiting.urgency, waiting.not_before) == (0, MONDAY + timedelta(hours=21))
    assert "contact.recall" not in running(trouble)
    assert "contact.danger_call" in running(trouble)


def test_while_the_operator_refunds_the_seller_is_told_and_not_urged() -> None:
    trouble = mediated()
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
    before = told("seller:S-1").count("urge")

    contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)

    assert told("seller:S-1")[0] == "danger_seller"
    assert told("seller:S-1").count("urge") == before
    assert sellers_calls() == ()
    assert told("agent")[0] == "danger_staff"


def test_a_helper_says_it_with_leave_to_write_only() -> None:
    trouble = open_trouble(harm=Harm.MONEY)
    thread = thread_of(trouble).pk

    def helper(may: May) -> Actor:
        code = contact.let_help(buyer(), thread=thread, name="長女", may=may, days=7)
        presence, _ = contact.come_to_help(code=code, at=MONDAY)
        return Actor(by=presence.who, role=Role.HELPER, at=MONDAY, via="test")

    with pytest.raises(NothingHere):
        contact.raise_harm(helper(May.READ), trouble=trouble, said=SMOKE)
    contact.raise_harm(helper(May.WRITE), trouble=trouble, said=SMOKE)

    assert harm(trouble) == "danger"


@pytest.mark.parametrize("eve", EVES, ids=lambda eve: eve.by)
def test_nobody_else_says_it_and_no_seller(eve: Actor) -> None:
    trouble = open_trouble(harm=Harm.MONEY)

    with pytest.raises(NothingHere):
        contact.raise_harm(eve, trouble=trouble, said=SMOKE)
    with pytest.raises(StepNotYours):
        contact.raise_harm(seller(), trouble=trouble, said=SMOKE)

    assert harm(trouble) == "money"


def test_without_words_or_once_it_has_ended_nothing_is_raised() -> None:
    trouble = open_trouble(harm=Harm.MONEY)
    with pytest.raises(NoWords):
        contact.raise_harm(buyer(), trouble=trouble, said=" ")
    contact.solve(buyer(), trouble=trouble)

    with pytest.raises(StepNotOpen):
        contact.raise_harm(buyer(), trouble=trouble, said=SMOKE)


def test_staff_record_it_by_what_they_know_and_the_buyer_is_told() -> None:
    trouble = open_trouble(harm=Harm.MONEY)
    with pytest.raises(ReasonNeeded):
        contact.note_danger(agent(), trouble=trouble, reason=" ")

    contact.note_danger(agent(), trouble=trouble, reason="同じ商品のリコールを確認")

    assert harm(trouble) == "danger"
    assert told("buyer:B-1")[0] == "danger_buyer"
    assert thread_of(trouble).messages.count() == 1
    assert cases.case_of(about(trouble)).attention == "danger"
    other, counsel = (
        open_trouble(order_ref="O-3"),
        Actor(by="counsel:c", role=Role.COUNSEL, at=MONDAY, via="test"),
    )
    with pytest.raises(StepNotYours):
        contact.note_danger(counsel, trouble=other, reason="x")


def checked() -> str:
    answers = {"amount": "8000", "shop": "店"}
    return contact.check_caller(agent(), number="O-1", channel=Channel.PHONE, answers=answers)


def test_a_lead_lowers_it_with_a_reason_that_both_sides_hear() -> None:
    trouble = open_asked()
    assert Call.objects.get(trouble=trouble, whom="seller").urgency == 0
    with pytest.raises(StepNotYours):
        lowered(trouble, agent())

    lowered(trouble, lead(MONDAY + HOUR))

    assert harm(trouble) == "money"
    assert Call.objects.get(trouble=trouble, whom="seller").urgency == 1
    for party in ("buyer:B-1", "seller:S-1"):
        [notice] = [one for one in outbox.notices(to=party) if one.template == "contact.harm_lowered"]
        assert "商品を確かめ、危険は見つからなかったためです。" in notice.body["ja"]
    said = content(about(trouble))
    assert (said["payload"]["harm_before"], said["reason"]) == ("danger", "検査した")
    contact.raise_harm(buyer(MONDAY + 2 * HOUR), trouble=trouble, said=SMOKE)
    assert harm(trouble) == "danger"


def test_it_is_never_lowered_to_what_is_not_less_and_never_silently() -> None:
    trouble = open_trouble(harm=Harm.MONEY)

    for to in (Harm.MONEY, Harm.DANGER):
        with pytest.raises(HarmNotLower):
            lowered(trouble, lead(), to)
    with pytest.raises(ReasonNeeded):
        contact.lower_harm(
            lead(), trouble=trouble, harm=Harm.INCONVENIENCE, because=LowerBecause.MISREAD, reason=""
        )

    assert harm(trouble) == "money"
    assert [is_lower(Harm.MONEY, than=than) for than in Harm] == [False, False, True]


def test_the_buttons_follow_the_harm() -> None:
    def of(harm: Harm, remedy: RemedyState | None = None, *, in_danger: bool = False) -> Matter:
        return Matter(
            thread=ThreadState.WAITING,
            trouble=TroubleState.OPEN,
            remedy=remedy,
            harm=harm,
            in_danger=in_danger,
        )

    assert Deed.RAISE_HARM in deeds(of(Harm.MONEY), Role.BUYER)
    assert Deed.RAISE_HARM in deeds(of(Harm.MONEY, RemedyState.INSTRUCTED), Role.HELPER)
    assert Deed.RAISE_HARM not in deeds(of(Harm.DANGER, in_danger=True), Role.BUYER)
    assert Deed.RAISE_HARM in deeds(of(Harm.DANGER), Role.BUYER)
    assert Deed.RAISE_HARM not in deeds(of(Harm.MONEY), Role.SELLER)
    assert {Duty.DANGER, Duty.LOWER} <= set(duties(of(Harm.MONEY), Role.LEAD))
    assert {Duty.DANGER} == {Duty.DANGER, Duty.LOWER} & set(duties(of(Harm.MONEY), Role.AGENT))
    assert Duty.LOWER not in duties(of(Harm.INCONVENIENCE), Role.LEAD)
    assert Duty.DANGER not in duties(of(Harm.DANGER, in_danger=True), Role.AGENT)
    assert Duty.LOWER not in duties(of(Harm.DANGER, in_danger=True), Role.LEAD)
    assert Duty.DANGER in duties(of(Harm.DANGER), Role.AGENT)
    assert Duty.DANGER in duties(of(Harm.MONEY, RemedyState.INSTRUCTED), Role.AGENT)
    assert Duty.DANGER not in duties(of(Harm.MONEY), Role.COUNSEL)


def test_words_by_telephone_raise_it_where_that_was_said_and_only_once() -> None:
    trouble = open_trouble(harm=Harm.MONEY)
    check = checked()
    with pytest.raises(NotReadBack):
        contact.take_down(agent(), check=check, said=SMOKE, read_back=False, danger=True)

    contact.take_down(agent(), check=check, said=SMOKE, read_back=True, danger=True)
    contact.take_down(agent(), check=check, said="まだ熱い", read_back=True, danger=True)

    assert harm(trouble) == "danger"
    assert told("agent") == ["danger_staff"]
    kinds = [act.kind for act in ledger.acts_about(about(trouble))]
    assert (kinds.count("contact.raise_harm"), kinds.count("contact.take_down")) == (1, 1)
    assert told("buyer:B-1").count("taken_down") == 2

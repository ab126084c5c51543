"""A buyer is told what may be given and until when something stands against it, and may ask for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox import facts as outbox
from mamori.ground.terms import actions as terms
from mamori.law.settings import REMEDY_CEILING, REMEDY_TIMES
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.remedy import AmountOutOfRange
from mamori.rooms.contact.claiming import KindNotOffered, RemedyHindered
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Remedy
from mamori.rooms.contact.rules.eligibility import Kind
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    content,
    lead,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_two")


def mediated(**values: object) -> int:
    trouble = open_trouble(**values)  # type: ignore[arg-type]
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble


def number_of(trouble: int) -> str:
    known = facts.trouble(trouble)
    assert known is not None
    return known.case


def test_what_the_buyer_asks_for_is_kept_and_put_before_a_person_by_a_clock() -> None:
    trouble = mediated()

    contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.PART, amount=3_000)

    remedy = Remedy.objects.get(trouble=trouble)
    assert (remedy.state, remedy.wish, remedy.wished_amount) == ("considered", "part", 3_000)
    assert "contact.remedy_decision" in {c.kind for c in clocks.open_clocks(f"contact.trouble:{trouble}")}
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "decide-remedy"
    assert content(f"contact.trouble:{trouble}")["payload"]["wish"] == "part"
    [notice] = [n for n in outbox.notices(to="lead") if n.template == "contact.asked"]
    assert "一部の返金" in notice.body["ja"]


def test_asking_again_changes_the_wish_and_does_not_put_the_decision_off() -> None:
    trouble = mediated()
    contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.PART, amount=3_000)
    [due] = [c.due_at for c in clocks.open_clocks(f"contact.trouble:{trouble}") if "decision" in c.kind]

    contact.ask_remedy(buyer(MONDAY + timedelta(hours=5)), trouble=trouble, wish=Kind.REFUND)

    assert Remedy.objects.get(trouble=trouble).wished_amount == 8_000
    [after] = [c.due_at for c in clocks.open_clocks(f"contact.trouble:{trouble}") if "decision" in c.kind]
    assert after == due


def test_a_buyer_who_asked_is_not_silent_so_nothing_lapses_before_the_decision() -> None:
    trouble = open_trouble()
    known = facts.trouble(trouble)
    assert known is not None
    contact.answer(seller(), thread=known.thread, said="仕様です")
    contact.request_mediation(buyer(), trouble=trouble)
    contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.RETURN)

    pass_time(MONDAY + timedelta(days=20))

    after = facts.trouble(trouble)
    assert after is not None
    assert after.state == "overdue"
    assert clocks.next_due(f"contact.trouble:{trouble}") is not None


def test_what_cannot_be_given_is_refused_with_what_can() -> None:
    trouble = mediated(topic=Topic.NOT_ARRIVED)

    with pytest.raises(KindNotOffered) as refused:
        contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.RETURN)
    for amount in (0, 8_001):
        with pytest.raises(AmountOutOfRange):
            contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.PART, amount=amount)

    assert "全額の返金、一部の返金" in refused.value.sentence.ja
    assert not Remedy.objects.exists()


def test_before_its_time_it_is_said_until_when() -> None:
    trouble = open_trouble()

    with pytest.raises(RemedyHindered) as refused:
        contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.REFUND)

    assert "11月17日" in refused.value.sentence.ja


def test_a_buyer_who_had_all_of_a_year_is_told_from_when_it_is_possible_again() -> None:
    terms.set(lead(), setting=REMEDY_TIMES, value=1)
    first, second = mediated(), mediated(order_ref="O-3")
    contact.grant_remedy(agent(), trouble=first, amount=8_000, reason="回答なし")

    with pytest.raises(RemedyHindered) as refused:
        contact.ask_remedy(buyer(), trouble=second, wish=Kind.REFUND)

    assert "2027年11月16日" in refused.value.sentence.ja


def test_once_it_is_decided_there_is_nothing_to_ask_for_and_only_the_buyer_asks() -> None:
    trouble = mediated()
    with pytest.raises(StepNotYours):
        contact.ask_remedy(agent(), trouble=trouble, wish=Kind.REFUND)
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")

    with pytest.raises(StepNotOpen):
        contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.REFUND)


@pytest.mark.parametrize("eve", EVES, ids=lambda h: f"{h.role}-{h.by}")
def test_eve_asks_for_nothing(eve: Actor) -> None:
    trouble = mediated()

    with pytest.raises(NothingHere):
        contact.ask_remedy(eve, trouble=trouble, wish=Kind.REFUND)


@pytest.fixture
def visitor(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def now() -> datetime:
    return datetime.now(UTC)


def test_the_page_says_what_stands_against_it_then_what_is_possible_then_what_was_asked(
    visitor: Client,
) -> None:
    trouble = open_trouble()
    address = f"/threads/{number_of(trouble)}/remedy/"

    early = visitor.get(address).content.decode()
    contact.request_mediation(buyer(), trouble=trouble)
    possible = visitor.get(address).content.decode()
    sent = visitor.post(address, {"wish": "part", "amount": "3,000", "token": "t"}, follow=True)
    shown = sent.content.decode()

    assert "いまは求められません" in early
    assert "この希望を伝える" not in early
    assert "8,000" in possible
    assert "商品を返して返金" in possible
    assert sent.redirect_chain[-1][0] == f"{address}?done=asked"
    assert "ご希望を受け付けました" in shown
    assert "3,000" in shown


def test_a_part_without_an_amount_is_asked_for_again_beside_what_was_chosen(visitor: Client) -> None:
    trouble = mediated()

    answer = visitor.post(f"/threads/{number_of(trouble)}/remedy/", {"wish": "part", "amount": ""})

    assert answer.status_code == 422
    assert "希望する額をご記入ください" in answer.content.decode()
    assert not Remedy.objects.exists()


def test_what_the_limits_refuse_meanwhile_is_said_on_the_page(visitor: Client) -> None:
    trouble = mediated()
    terms.set(lead(), setting=REMEDY_CEILING, value=0)

    answer = visitor.post(f"/threads/{number_of(trouble)}/remedy/", {"wish": "refund"})

    assert answer.status_code == 409
    assert "立替返金を行っていません" in answer.content.decode()


def test_there_is_no_such_page_for_a_question_a_stranger_or_an_ended_trouble(
    visitor: Client, enter: Enter
) -> None:
    trouble, asked = (
        mediated(),
        contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は何ですか"),
    )
    question = facts.thread(asked)
    assert question is not None
    address = f"/threads/{number_of(trouble)}/remedy/"

    stranger = enter(Role.BUYER, "buyer:EVE").get(address)
    of_a_question = visitor.get(f"/threads/{question.case}/remedy/")
    contact.solve(actor("buyer:B-1", Role.BUYER, now()), trouble=trouble)

    assert (stranger.status_code, of_a_question.status_code) == (404, 404)
    assert visitor.get(address)["Location"] == address.removesuffix("remedy/")


def test_staff_see_the_same_list_and_the_wish(enter: Enter) -> None:
    trouble = mediated()
    contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.RETURN)

    page = enter(Role.AGENT).get(f"/desk/cases/{number_of(trouble)}/").content.decode()

    assert "商品を返して返金" in page
    assert "購入者の希望" in page


def test_who_asks_again_before_a_decision_brings_the_lead_no_second_letter() -> None:
    trouble = mediated()

    for amount in (1_000, 2_000, 3_000):
        contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.PART, amount=amount)

    letters = [one for one in outbox.notices(to="lead") if one.template == "contact.asked"]
    assert len(letters) == 1
    assert Remedy.objects.get(trouble=trouble).wished_amount == 3_000


def test_a_link_that_says_something_was_asked_for_has_asked_for_nothing(visitor: Client) -> None:
    page = visitor.get(f"/threads/{number_of(mediated())}/remedy/?done=asked").content.decode()

    assert "ご希望を受け付けました" not in page


def test_a_refund_that_is_on_its_way_is_not_offered_again(visitor: Client) -> None:
    trouble = mediated()
    address = f"/threads/{number_of(trouble)}/"

    before = visitor.get(address).content.decode()
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    after = visitor.get(address).content.decode()

    assert f"{address}remedy/" in before
    assert f"{address}remedy/" not in after

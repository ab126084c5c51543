"""An appeal against a deduction: in time, once, by another person; what is granted goes back to the seller."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.outbox import actions as outbox, facts as told
from mamori.ground.people.models import Account
from mamori.law.breaches import RECOVERY_REFUSED
from mamori.rooms.contact import actions as contacting, facts as contact, tasks as contact_tasks
from mamori.rooms.contact.rules.reasons import DeductBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.enforcement.appeals import actions, matter as appeal_records
from mamori.rooms.enforcement.findings.matter import NotThere
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.models import Appeal, Finding
from mamori.rooms.enforcement.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    counsel,
    lead,
    machine,
    ordered,
    ring,
    seller,
    send,
)
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("shops")
OVERDUE = MONDAY + timedelta(days=3)
DECIDED = OVERDUE + timedelta(hours=1)


def deduct(began: datetime, decided: datetime) -> tuple[int, str]:
    """Let a trouble of 8,000 yen run out of its time, refund it, and decide on the deduction."""
    overdue = decided - timedelta(hours=1)
    buyer = actor("buyer:B-1", Role.BUYER, began)
    trouble = contacting.open_trouble(
        buyer, order_ref="O-1", topic=Topic.BROKEN, harm=Harm.MONEY, said="動きません", centre_may_read=False
    )
    ring(overdue, contact_tasks.RINGS)
    refund = contacting.grant_remedy(agent(overdue), trouble=trouble, amount=8_000, reason="回答なし")
    answered(refund, overdue)
    found = contact.recovery_of(trouble)
    assert found is not None
    contacting.state_view(seller(decided), recovery=found.id, said="違います")
    instruction = contacting.claim(
        lead(decided), recovery=found.id, amount=8_000, because=DeductBecause.NO_ANSWER, reason="記録"
    )
    return found.id, instruction


@laid
def deduction() -> tuple[int, str]:
    """A recovery of 8,000 yen that the lead decided on, and its instruction."""
    return deduct(MONDAY, DECIDED)


@laid
def lately() -> int:
    """The same, deducted a day ago, of an order of a few weeks ago."""
    now = datetime.now(UTC)
    ordered(now - timedelta(days=20))
    recovery, instruction = deduct(now - timedelta(days=12), now - timedelta(days=1))
    answered(instruction, now - timedelta(days=1))
    return recovery


@laid
def recovery(deduction: tuple[int, str]) -> int:
    """The same, once the marketplace has deducted it."""
    answered(deduction[1], DECIDED)
    return deduction[0]


def answered(instruction: str, at: datetime, outcome: str = "confirmed") -> None:
    market.confirm(machine(at), instruction=instruction, outcome=outcome)
    outbox.work(at=at)


def appealed(recovery: int, at: datetime = DECIDED) -> int:
    return actions.appeal_recovery(seller(at), recovery=recovery, said="こちらの責任ではありません")


def reviewed(recovery: int) -> int:
    appeal = appealed(recovery)
    actions.take_appeal(counsel(DECIDED), appeal=appeal)
    return appeal


def decide(appeal: int, outcome: AppealState, amount: int = 0, by: Actor | None = None) -> None:
    actions.decide_appeal(
        by or counsel(DECIDED), appeal=appeal, outcome=outcome, said="理由のとおり", amount=amount
    )


def the(recovery: int) -> contact.RecoveryFact:
    found = contact.recovery(recovery)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("outcome", "amount", "back"),
    [(AppealState.GRANTED, 0, 8_000), (AppealState.PARTLY, 3_000, 3_000), (AppealState.KEPT, 0, 0)],
)
def test_what_is_granted_goes_back_and_no_more(
    recovery: int, outcome: AppealState, amount: int, back: int
) -> None:
    appeal = reviewed(recovery)

    decide(appeal, outcome, amount)

    row = Appeal.objects.get(pk=appeal)
    assert (row.state, row.given_back, the(recovery).back) == (outcome.value, back, back)
    assert "enforcement.appeal_ended" in {n.template for n in told.notices(to="seller:S-1", limit=99)}


def test_a_deduction_that_was_not_made_yet_is_called_back_and_is_no_breach(
    deduction: tuple[int, str],
) -> None:
    recovery, instruction = deduction
    decide(reviewed(recovery), AppealState.GRANTED)

    answered(instruction, DECIDED, "refused")

    assert (the(recovery).state, the(recovery).back_state) == ("borne", "needless")
    assert not Finding.objects.filter(breach=RECOVERY_REFUSED.code).exists()


def test_an_appeal_against_a_deduction_that_failed_ends_by_itself(deduction: tuple[int, str]) -> None:
    recovery, instruction = deduction
    appeal = appealed(recovery)

    answered(instruction, DECIDED, "refused")

    found = Appeal.objects.get(pk=appeal)
    assert (found.state, found.closed_at) == ("reversed", DECIDED)
    heard = [one.template for one in told.notices(to="seller:S-1", limit=50)]
    assert (heard.count("enforcement.appeal_not_deducted"), heard.count("enforcement.appeal_reversed")) == (
        1,
        0,
    )
    assert not clocks.open_clocks(f"enforcement.appeal:{appeal}")
    with pytest.raises(Refusal) as refused:
        appealed(recovery)
    assert refused.value.code == "nothing-deducted"


def test_after_its_time_an_appeal_is_refused_with_the_moment(recovery: int) -> None:
    until = the(recovery).appeal_until
    assert until is not None

    with pytest.raises(Refusal) as refused:
        appealed(recovery, until + timedelta(seconds=1))

    assert refused.value.code == "appeal-too-late"
    assert appealed(recovery, until)


def test_there_is_one_appeal_and_its_outcome_stands(recovery: int) -> None:
    appeal = reviewed(recovery)
    with pytest.raises(Refusal) as while_open:
        appealed(recovery)
    decide(appeal, AppealState.PARTLY, 1_000)

    with pytest.raises(Refusal) as again:
        decide(appeal, AppealState.GRANTED)
    with pytest.raises(Refusal) as after:
        appealed(recovery)

    assert [one.value.code for one in (while_open, again, after)] == [
        "appeal-open",
        "step-not-open",
        "appeal-decided",
    ]
    assert the(recovery).back == 1_000


def test_a_withdrawn_appeal_gives_nothing_back_and_can_be_made_again(recovery: int) -> None:
    actions.withdraw_appeal(seller(DECIDED), appeal=appealed(recovery))

    assert the(recovery).back == 0
    assert appealed(recovery)


def test_who_decided_on_the_deduction_does_not_review_it(recovery: int) -> None:
    Account.objects.create(
        pk=9, email="x@example.jp", name="x", role="counsel", added_at=MONDAY - timedelta(days=60)
    )
    appeal = appealed(recovery)

    with pytest.raises(Refusal) as refused:
        actions.take_appeal(lead(DECIDED), appeal=appeal)

    assert refused.value.code == "another-reviewer"
    actions.take_appeal(actor("counsel:9", Role.COUNSEL, DECIDED), appeal=appeal)
    assert Appeal.objects.get(pk=appeal).reviewer == "staff:9"


def test_who_granted_the_refund_that_is_recovered_does_not_review_the_deduction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mediator = lambda at: actor("lead:5", Role.LEAD, at)  # noqa: E731
    monkeypatch.setattr(f"{__name__}.agent", mediator)
    appeal = appealed(deduct(MONDAY, DECIDED)[0])

    with pytest.raises(Refusal) as refused:
        actions.take_appeal(mediator(DECIDED), appeal=appeal)

    assert refused.value.code == "another-reviewer"


@pytest.mark.parametrize(
    ("outcome", "amount", "code"),
    [
        (AppealState.PARTLY, 0, "part-unsaid"),
        (AppealState.KEPT, 5, "part-unsaid"),
        (AppealState.PARTLY, 8_000, "part-is-all"),
        (AppealState.PARTLY, 8_001, "give-back-too-high"),
    ],
)
def test_a_part_is_named_and_less_than_was_deducted(
    recovery: int, outcome: AppealState, amount: int, code: str
) -> None:
    appeal = reviewed(recovery)

    with pytest.raises(Refusal) as refused:
        decide(appeal, outcome, amount)

    assert refused.value.code == code
    assert (the(recovery).back, Appeal.objects.get(pk=appeal).state) == (0, "review")


@pytest.mark.parametrize("eve", [*EVES, agent(DECIDED), lead(DECIDED), machine(DECIDED)], ids=str)
def test_nobody_but_the_seller_appeals(recovery: int, eve: Actor) -> None:
    with pytest.raises(NotThere):
        actions.appeal_recovery(eve, recovery=recovery, said="違う")

    assert not Appeal.objects.exists()


def test_what_nobody_knows_cannot_be_appealed_against() -> None:
    with pytest.raises(NotThere):
        appealed(404)


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def test_a_seller_appeals_from_the_page_of_the_recovery_or_of_its_notices(lately: int, enter: Enter) -> None:
    number = the(lately).case
    against = f"/seller/appeals/against/{number}/"
    shop = enter(Role.SELLER, "seller:S-1")
    assert f'href="{against}"' in text(shop, f"/seller/recoveries/{number}/")
    assert f'href="{against}"' in text(shop, "/seller/objections/")

    empty = shop.post(against, {"said": " "})
    made = shop.post(against, {"said": "こちらの責任ではありません"})
    again = shop.get(against)

    assert (empty.status_code, made.status_code) == (422, 302)
    assert f'href="{against}"' not in text(shop, "/seller/objections/")
    assert again.headers["Location"] == made.headers["Location"].partition("?")[0]
    assert "売上金からの差し引き（8,000円）" in text(shop, again.headers["Location"])


def test_a_reviewer_finds_it_in_the_list_and_gives_a_part_back(lately: int, enter: Enter) -> None:
    appeal = appealed(lately, datetime.now(UTC))
    desk = enter(Role.COUNSEL, "counsel:3")
    number = appeal_records.number(Appeal.objects.get(pk=appeal))
    assert number in text(desk, "/desk/appeals/")
    take = send(desk, f"/desk/cases/{number}/appeal/take/", {"version": "1"})
    assert take.status_code == 302, take.content.decode()
    path = f"/desk/cases/{number}/appeal/decide/"

    too_much = send(desk, path, {"outcome": "partly", "amount": "9000", "said": "一部"})
    done = send(desk, path, {"outcome": "partly", "amount": "3000", "said": "一部を認めます"})

    assert (too_much.status_code, done.status_code) == (422, 302)
    assert the(lately).back == 3_000
    assert "3,000円" in text(desk, f"/desk/cases/{number}/")
    assert number not in text(desk, "/desk/appeals/")
    shop = enter(Role.SELLER, "seller:S-1")
    assert "3,000円" in text(shop, f"/seller/appeals/{number}/")

"""Money by month adds up to the yen, and a wrong row is named, whichever of rows, log and marketplace it is in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as marketing
from mamori.ground.market.models import Instruction, Order
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import actions as terms
from mamori.law.settings import RECOVERY_CEILING, RECOVERY_ON
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.recovery import ClaimTooHigh
from mamori.rooms.contact.facts import Month, month_named, month_of
from mamori.rooms.contact.models import Recovery, Remedy
from mamori.rooms.contact.rules.reasons import DeductBecause, PartBecause
from mamori.rooms.contact.tests.conftest import (
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
NOVEMBER = Month(2026, 11)
LATER = MONDAY + timedelta(days=1)


def refunded(order_ref: str = "O-1", amount: int = 8_000) -> int:
    trouble = open_trouble(order_ref=order_ref)
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(
        agent(), trouble=trouble, amount=amount, reason="回答なし", because=PartBecause.PART_OF_GOODS
    )
    marketing.confirm(machine(), instruction=refund, outcome="confirmed")
    pass_time(MONDAY)
    return trouble


def recovery_of(trouble: int) -> int:
    found = facts.recovery_of(trouble)
    assert found is not None
    return found.id


def claimed(trouble: int, amount: int) -> str:
    recovery = recovery_of(trouble)
    contact.state_view(seller(), recovery=recovery, said="異議なし")
    return contact.claim(
        lead(), recovery=recovery, amount=amount, because=DeductBecause.NO_ANSWER, reason="x"
    )


def settled(trouble: int, amount: int) -> None:
    marketing.confirm(machine(), instruction=claimed(trouble, amount), outcome="confirmed")
    pass_time(MONDAY)


def wrong(at: datetime = LATER) -> list[str]:
    return [one.about for one in (*facts.disagreements(NOVEMBER, at=at), *facts.unawaited(at=at))]


def test_a_month_is_what_was_recovered_and_borne_and_what_is_open() -> None:
    settled(refunded("O-1"), 5_000)
    refunded("O-2")
    still_open = refunded("O-3", 3_000)
    nothing_yet = facts.money(NOVEMBER)
    claimed(still_open, 2_000)

    after = facts.money(NOVEMBER)

    assert (nothing_yet.open, nothing_yet.claimed) == (3_000, 0)
    assert (after.refunds, after.refunded) == (3, 19_000)
    assert (after.recovered, after.borne, after.open, after.claimed) == (5_000, 11_000, 3_000, 2_000)
    assert after.refunded == after.recovered + after.borne + after.open
    assert wrong() == []
    assert facts.money(Month(2026, 10)).refunded == 0


def test_what_is_on_its_way_is_counted_apart() -> None:
    trouble, back = open_trouble(order_ref="O-1"), open_trouble(order_ref="O-3")
    for one in (trouble, back):
        contact.request_mediation(buyer(), trouble=one)
    contact.grant_remedy(
        agent(), trouble=trouble, amount=7_000, reason="x", because=PartBecause.PART_OF_GOODS
    )
    contact.arrange_return(agent(), trouble=back, amount=6_000, reason="x", because=PartBecause.PART_OF_GOODS)

    fact = facts.money(NOVEMBER)

    assert (fact.refunded, fact.instructed, fact.instructions) == (0, 7_000, 1)
    assert (fact.returning, fact.returns) == (6_000, 1)
    assert wrong() == []


def test_without_recovery_the_operator_bears_it_all() -> None:
    terms.set(lead(), setting=RECOVERY_ON, value=False)
    refunded()

    assert facts.money(NOVEMBER).borne == 8_000


def test_more_than_the_operators_own_ceiling_is_never_recovered() -> None:
    terms.set(lead(), setting=RECOVERY_CEILING, value=5_000)
    trouble = refunded()

    with pytest.raises(ClaimTooHigh) as refused:
        claimed(trouble, 5_001)
    claimed_id = contact.claim(
        lead(), recovery=recovery_of(trouble), amount=5_000, because=DeductBecause.NO_ANSWER, reason="x"
    )

    assert "5,000" in refused.value.sentence.ja
    assert claimed_id


def _more_refunded_than_confirmed(trouble: int) -> None:
    Remedy.objects.filter(trouble=trouble).update(amount=8_001)


def _instruction_changed(trouble: int) -> None:
    ref = Remedy.objects.get(trouble=trouble).instruction
    Instruction.objects.filter(pk=ref).update(amount=7_999)


def _refund_not_on_the_order(trouble: int) -> None:
    Order.objects.filter(pk="O-1").update(refunded_instructed=0)


def _confirmed_and_not_taken_in(trouble: int) -> None:
    Remedy.objects.filter(trouble=trouble).update(instruction="ins_other")


def _recovered_above_the_refund(trouble: int) -> None:
    Recovery.objects.filter(remedy__trouble=trouble).update(amount=8_001, most=8_001)


def _deduction_that_nobody_confirmed(trouble: int) -> None:
    ref = Recovery.objects.get(remedy__trouble=trouble).instruction
    Instruction.objects.filter(pk=ref).update(state="refused")


FAULTS: list[Callable[[int], None]] = [
    _more_refunded_than_confirmed,
    _instruction_changed,
    _refund_not_on_the_order,
    _confirmed_and_not_taken_in,
    _recovered_above_the_refund,
    _deduction_that_nobody_confirmed,
]


@pytest.mark.parametrize("plant", FAULTS, ids=lambda f: f.__name__.strip("_"))
def test_a_wrong_row_is_named_by_the_month(plant: Callable[[int], None]) -> None:
    trouble = refunded()
    settled(trouble, 8_000)
    assert wrong() == []

    plant(trouble)

    assert wrong() != []


def test_a_sum_that_the_log_tells_otherwise_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    refunded()
    acts = facts.disagreements.__globals__["ledger"].acts_of

    def without(abouts: list[str], *, kind: str) -> object:
        return {} if kind == "contact.confirm_remedy" else acts(abouts, kind=kind)

    monkeypatch.setattr("mamori.rooms.contact.money.ledger.acts_of", without)

    assert len(wrong()) == 1


def test_what_was_erased_at_a_persons_wish_still_counts() -> None:
    trouble = refunded()
    sealing.shred(subject="buyer:B-1", at=LATER)

    assert facts.money(NOVEMBER).refunded == 8_000
    assert wrong() == []
    assert trouble


def test_an_instruction_that_nobody_awaits_and_one_that_is_awaited_in_vain_are_named() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
    Remedy.objects.filter(trouble=trouble).update(instruction="ins_other")

    assert sorted(wrong()) == [f"contact.trouble:{trouble}"] * 2
    assert refund


def test_an_answer_that_has_just_come_is_not_yet_a_disagreement() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
    marketing.confirm(machine(), instruction=refund, outcome="confirmed")

    assert wrong(MONDAY + timedelta(minutes=5)) == []
    assert wrong(MONDAY + timedelta(minutes=11)) != []


def test_months_go_by_japans_midnight() -> None:
    first = datetime(2026, 11, 30, 15, tzinfo=UTC)

    assert month_of(first) == Month(2026, 12)
    assert month_of(first - timedelta(seconds=1)) == NOVEMBER
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)
    assert str(NOVEMBER) == "2026-11"
    assert month_named("2026-02", NOVEMBER) == Month(2026, 2)
    for nonsense in ("", "2026-13", "２０２６-11", "2026-1", "x"):
        assert month_named(nonsense, NOVEMBER) == NOVEMBER


def test_a_lead_sees_the_months_and_what_does_not_agree_and_takes_the_table(enter: Enter) -> None:
    trouble = refunded()
    desk = enter(Role.LEAD)
    good = desk.get("/desk/money/?month=2026-11").content.decode()
    Remedy.objects.filter(trouble=trouble).update(amount=8_001)

    bad = desk.get("/desk/money/?month=2026-11").content.decode()
    table = desk.get("/desk/money/?month=2026-11&format=csv&bom=0").content.decode()

    assert "1円まで合っています" in good
    assert "合わない記録があります" in bad
    assert '"2026-11","1","8001","0","0","8001"' in table
    assert enter(Role.AGENT).get("/desk/money/").status_code == 403


def test_a_seller_gets_the_months_statement_as_a_page_and_a_table(enter: Enter) -> None:
    settled(refunded("O-1"), 5_000)
    claimed(refunded("O-3"), 2_000)
    shop = enter(Role.SELLER, "seller:S-1")

    page = shop.get("/seller/statement/?month=2026-11").content.decode()
    table = shop.get("/seller/statement/?month=2026-11&format=csv&bom=0").content.decode()
    others = enter(Role.SELLER, "seller:S-2").get("/seller/statement/?month=2026-11").content.decode()
    empty = shop.get("/seller/statement/?month=2026-10").content.decode()

    assert "<strong>5,000円</strong>" in page
    assert "2,000円" in page
    assert "購入者への回答がなかった" in page
    assert table.count("\n") == 3
    assert '"O-1","8000","5000"' in table
    assert "5,000" not in others
    assert "この月に差し引きはありません" in empty


def test_the_months_are_found_by_index() -> None:
    refunded()
    rows = Remedy.objects.filter(state="done", closed_at__gte=NOVEMBER.since, closed_at__lt=NOVEMBER.until)

    if connection.vendor == "sqlite":
        assert "contact_remedy_closed" in rows.explain()


@pytest.mark.parametrize("path", ["/seller/statement/", "/desk/money/", "/desk/figures/"])
def test_no_month_is_offered_that_has_not_begun(enter: Enter, path: str) -> None:
    who = enter(Role.SELLER, "seller:S-1") if path.startswith("/seller") else enter(Role.LEAD)
    this = month_of(datetime.now(UTC))

    now, before = (who.get(f"{path}?month={month}").content.decode() for month in (this, this.previous))

    assert f"?month={this.previous}" in now
    assert f'href="?month={this.next}"' not in now
    assert f'href="?month={this}"' in before

"""A seller objects to money that waits, and somebody who did not decide on it reads it in time and answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import actions as seal
from mamori.japan.written import NoWords, TooManyWords
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.holds import actions as holds
from mamori.rooms.payouts.matters import objections_of
from mamori.rooms.payouts.models import Objection, Payout
from mamori.rooms.payouts.refusals import (
    AlreadyObjected,
    AnotherAnswers,
    NoObjection,
    NoSuchPayout,
    NotForThisRole,
    NothingWaits,
)
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.tests.conftest import (
    EVES,
    MONDAY,
    STRANGER,
    actor,
    agent,
    ask,
    counsel,
    held,
    lead,
    machine,
    pays_to,
    registered,
    seller,
    settle,
    told,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]
WORDS = "確認書類は先月お送りしました。"


def case() -> cases.CaseFact:
    return cases.case_of("payouts.payout:P-1")


def objected() -> None:
    held()
    holds.object_to_hold(seller(), payout="P-1", said=WORDS)


def test_what_the_seller_says_lies_sealed_is_put_before_a_lead_and_has_a_clock() -> None:
    objected()

    [said] = objections_of(Payout.objects.get())
    assert (said.said, said.answer, said.answered_at) == (WORDS, "", None)
    assert WORDS.encode() not in bytes(Objection.objects.get().said)
    assert case().attention == "objection"
    assert "payouts.objected" in [one.template for one in outbox.notices(to="lead", limit=9)]


def test_it_is_answered_by_a_lead_and_the_seller_is_told_and_reads_it() -> None:
    objected()

    holds.answer_objection(lead(), payout="P-1", said="書類を確かめます。")

    [said] = objections_of(Payout.objects.get())
    assert (said.answer, said.answered_at) == ("書類を確かめます。", MONDAY)
    assert "payouts.objection_answered" in told()
    assert case().attention is None
    with pytest.raises(NoObjection):
        holds.answer_objection(lead(), payout="P-1", said="もう一度")


def test_an_answer_asks_the_gate_again_and_pays_where_the_reason_is_gone() -> None:
    objected()
    put_shop(machine(MONDAY), **registered(verified_at=MONDAY))

    holds.answer_objection(counsel(), payout="P-1", said="確認できました。")

    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE
    assert case().closed_at is not None


def test_who_let_it_stay_does_not_answer_the_objection_against_it() -> None:
    objected()
    holds.review(lead(), payout="P-1", reason="書類待ち")

    with pytest.raises(AnotherAnswers):
        holds.answer_objection(lead(), payout="P-1", said="変わりません。")
    holds.answer_objection(counsel(), payout="P-1", said="書類を確かめます。")


def test_who_refused_the_name_does_not_answer_either_but_where_there_is_nobody_else_they_do() -> None:
    account = pays_to(STRANGER)
    ask()
    accounts.refuse_name(lead(), account=account.pk, reason="別人")
    holds.object_to_hold(seller(), payout="P-1", said=WORDS)
    with pytest.raises(AnotherAnswers):
        holds.answer_objection(lead(), payout="P-1", said="変わりません。")

    holds.review(counsel(), payout="P-1", reason="確かめた")
    holds.answer_objection(lead(), payout="P-1", said="変わりません。")


def test_an_unanswered_objection_is_reminded_of_and_an_answered_one_is_not() -> None:
    objected()
    due = case().next_due_at
    assert due is not None

    settle(MONDAY + timedelta(days=10))
    again = [one.template for one in outbox.notices(to="lead", limit=99)].count("payouts.objected")
    holds.answer_objection(lead(MONDAY + timedelta(days=10)), payout="P-1", said="お待たせしました。")
    holds.remind_objection(machine(), payout="P-1")

    assert again >= 2
    assert [one.template for one in outbox.notices(to="lead", limit=99)].count("payouts.objected") == again


def reminders() -> int:
    return [one.template for one in outbox.notices(to="lead", limit=99)].count("payouts.objected") - 1


def test_an_objection_waits_for_its_answer_by_its_clock_when_counsel_takes_the_money_over_too() -> None:
    held()
    holds.object_to_hold(seller(MONDAY + timedelta(days=58)), payout="P-1", said=WORDS)

    settle(MONDAY + timedelta(days=70))

    assert (facts.payout(machine(), "P-1").state, reminders()) == ("counsel", 1)


def test_an_objection_that_nobody_answered_is_reminded_of_when_the_money_waits_again() -> None:
    objected()
    put_shop(machine(MONDAY), **registered(verified_at=MONDAY))
    settle(MONDAY + timedelta(days=20))
    assert (facts.payout(machine(), "P-1").waits, reminders()) == (0, 0)

    payouts.note_returned(machine(MONDAY + timedelta(days=21)), payout="P-1", why=Text("解約済み", "closed"))
    settle(MONDAY + timedelta(days=21))

    assert case().attention == "objection"
    assert reminders() > 0


def test_once_answered_the_seller_may_object_again_while_it_lasts() -> None:
    objected()
    with pytest.raises(AlreadyObjected):
        holds.object_to_hold(seller(), payout="P-1", said=WORDS)
    holds.answer_objection(lead(), payout="P-1", said="書類を確かめます。")

    holds.object_to_hold(actor("seller:S-1/bob", Role.DELEGATE), payout="P-1", said="もう一度お願いします。")

    assert len(objections_of(Payout.objects.get())) == 2


@pytest.mark.parametrize("who", [agent(), lead(), machine()])
def test_nobody_but_the_seller_and_its_delegate_objects(who: Actor) -> None:
    held()

    with pytest.raises(NotForThisRole):
        holds.object_to_hold(who, payout="P-1", said=WORDS)


@pytest.mark.parametrize("who", EVES)
def test_another_ones_payout_is_not_there(who: Actor) -> None:
    held()

    with pytest.raises(NoSuchPayout):
        holds.object_to_hold(who, payout="P-1", said=WORDS)
    with pytest.raises(NotForThisRole):
        holds.answer_objection(who, payout="P-1", said=WORDS)


def test_an_objection_needs_words_and_something_that_waits() -> None:
    held()
    with pytest.raises(NoWords):
        holds.object_to_hold(seller(), payout="P-1", said="　")
    with pytest.raises(TooManyWords):
        holds.object_to_hold(seller(), payout="P-1", said="あ" * 2_001)

    put_shop(machine(MONDAY), **registered(verified_at=MONDAY))
    settle(MONDAY)
    with pytest.raises(NothingWaits):
        holds.object_to_hold(seller(), payout="P-1", said=WORDS)


def test_of_an_erased_seller_no_words_are_left() -> None:
    objected()
    seal.shred(subject="seller:S-1", at=MONDAY)

    [said] = objections_of(Payout.objects.get())
    assert said.said == ""


def test_what_waits_can_be_objected_to_until_it_is_and_again_once_it_was_answered() -> None:
    held()
    [can] = facts.objections("S-1", at=MONDAY)
    holds.object_to_hold(seller(), payout="P-1", said=WORDS)
    [made] = facts.objections("S-1", at=MONDAY)
    holds.answer_objection(lead(), payout="P-1", said="確かめました。")
    again, answered = facts.objections("S-1", at=MONDAY)

    assert (can.stands, can.path, again.path) == (None, "/seller/payouts/?object=P-1", can.path)
    assert made.stands is not None
    assert made.stands.ja == "別の責任者が読んでいる"
    assert answered.stands is not None
    assert answered.stands.ja == "返事が届いている"
    assert facts.objections("S-2", at=MONDAY) == ()


def test_the_seller_objects_on_its_page_once_however_often_it_presses(enter: Callable[..., Client]) -> None:
    held()
    client = enter(Role.SELLER, "seller:S-1")

    assert "異議を申し出る" in client.get("/seller/payouts/").content.decode()
    for _ in range(2):
        sent = client.post("/seller/payouts/?object=P-1", {"said": WORDS})
        assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()

    assert Objection.objects.count() == 1
    assert WORDS in page
    assert client.post("/seller/payouts/?object=P-1", {"said": ""}).status_code == 422
    assert enter(Role.SELLER, "seller:EVE").get("/seller/payouts/?object=P-1").status_code == 404


def test_a_lead_reads_it_on_the_case_and_answers(enter: Callable[..., Client]) -> None:
    objected()
    client = enter(Role.LEAD)
    path = f"/desk/cases/{case().number}/"

    assert WORDS in client.get(path).content.decode()
    assert client.get(f"{path}payouts/answer/").status_code == 200
    done = client.post(f"{path}payouts/answer/", {"said": "書類を確かめます。"})

    assert done.status_code == 302
    assert "書類を確かめます。" in client.get(path).content.decode()
    assert "書類を確かめます。" in enter(Role.SELLER, "seller:S-1").get("/seller/payouts/").content.decode()

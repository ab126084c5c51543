"""What the marketplace will not do reads so to staff, with its own words, and not as ordered; sellers do not read its words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.ledger.models import Act
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.models import Instruction
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as seal
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import MONDAY, answer, decided, lead, machine, seller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
NOTE = "倉庫の都合で非表示にできません（担当：佐藤）"


def refuse(measure: Measure, instruction: str = "", note: str = NOTE) -> None:
    market.confirm(
        machine(MONDAY), instruction=instruction or measure.instruction, outcome="refused", note=note
    )
    outbox.work(at=MONDAY)


def stands(measure: Measure) -> str:
    found = facts.measure(measure.pk)
    assert found is not None
    return found.stands.ja


def page_of(enter: Enter, measure: Measure) -> str:
    number = cases.case_of(f"enforcement.finding:{measure.finding_id}").number
    return enter(Role.LEAD).get(f"/desk/cases/{number}/").content.decode()


def test_a_measure_that_the_marketplace_refused_reads_so_and_its_words_reach_staff(enter: Enter) -> None:
    measure = decided()
    before = stands(measure)

    refuse(measure)

    assert before == "通販サイトに指示した、確認待ち"
    assert stands(measure) == "通販サイトが実行できないと答えた、どうするかを決め直す"
    page = page_of(enter, measure)
    assert NOTE in page
    assert "通販サイトに指示した、確認待ち" not in page


def test_a_measure_that_is_ordered_again_reads_as_ordered_again(enter: Enter) -> None:
    measure = decided()
    refuse(measure)

    standing.order_again(lead(), measure=measure.pk)

    assert stands(measure) == "通販サイトに指示した、確認待ち"
    assert NOTE not in page_of(enter, measure)


def test_a_lifting_that_the_marketplace_refused_reads_so(enter: Enter) -> None:
    measure = decided()
    answer(measure.instruction)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    measure.refresh_from_db()

    refuse(measure, measure.undoing)

    assert stands(measure).startswith("通販サイトが解除できないと答えた、どうするかを決め直す")
    assert NOTE in page_of(enter, measure)


def test_a_refusal_that_is_heard_once_more_when_the_measure_is_over_changes_nothing() -> None:
    measure = decided()
    refuse(measure)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    measure.refresh_from_db()
    before, acts = stands(measure), Act.objects.count()

    standing.hear_refused(machine(), instruction=measure.instruction)

    assert measure.closed_at is not None
    assert (stands(measure), Act.objects.count()) == (before, acts)


def test_the_seller_does_not_read_the_marketplaces_words() -> None:
    measure = decided()
    refuse(measure)
    number = cases.case_of(f"enforcement.finding:{measure.finding_id}").number

    [shown] = matter_of(seller(MONDAY + timedelta(hours=1)), number).measures

    assert shown.refused_because == ""


def test_the_words_lie_sealed_and_go_with_the_sellers_key() -> None:
    measure = decided()
    refuse(measure)

    row = Instruction.objects.get(pk=measure.instruction)
    assert row.note is not None
    assert NOTE.encode() not in bytes(row.note)
    assert market_facts.refused_because([measure.instruction]) == NOTE
    seal.shred(subject="seller:S-1", at=MONDAY)
    assert market_facts.refused_because([measure.instruction]) == ""


def test_an_answer_without_words_keeps_none(enter: Enter) -> None:
    measure = decided()

    refuse(measure, note=" ")

    assert Instruction.objects.get(pk=measure.instruction).note is None
    assert "通販サイトの返事" not in page_of(enter, measure)

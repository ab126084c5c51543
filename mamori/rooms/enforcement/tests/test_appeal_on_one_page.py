"""An appeal is decided on one page: the first decision, what it rests on, what was said, what came before, and the form."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import actions as ledger
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.appeals.actions import GrantedPart
from mamori.rooms.enforcement.appeals.queries import first_decision
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Appeal, Measure, Strike
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import actor, answer, counsel, decided, heard, lead, seller, wish

pytestmark = pytest.mark.usefixtures("shops")

IN_VIEW = (
    "返品の条件が表示されていない。",  # what was alleged
    "直します",  # the seller's view before the decision
    "違います",  # what it says in its appeal
    "記録のとおり",  # why it was decided, in the words of who decided
    "出品者に伝えた理由",  # the statement as it was given
    "適用した基準",  # the row of the policy that fired
    "現在の違反点数",  # what came before
)
GRANT = {"outcome": "granted", "said": "誤りでした"}


def now() -> datetime:
    return datetime.now(UTC)


def appealed(measure: str = "listing-hidden", days: int = 14) -> int:
    made = decided(measure, days, at=now())
    answer(made.instruction, at=now()) if made.instruction else None
    return appeals.appeal(seller(now()), measure=made.pk, said="違います")


def page_of(appeal: int) -> str:
    return f"/desk/cases/{cases.case_of(f'enforcement.appeal:{appeal}').number}/"


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def sent(client: Client, page: str, path: str, given: dict[str, str]) -> tuple[int, str]:
    """Fill in the form that the page holds for the address, as a browser does, and send it there."""
    [form] = re.findall(rf'<form method="post" action="{path}".*?</form>', page, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(token|version)" value="([^"]*)"', form))
    answered = client.post(path, hidden | given)
    return answered.status_code, answered.content.decode()


def test_a_reviewer_takes_and_decides_an_appeal_on_its_page(enter: Enter) -> None:
    desk, page = enter(Role.COUNSEL), page_of(appeal := appealed())
    opened = text(desk, page)

    assert all(words in opened for words in IN_VIEW)
    assert f'action="{page}appeal/decide/"' not in opened
    assert sent(desk, opened, f"{page}appeal/take/", {})[0] == 302
    taken = text(desk, page)
    assert sent(desk, taken, f"{page}appeal/decide/", GRANT)[0] == 302

    assert Appeal.objects.get(pk=appeal).state == "granted"


def test_what_is_wrong_with_a_decision_comes_back_with_all_of_the_appeal_beside_it(enter: Enter) -> None:
    desk, page = enter(Role.COUNSEL), page_of(appealed())
    assert sent(desk, text(desk, page), f"{page}appeal/take/", {})[0] == 302

    status, again = sent(desk, text(desk, page), f"{page}appeal/decide/", GRANT | {"said": ""})

    assert status == 422
    assert "何も書かれていません。" in again
    assert all(words in again for words in IN_VIEW)


def test_fields_of_the_forms_on_one_page_have_names_of_their_own(enter: Enter) -> None:
    desk, page = enter(Role.COUNSEL), page_of(appealed())
    assert sent(desk, text(desk, page), f"{page}appeal/take/", {})[0] == 302

    ids = re.findall(r' id="([^"]+)"', text(desk, page))

    assert len(ids) == len(set(ids))


def test_a_finding_stands_beside_each_decision_on_it(enter: Enter) -> None:
    measure = decided(at=now())
    page = f"/desk/cases/{cases.case_of(f'enforcement.finding:{measure.finding_id}').number}/"

    beside = text(enter(Role.LEAD), f"{page}enforcement/{measure.pk}/lift/")

    assert "返品の条件が表示されていない。" in beside
    assert "直します" in beside
    assert f'href="{page}enforcement/{measure.pk}/statement.json"' in beside


def test_who_approved_is_named_and_what_the_row_answers_is_said() -> None:
    appeal = appealed("suspended", 30)

    first = {title.ja: told.ja for title, told in first_decision(appeal).rows}

    assert first["適用した基準"].startswith("はじめからある基準・行")
    assert first["決めた人"].startswith("担当者・")
    assert first["承認した人"] == "担当者"


def test_without_the_sellers_key_what_was_decided_is_still_named() -> None:
    appeal = appealed()
    ledger.shred(lead(now()), subject="seller:S-1", reason="退店")

    first = first_decision(appeal)

    assert first.statement is None
    assert first.rows


@pytest.mark.parametrize(
    ("role", "who"), [(Role.AGENT, ""), (Role.SELLER, "seller:S-1"), (Role.BUYER, "buyer:B-1")]
)
def test_nobody_but_who_may_decide_is_offered_it_and_only_staff_see_the_first_decision(
    enter: Enter, role: Role, who: str
) -> None:
    page = page_of(appealed())
    other = enter(role, who) if who else enter(role)

    opened = other.get(page)

    assert "appeal/take/" not in opened.content.decode()
    assert (opened.status_code == 200) is (role is Role.AGENT)
    assert other.get(f"{page}appeal/take/").status_code == 403


@pytest.mark.parametrize("is_over", [False, True])
def test_no_points_go_of_what_came_beside_a_measure_that_has_them(is_over: bool, enter: Enter) -> None:
    desk, finding = enter(Role.COUNSEL), heard(now(), breach="counterfeit", severity=Severity.GRAVE)
    both = wish("listing-removed", 0, beside="suspended", beside_days=30)
    deciding.approve(counsel(now()), measure=deciding.decide(lead(now()), finding=finding, wish=both))
    beside = Measure.objects.get(kind="suspended")
    appeal = appeals.appeal(seller(now()), measure=beside.pk, said="点数が重い")
    if is_over:
        standing.lift(lead(now()), measure=beside.pk, because=Ended.REVIEWED, reason="もうよい")
    assert sent(desk, text(desk, page_of(appeal)), f"{page_of(appeal)}appeal/take/", {})[0] == 302
    reviewer = actor(Appeal.objects.get(pk=appeal).reviewer.replace("staff", "counsel"), Role.COUNSEL, now())

    with pytest.raises(Refusal) as refused:
        appeals.decide_appeal(
            reviewer, appeal=appeal, outcome=AppealState.PARTLY, said="重い", part=GrantedPart.POINTS
        )

    assert (refused.value.code, Appeal.objects.get(pk=appeal).state) == ("points-elsewhere", "review")
    assert "点数は「商品の削除」に付いています" in refused.value.sentence.ja
    page = text(desk, page_of(appeal))
    assert "partly/points" not in page
    assert ("partly/measure" in page) is not is_over


def test_points_that_count_no_longer_cannot_go_once_more(enter: Enter) -> None:
    desk, page = enter(Role.COUNSEL), page_of(appeal := appealed())
    assert sent(desk, text(desk, page), f"{page}appeal/take/", {})[0] == 302
    Strike.objects.update(ended_at=now())
    reviewer = actor(Appeal.objects.get(pk=appeal).reviewer.replace("staff", "counsel"), Role.COUNSEL, now())

    with pytest.raises(Refusal) as refused:
        appeals.decide_appeal(
            reviewer, appeal=appeal, outcome=AppealState.PARTLY, said="重い", part=GrantedPart.POINTS
        )

    assert "この決定で数えている点数はありません" in refused.value.sentence.ja

"""What a page says was just done is in the record as this reader's own newest deed, whatever its address claims."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.appeals.views import DECISIONS as OF_APPEALS, DONE as APPEALS
from mamori.rooms.enforcement.findings.decisions import DONE, OF_FINDINGS
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.policy.views import DECISIONS as OF_POLICY
from mamori.rooms.enforcement.tests.conftest import asked, decided, find, heard, lead, seller, sends
from mamori.rooms.enforcement.views import DONE as SELLER

pytestmark = pytest.mark.usefixtures("shops")
DECISIONS: dict[str, object] = DONE | {one.slug: one.done for one in OF_FINDINGS}
REVIEWS: dict[str, object] = {one.slug: one.done for one in OF_APPEALS}
POLICY: dict[str, object] = {one.slug: one.done for one in OF_POLICY}
BANNER = 'class="banner success"'


def now() -> datetime:
    return datetime.now(UTC)


def number(finding: int) -> str:
    return cases.case_of(f"enforcement.finding:{finding}").number


def body(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def a_case() -> str:
    return f"/desk/cases/{number(find(now()))}/"


def an_appeal() -> str:
    appeal = appeals.appeal(seller(now()), measure=decided("notice", 0, at=now()).pk, said="違います")
    return cases.case_of(f"enforcement.appeal:{appeal}").number


@pytest.mark.parametrize(
    ("codes", "role", "whose", "place"),
    [
        (DECISIONS, Role.LEAD, "", a_case),
        (REVIEWS, Role.LEAD, "", lambda: f"/desk/cases/{an_appeal()}/"),
        (APPEALS, Role.DELEGATE, "seller:S-1/7", lambda: f"/seller/appeals/{an_appeal()}/"),
        (SELLER, Role.DELEGATE, "seller:S-1/7", lambda: f"/seller/measures/{number(heard(now()))}/"),
        (POLICY, Role.LEAD, "", lambda: "/desk/policy/0/"),
    ],
    ids=["decisions", "reviews", "appeals", "seller", "policy"],
)
def test_an_address_claims_in_vain_what_its_reader_has_not_done(
    enter: Enter, codes: dict[str, object], role: Role, whose: str, place: Callable[[], str]
) -> None:
    path = place()
    reader = enter(role, *([whose] if whose else []))

    claimed = [code for code in codes if BANNER in body(reader, f"{path}?done={code}&row=8")]

    assert codes
    assert claimed == []


def test_a_measure_that_waits_for_a_second_person_is_said_to_be_proposed_only(enter: Enter) -> None:
    finding = heard(now())
    desk, case = enter(Role.LEAD), f"/desk/cases/{number(finding)}/"
    pages = {
        "measure": {"measure": "suspended"},
        "days": {"days": "30"},
        "other": {"other": "被害が続いているため。"},
        "ground": {"ground": ""},
        "reason": {"reason": "重い"},
    }

    led = sends(desk, asked(desk, f"{case}enforcement/decide/", pages))
    page = body(desk, led.headers["Location"])

    assert "措置を提案しました" in page
    assert "措置を決め、出品者に理由を知らせました" not in page
    assert BANNER not in body(desk, f"{case}?done=dismiss")


def test_what_somebody_else_did_is_not_said_to_be_mine(enter: Enter) -> None:
    finding = heard(now())
    standing.note_cured(lead(now()), finding=finding, reason="確かめた")

    assert BANNER not in body(enter(Role.LEAD), f"/desk/cases/{number(finding)}/?done=cured")

"""A seller finds in one place all that it can object to, until when, and how stands what it has objected to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from conftest import Enter
from mamori.doors.seller.pages import gathered
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.law.display import DisplayItem
from mamori.rooms.display.lifecycle import RequestState
from mamori.rooms.display.queries import objections as displays
from mamori.rooms.display.requests.queries import RequestShown
from mamori.rooms.enforcement.appeals import actions
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.tests.conftest import (
    decided,
    seller,
    shops,  # noqa: F401
)

pytestmark = pytest.mark.usefixtures("shops")


def now() -> datetime:
    return datetime.now(UTC)


def test_a_measure_stands_there_with_its_last_day_until_it_was_appealed_against(enter: Enter) -> None:
    measure = decided(at=now())
    [open_] = gathered("S-1", now())
    page = enter(Role.SELLER, "seller:S-1").get("/seller/objections/").content.decode()

    assert (open_.stands, open_.until) == (None, measure.appeal_until)
    assert f'href="{open_.path}"' in page
    assert enter(Role.SELLER, "seller:S-1").get(open_.path).status_code == 200

    appeal = actions.appeal(seller(now()), measure=measure.pk, said="違います")

    [made] = gathered("S-1", now())
    assert made.stands is not None
    assert made.path == f"/seller/appeals/{cases.case_of(f'enforcement.appeal:{appeal}').number}/"
    assert made.path in enter(Role.DELEGATE, "seller:S-1/hana").get("/seller/objections/").content.decode()


def test_what_is_out_of_time_and_what_is_others_is_not_there(enter: Enter) -> None:
    measure = decided(at=now())

    assert gathered("S-2", now()) == ()
    assert (
        "いま異議を申し出られるものはありません"
        in enter(Role.SELLER, "seller:S-2").get("/seller/objections/").content.decode()
    )
    Measure.objects.filter(pk=measure.pk).update(appeal_until=now())
    assert gathered("S-1", now()) == ()


def test_a_hold_can_be_objected_to_as_long_as_it_lasts() -> None:
    measure = decided("payout-held", 30, at=now())
    Measure.objects.filter(pk=measure.pk).update(appeal_until=now())

    [open_] = gathered("S-1", now())

    assert open_.until is None


@pytest.mark.parametrize("role", [Role.BUYER, Role.AGENT, Role.LEAD, Role.COUNSEL])
def test_nobody_else_opens_it(enter: Enter, role: Role) -> None:
    who = enter(role, "buyer:B-1") if role is Role.BUYER else enter(role)

    assert who.get("/seller/objections/").status_code == 403


def test_of_requests_those_that_wait_and_those_that_were_referred_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def one(number: int, state: RequestState, reason: str) -> RequestShown:
        return RequestShown(
            number=number, seller_ref="S-1", shop="", buyer_ref="B-1", state=state, items=(DisplayItem.PHONE,),
            awaited=(), asked_at=now(), due=now(), closed_at=None, given={}, reason=reason, is_erased=False,
        )  # fmt: skip

    found = (
        one(1, RequestState.ASKED, ""),
        one(2, RequestState.REFERRED, "家に人がいる"),
        one(3, RequestState.GIVEN, ""),
    )
    monkeypatch.setattr(displays, "of_seller", lambda ref: found)

    can, made = displays.objections("S-1", at=now())

    assert can.path == "/seller/display/requests/1/refer/"
    assert (can.stands, can.until) == (None, None), "its day is past, and it can still be referred"
    assert made.path == "/seller/display/requests/?of=2"
    assert made.stands is not None

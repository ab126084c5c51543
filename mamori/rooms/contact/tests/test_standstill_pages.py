"""The pages of clocks that stand still: closing days for sellers, chosen cases for those who answer for it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact.models import SellerClosing, Standstill
from mamori.rooms.contact.tests.conftest import open_trouble

pytestmark = pytest.mark.usefixtures("market_of_today")
SOON = datetime.now(JAPAN).date() + timedelta(days=10)


def a_case(order: str = "O-1") -> str:
    return cases.case_of(f"contact.trouble:{open_trouble(datetime.now(UTC), order_ref=order)}").number


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("year", "month", "day")}


def test_a_seller_declares_a_single_day_and_takes_it_back(enter: Enter) -> None:
    shop = enter(Role.SELLER, "seller:S-1")

    sent = shop.post("/seller/closing/", boxes("first", SOON))
    page = shop.get(sent["Location"]).content.decode()
    row = SellerClosing.objects.get()
    back = shop.post("/seller/closing/", {"withdraw": str(row.pk)})

    assert (row.first, row.last) == (SOON, SOON)
    assert f"{SOON.month}月{SOON.day}日" in page
    assert "休業日を取り消しました" in shop.get(back["Location"]).content.decode()
    assert "知らせてある休みはありません" in shop.get("/seller/closing/").content.decode()


def test_who_declares_too_late_is_told_that_the_day_counts(enter: Enter) -> None:
    shop, today = enter(Role.SELLER, "seller:S-1"), datetime.now(JAPAN).date()

    late = shop.post("/seller/closing/", boxes("first", today) | boxes("last", today + timedelta(days=2)))
    early = shop.post("/seller/closing/", boxes("first", SOON))

    assert "期限（休む日の1日前まで）を過ぎている日は" in shop.get(late["Location"]).content.decode()
    assert "過ぎている日は" not in shop.get(early["Location"]).content.decode()


def test_a_link_that_says_that_days_were_declared_has_declared_none(enter: Enter) -> None:
    page = enter(Role.SELLER, "seller:S-1").get("/seller/closing/?done=declared").content.decode()

    assert "休業日を記録しました" not in page


def test_days_that_follow_each_other_are_one_stretch_and_go_together(enter: Enter) -> None:
    shop, day = enter(Role.SELLER, "seller:S-1"), timedelta(days=1)
    for first, last in ((2, 2), (0, 0), (1, 1), (1, 3), (6, 7)):
        given = boxes("first", SOON + first * day) | boxes("last", SOON + last * day)
        shop.post("/seller/closing/", given)

    page = shop.get("/seller/closing/").content.decode()
    stretches = re.findall(r'name="withdraw" value="([0-9,]+)"', page)
    back = shop.post("/seller/closing/", {"withdraw": stretches[0]})
    again = shop.post("/seller/closing/", {"withdraw": stretches[0]})

    assert [stretch.count(",") for stretch in stretches] == [3, 0]
    assert page.count(f"{(SOON + 3 * day).day}日（") >= 1
    assert "から" in page
    assert back.status_code == 302
    assert again.status_code == 404
    assert SellerClosing.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_stretch_with_somebody_elses_days_in_it_is_not_taken_back(enter: Enter) -> None:
    enter(Role.SELLER, "seller:S-2").post("/seller/closing/", boxes("first", SOON))
    shop = enter(Role.SELLER, "seller:S-1")
    shop.post("/seller/closing/", boxes("first", SOON))
    both = ",".join(str(row.pk) for row in SellerClosing.objects.order_by("-seller_ref"))

    answer = shop.post("/seller/closing/", {"withdraw": both})

    assert answer.status_code == 404
    assert SellerClosing.objects.filter(withdrawn_at__isnull=True).count() == 2


def test_the_page_says_that_a_long_holiday_does_not_keep_a_buyer_waiting(enter: Enter) -> None:
    page = enter(Role.SELLER, "seller:S-1").get("/seller/closing/").content.decode()

    assert "解決の期限の12時間前より遅くはなりません" in page


def test_days_that_run_backwards_are_answered_on_the_page(enter: Enter) -> None:
    shop = enter(Role.SELLER, "seller:S-1")

    answer = shop.post("/seller/closing/", boxes("first", SOON) | boxes("last", SOON - timedelta(days=1)))
    nonsense = shop.post("/seller/closing/", {"withdraw": "1 or 1"})

    assert answer.status_code == 422
    assert "始まりの日から順に" in answer.content.decode()
    assert nonsense.status_code == 404


def test_another_shop_cannot_take_it_back(enter: Enter) -> None:
    enter(Role.SELLER, "seller:S-1").post("/seller/closing/", boxes("first", SOON))

    answer = enter(Role.SELLER, "seller:S-2").post(
        "/seller/closing/", {"withdraw": str(SellerClosing.objects.get().pk)}
    )

    assert answer.status_code == 404
    assert SellerClosing.objects.get().withdrawn_at is None


def test_a_lead_lets_cases_stand_still_and_names_an_earlier_day(enter: Enter) -> None:
    desk, number = enter(Role.LEAD), a_case()
    form = {"cases": f" {number} ", "cause": "carrier", "reason": "集荷の停止"}

    sent = desk.post("/desk/suspensions/", form | boxes("until", SOON))
    page = desk.get(sent["Location"]).content.decode()
    case = desk.get(f"/desk/cases/{number}/").content.decode()
    again = desk.get(f"/desk/suspensions/?cases={number}").content.decode()
    desk.post("/desk/suspensions/", form | boxes("until", SOON - timedelta(days=3)))

    assert "配送が止まっているため" in page
    assert f"/desk/cases/{number}/" in page
    assert f"?cases={number}#new" in page
    assert "案件の期限を止めた" in case
    assert f"{number}</textarea>" in again
    assert Standstill.objects.get().until.astimezone(JAPAN).date() == SOON - timedelta(days=2)


def test_cases_of_one_cause_and_day_stand_together_and_the_first_to_run_on_first(enter: Enter) -> None:
    desk, one, two = enter(Role.COUNSEL), a_case(), a_case("O-2")
    form = {"cause": "disaster", "reason": "大雪"}

    desk.post("/desk/suspensions/", form | {"cases": f"{one}, {two}"} | boxes("until", SOON))
    page = desk.get("/desk/suspensions/").content.decode()

    assert f"?cases={one}+{two}" in page
    assert page.count("災害のため</strong>") == 1


def test_what_cannot_stand_still_is_answered_beside_what_was_typed(enter: Enter) -> None:
    desk, number = enter(Role.LEAD), a_case()
    form = {"cases": number, "cause": "disaster", "reason": "台風"}

    past = desk.post("/desk/suspensions/", form | boxes("until", SOON - timedelta(days=20)))
    none = desk.post("/desk/suspensions/", form | {"cases": "123"} | boxes("until", SOON))

    assert (past.status_code, none.status_code) == (422, 422)
    assert "止める最後の日は今日から30日後まで" in past.content.decode()
    assert "受付番号として読み取れません" in none.content.decode()
    assert "台風</textarea>" in none.content.decode()
    assert not Standstill.objects.exists()


def test_the_same_form_twice_is_told_once(enter: Enter) -> None:
    desk, number = enter(Role.LEAD), a_case()
    form = {
        "cases": number,
        "cause": "disaster",
        "reason": "台風",
        "token": "7f6f5f0e-5d1c-4c50-8f6e-1d3b8f1b2a11",
    }

    first, second = (desk.post("/desk/suspensions/", form | boxes("until", SOON)) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert sorted(one.to for one in outbox.notices() if one.template == "contact.stands_still") == [
        "buyer:B-1",
        "seller:S-1",
    ]

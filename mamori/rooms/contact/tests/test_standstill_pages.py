"""The pages of clocks that stand still: closing days for sellers, disasters for those who answer for it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact.models import SellerClosing, Suspension

pytestmark = pytest.mark.usefixtures("market_of_today")
SOON = datetime.now(JAPAN).date() + timedelta(days=10)


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


FORM = {"areas": ["17", "16"], "cause": "earthquake", "clock": "０時", "reason": "大きな地震"}


def test_a_lead_lets_a_region_stand_still_and_lifts_it(enter: Enter) -> None:
    desk, today = enter(Role.LEAD), datetime.now(JAPAN).date()

    sent = desk.post("/desk/suspensions/", FORM | boxes("day", today))
    page = desk.get(sent["Location"]).content.decode()
    one = Suspension.objects.get()
    lifting = f"/desk/suspensions/{one.pk}/lift/"
    asked = desk.get(lifting).content.decode()
    lifted = desk.post(lifting, {"reason": "落ち着いた"})

    assert (one.areas, one.with_resolution) == ("16,17", False)
    assert one.began_at.astimezone(JAPAN).date() == today
    assert "地震・津波のため（富山県・石川県）" in page
    assert "地震・津波のため" in asked
    assert lifted.status_code == 302
    assert Suspension.objects.get().ended_at is not None
    assert desk.get(lifting)["Location"] == "/desk/suspensions/"
    late = desk.post(lifting, {"reason": "もう一度"})
    assert late.status_code == 409
    assert "もう一度</textarea>" in late.content.decode()
    assert "停止は解除されました" in late.content.decode()


def test_what_is_missing_or_lies_ahead_is_answered_on_the_page(enter: Enter) -> None:
    desk, tomorrow = enter(Role.LEAD), datetime.now(JAPAN).date() + timedelta(days=1)

    ahead = desk.post("/desk/suspensions/", FORM | boxes("day", tomorrow))
    bad = desk.post("/desk/suspensions/", FORM | {"clock": "25:00"} | boxes("day", tomorrow))

    assert (ahead.status_code, bad.status_code) == (422, 422)
    assert "7日前まで" in ahead.content.decode()
    assert "9:30 のように" in bad.content.decode()
    assert not Suspension.objects.exists()


def test_the_same_form_twice_lets_a_region_stand_still_once(enter: Enter) -> None:
    desk, today = enter(Role.COUNSEL), datetime.now(JAPAN).date()
    form = FORM | boxes("day", today) | {"token": "7f6f5f0e-5d1c-4c50-8f6e-1d3b8f1b2a11"}

    first, second = desk.post("/desk/suspensions/", form), desk.post("/desk/suspensions/", form)

    assert first["Location"] == second["Location"]
    assert Suspension.objects.count() == 1
    assert Suspension.objects.get().began_at <= datetime.now(UTC)

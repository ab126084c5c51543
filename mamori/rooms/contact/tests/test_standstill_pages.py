"""The pages of clocks that stand still: closing days for sellers, disasters for those who answer for it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact.models import SellerClosing, Suspension

pytestmark = pytest.mark.usefixtures("market_of_two")
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
    assert desk.get(lifting).status_code == 404


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

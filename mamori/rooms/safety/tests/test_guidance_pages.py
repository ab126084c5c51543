"""Staff see whom guidance on safe use reached, and choose; a buyer reads it, says so, and turns off what is no safety."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.law.guidance import GUIDANCE, WHY_KEPT, GoodsKind
from mamori.rooms.safety.guidance import actions
from mamori.rooms.safety.models import GuidanceCategory, GuidanceOff, GuidanceRound, GuidanceTold
from mamori.rooms.safety.tests.happened import market_day  # noqa: F401
from mamori.site.pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
NEWS = {"kind": "battery", "news_ja": "同じ電池から煙が出ました。", "news_en": "Such a battery smoked."}


@pytest.fixture
def staff(enter: Enter) -> Client:
    return enter(Role.LEAD, "lead:2")


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@pytest.fixture
def told() -> dict[str, GuidanceTold]:
    now = datetime.now(UTC)
    actor = Actor(by="agent:1", role=Role.AGENT, at=now, via="test")
    number = actions.write_news(actor, kind=GoodsKind.BATTERY, news_ja="煙です。", news_en="Smoke.")
    common = {"round_id": number, "buyer_ref": "B-1", "order_ref": "O-1", "told_at": now}
    return {kind: GuidanceTold.objects.create(kind=kind, **common) for kind in ("battery", "clothes")}


def page(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def press(client: Client, path: str, **given: Any) -> str:
    context = client.get(path).context
    known = {"version": context["form"].initial.get("version", 0), "token": context["token"]}
    return client.post(path, known | given, follow=True).content.decode()


def test_everybody_reads_how_goods_of_each_kind_are_used_safely(client: Client) -> None:
    shown = page(client, "/safe-use/")

    assert all(f'id="{kind}"' in shown and one.advice.ja in shown for kind, one in GUIDANCE.items())
    assert "/safe-use/" in page(client, "/guide/")
    assert "Power banks" in page(client, "/safe-use/", **{"accept-language": "en"})


def test_a_buyer_reads_it_says_so_and_turns_off_what_is_no_safety(
    buyer: Client, told: dict[str, GuidanceTold]
) -> None:
    battery, clothes = (f"/safe-use/mine/{told[kind].pk}/" for kind in ("battery", "clothes"))
    assert page_of("buyer:B-1", actions.about(told["battery"].round_id)) == "/safe-use/mine/"
    assert battery in page(buyer, "/safe-use/mine/")

    shown = page(buyer, battery)
    assert "煙です。" in shown
    assert WHY_KEPT.ja in shown
    assert "/report/" not in shown.partition("<main")[2].partition("</main")[0]
    press(buyer, f"{battery}read/")
    press(buyer, f"{clothes}stop/")

    assert GuidanceTold.objects.get(kind="battery").opened_at is not None
    assert told["clothes"].is_off
    assert "この種類の案内をまた受け取る" in page(buyer, clothes)
    press(buyer, f"{clothes}resume/")
    assert not told["clothes"].is_off


def test_what_is_there_for_safety_is_not_turned_off_by_sending_the_form(
    buyer: Client, told: dict[str, GuidanceTold]
) -> None:
    base = f"/safe-use/mine/{told['battery'].pk}/"
    token = buyer.get(f"{base}read/").context["token"]

    shown = buyer.post(f"{base}stop/", {"token": token}).content.decode()

    assert "/stop/" not in page(buyer, base)
    assert "そのままお受け取りください" in shown
    assert not told["battery"].is_off


def test_staff_write_news_see_it_as_buyers_will_and_another_releases_it(staff: Client, enter: Enter) -> None:
    press(staff, "/desk/guidance/write/", **NEWS)

    base = f"/desk/guidance/{GuidanceRound.objects.get().pk}/"
    shown = page(staff, base)
    assert NEWS["news_ja"] in shown
    assert GUIDANCE[GoodsKind.BATTERY].advice.en in shown
    assert "別の人です" in press(staff, f"{base}release/")
    press(enter(Role.AGENT, "agent:1"), f"{base}release/")

    assert GuidanceRound.objects.get().state == "telling"


def test_the_desk_counts_by_month_and_shows_what_was_mapped_and_switched(
    staff: Client, told: dict[str, GuidanceTold]
) -> None:
    refused = press(staff, "/desk/guidance/map/", categories="時計", kind="battery")
    assert "このカテゴリーの出品はありません：時計" in refused
    GuidanceCategory.objects.create(category="家電>充電器", kind="battery")
    GuidanceCategory.objects.create(category="本")
    press(staff, "/desk/guidance/switch/", kind="toy", moment="season", reason="時期を見直すため。")

    shown = page(staff, "/desk/guidance/")

    assert (GuidanceOff.objects.get().kind, "送らない</strong>" in shown) == ("toy", True)
    assert "家電&gt;充電器" in shown
    assert "どの種類でもない" in shown
    assert f"{told['battery'].told_at:%Y-}" in shown
    assert "/desk/guidance/switch/" in shown


def test_an_agent_is_not_offered_to_switch(enter: Enter) -> None:
    assert "/desk/guidance/switch/" not in page(enter(Role.AGENT, "agent:1"), "/desk/guidance/")

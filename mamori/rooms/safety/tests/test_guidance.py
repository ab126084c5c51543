"""Buyers are told how to use goods safely: after delivery, by season, upon news; each once for a kind and an occasion."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import NoticeKind
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.post import rules as post
from mamori.ground.seal import actions as sealing
from mamori.japan.calendar import JAPAN
from mamori.law.guidance import GUIDANCE, GoodsKind, GuidanceMoment
from mamori.rooms.safety import tasks
from mamori.rooms.safety.guidance import actions, notices
from mamori.rooms.safety.guidance.rules import bought_since, kind_of, of_looks, season_of
from mamori.rooms.safety.lifecycle import GuidanceState
from mamori.rooms.safety.models import GuidanceDeclined, GuidanceRound, GuidanceTold
from mamori.rooms.safety.tests.happened import DAY, EARLY, MONDAY, agent, hear, lead, machine
from mamori.site import wiring
from tests.laid import laid
from tests.shops import asks_no_displays, put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
GOODS = {
    "L-1": ("家電>モバイルバッテリー", "10000mAh 薄型"),
    "L-2": ("", "セラミックヒーター 1200W"),
    "L-3": ("", "モバイルバッテリー ケース"),
    "L-4": ("ファッション", "コットンシャツ"),
    "L-5": ("X-17", "暖か一番"),
}
WHY = "担当で話し合って決めた。"
NEWS_JA, NEWS_EN = "同じ型の電池から煙が出たと知らされました。", "Smoke was told of from such a battery."


@laid
def shop(db: None) -> None:
    """Let a shop sell a battery, a heater, a case, a shirt and something of a category of its own, and two buyers be there."""
    asks_no_displays("lead:2", EARLY)
    put_shop(machine(EARLY), ref="S-1", name="さくら家電", mail="info@sakura.example.jp")
    for ref, (category, name) in GOODS.items():
        market.put_listing(
            machine(EARLY), ListingLine(ref=ref, seller="S-1", name=name, price=3_000, category=category)
        )
    for ref in ("B-1", "B-2"):
        market.put_buyer(machine(EARLY), BuyerLine(ref=ref, name="買手", mail=f"{ref.lower()}@example.jp"))


@pytest.fixture(autouse=True)
def mailed(settings: Any) -> None:
    settings.MAMORI_MAIL = "folder:///tmp"


def order(ref: str, listing: str = "L-1", buyer: str = "B-1", days: int = 4, **more: Any) -> None:
    """Let a buyer have received something so many days ago."""
    at = MONDAY - timedelta(days=days)
    told: dict[str, Any] = {"received_on": at.astimezone(JAPAN).date()} | more
    items = (Item(listing=listing, price=3_000),)
    line = OrderLine(
        ref=ref, buyer=buyer, seller="S-1", items=items, amount=3_000, ordered_at=at - DAY, **told
    )
    market.put_order(machine(MONDAY), line)


def look(at: datetime = MONDAY) -> None:
    actions.look_today(machine(at))
    hear(at)


def told(moment: GuidanceMoment = GuidanceMoment.DELIVERY) -> list[tuple[str, str, str]]:
    rows = GuidanceTold.objects.filter(round__moment=moment).order_by("pk")
    return list(rows.values_list("buyer_ref", "kind", "order_ref"))


def buyer(ref: str = "B-1", at: datetime = MONDAY) -> Actor:
    return Actor(by=f"buyer:{ref}", role=Role.BUYER, at=at, via="test")


def news(at: datetime = MONDAY) -> int:
    return actions.write_news(agent(at), kind=GoodsKind.BATTERY, news_ja=NEWS_JA, news_en=NEWS_EN)


def test_some_days_after_delivery_a_buyer_is_told_once_for_a_kind() -> None:
    order("O-1")
    order("O-2")
    order("O-3", "L-2", "B-2")

    look()
    look(MONDAY + DAY)

    assert sorted(told()) == [("B-1", "battery", "O-1"), ("B-2", "heater", "O-3")]
    (notice,) = outbox.notices(to="buyer:B-1")
    assert GUIDANCE[GoodsKind.BATTERY].advice.ja in notice.body["ja"]
    assert notice.kind == NoticeKind.TRANSACTIONAL
    assert "://" not in notice.body["ja"]
    assert not post.promoting("".join(notice.body.values()))
    assert outbox.notices(to="buyer:B-2")[0].title["en"] == "Using it safely: Electric heaters"


def test_nobody_is_told_too_early_too_late_or_of_what_went_back() -> None:
    order("O-new", days=2)
    order("O-old", days=18)
    order("O-cancelled", cancelled_at=MONDAY - DAY)
    order("O-refunded", refunded=3_000)
    order("O-charged", charged_back=True)
    order("O-unknown", received_on=None)
    order("O-case", "L-3")

    look()

    assert told() == []


def test_who_was_erased_or_cannot_be_reached_is_not_told() -> None:
    market.put_buyer(machine(EARLY), BuyerLine(ref="B-3", name="買手"))
    order("O-1")
    order("O-3", buyer="B-3")
    sealing.shred(subject="buyer:B-1", at=MONDAY)

    look()

    assert told() == []


def test_a_category_that_was_mapped_comes_before_the_words() -> None:
    order("O-1")
    order("O-5", "L-5")
    categories = "X-17\n家電>モバイルバッテリー\n"
    actions.map_categories(agent(), categories="X-17", kind=GoodsKind.WARMER)
    actions.map_categories(agent(), categories="家電>モバイルバッテリー", kind=GoodsKind.TOY, is_none=True)

    look()

    assert told() == [("B-1", "warmer", "O-5")]
    with pytest.raises(actions.NoSuchCategory, match="X-18"):
        actions.map_categories(agent(), categories=f"{categories}X-18", kind=GoodsKind.TOY)


def test_a_season_begins_in_the_first_days_of_its_month_and_tells_who_bought_in_two_years() -> None:
    order("O-1", "L-2", received_on=None)
    market.put_order(
        machine(MONDAY),
        OrderLine(
            ref="O-0",
            buyer="B-2",
            seller="S-1",
            items=(Item(listing="L-2", price=3_000),),
            amount=3_000,
            ordered_at=datetime(2025, 10, 31, 23, tzinfo=JAPAN),
        ),
    )

    look()
    assert told(GuidanceMoment.SEASON) == []
    november = datetime(2027, 11, 2, 9, tzinfo=JAPAN)
    look(november)
    look(november + DAY)

    assert told(GuidanceMoment.SEASON) == [("B-1", "heater", "O-1")]
    assert GuidanceRound.objects.get(moment="season").on == date(2027, 11, 1)


def test_news_is_let_out_by_a_second_person_and_sells_nothing() -> None:
    order("O-1", received_on=None)
    number = news()
    with pytest.raises(actions.GuidanceNotByItsWriter):
        actions.release_news(agent(), number=number)
    with pytest.raises(actions.GuidanceSells, match="クーポン"):
        actions.write_news(agent(), kind=GoodsKind.BATTERY, news_ja="クーポンです。", news_en="x")
    with pytest.raises(actions.GuidanceSells, match="://"):
        actions.write_news(agent(), kind=GoodsKind.BATTERY, news_ja="見て https://a.example", news_en="x")

    actions.release_news(lead(), number=number)
    hear()

    assert told(GuidanceMoment.NEWS) == [("B-1", "battery", "O-1")]
    assert outbox.notices(to="buyer:B-1")[0].body["ja"].startswith(NEWS_JA)
    assert GuidanceRound.objects.get(pk=number).state == GuidanceState.TOLD


def test_news_is_given_up_and_nobody_is_told_any_more() -> None:
    order("O-1")
    number = news()
    actions.release_news(lead(), number=number)
    actions.drop_news(lead(), number=number, reason=WHY)

    hear()
    look()

    assert told(GuidanceMoment.NEWS) == []
    with pytest.raises(actions.NoSuchGuidance):
        actions.drop_news(lead(), number=GuidanceRound.objects.get(moment="delivery").pk, reason=WHY)


def test_a_lead_switches_a_kind_off_at_a_moment_and_on_again() -> None:
    order("O-1")
    for moment in (GuidanceMoment.DELIVERY, GuidanceMoment.NEWS):
        actions.switch_guidance(lead(), kind=GoodsKind.BATTERY, moment=moment, reason=WHY)
    look()
    with pytest.raises(actions.GuidanceSwitchedOff):
        actions.release_news(lead(), number=news())
    assert told() == []

    actions.switch_guidance(
        lead(), kind=GoodsKind.BATTERY, moment=GuidanceMoment.DELIVERY, reason=WHY, is_on=True
    )
    look(MONDAY + DAY)

    assert told() == [("B-1", "battery", "O-1")]


def test_only_what_is_no_matter_of_safety_is_turned_off() -> None:
    order("O-1")
    order("O-4", "L-4")
    look()
    battery, clothes = GuidanceTold.objects.order_by("kind")

    with pytest.raises(actions.GuidanceIsSafety):
        actions.choose_guidance(buyer(), told=battery.pk, is_on=False)
    actions.choose_guidance(buyer(), told=clothes.pk, is_on=False)
    actions.choose_guidance(buyer(), told=clothes.pk, is_on=False)

    assert clothes.is_off
    GuidanceTold.objects.all().delete()
    look(MONDAY + DAY)
    assert [kind for _, kind, _ in told()] == ["battery"]
    GuidanceTold.objects.create(
        round=battery.round, kind="clothes", buyer_ref="B-1", order_ref="O-4", told_at=MONDAY
    )
    actions.choose_guidance(
        buyer(), told=GuidanceTold.objects.filter(kind="clothes").latest("pk").pk, is_on=True
    )
    assert not GuidanceDeclined.objects.exists()


def test_it_is_read_by_its_buyer_alone_and_the_first_time_counts() -> None:
    order("O-1")
    look()
    row = GuidanceTold.objects.get()

    with pytest.raises(actions.NoSuchGuidance):
        actions.say_guidance_read(buyer("B-2"), told=row.pk)
    actions.say_guidance_read(buyer(), told=row.pk)
    actions.say_guidance_read(buyer(at=MONDAY + DAY), told=row.pk)

    row.refresh_from_db()
    assert row.opened_at == MONDAY


@pytest.mark.parametrize("outsider", [buyer("B-9"), Actor(by="eve", role=Role.SELLER, at=MONDAY, via="test")])
def test_whoever_belongs_nowhere_does_nothing(outsider: Actor) -> None:
    order("O-1")
    look()
    row, number = GuidanceTold.objects.get(), news()
    doings = (
        lambda: actions.write_news(outsider, kind=GoodsKind.TOY, news_ja="火", news_en="fire"),
        lambda: actions.release_news(outsider, number=number),
        lambda: actions.drop_news(outsider, number=number, reason=WHY),
        lambda: actions.map_categories(outsider, categories="X-17", kind=GoodsKind.TOY),
        lambda: actions.switch_guidance(outsider, kind=GoodsKind.TOY, moment=GuidanceMoment.NEWS, reason=WHY),
        lambda: actions.choose_guidance(outsider, told=row.pk, is_on=False),
    )

    for one in doings:
        with pytest.raises(Refusal):
            one()


def test_it_goes_on_in_turns_and_what_is_asked_twice_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for number in range(7):
        market.put_buyer(
            machine(EARLY), BuyerLine(ref=f"B-1{number}", name="買手", mail=f"{number}@example.jp")
        )
        order(f"O-{number}", buyer=f"B-1{number}", days=4 + number % 3)
    actions.look_today(machine(MONDAY))
    row = GuidanceRound.objects.get()

    actions.go_on(machine(MONDAY), number=row.pk, turn=row.turn)
    actions.go_on(machine(MONDAY), number=row.pk, turn=row.turn)
    hear()

    assert len(told()) == len(set(told())) == 7
    row.refresh_from_db()
    assert row.state == GuidanceState.TOLD


def test_a_new_house_begins_by_itself_and_looks_again_each_morning() -> None:
    order("O-1")

    begun = tasks.begin_guidance(MONDAY), tasks.begin_guidance(MONDAY + DAY)
    hear()

    assert begun == (1, 0)
    assert told() == [("B-1", "battery", "O-1")]
    order("O-2", "L-2", days=3)
    (clock,) = clock_facts.newest((actions.ALL,))
    assert clock.due_at == datetime(2026, 11, 17, 9, tzinfo=JAPAN)
    clocks.fire_due(at=clock.due_at, tasks=wiring.RINGS)
    hear(clock.due_at)
    assert ("B-1", "heater", "O-2") in told()


def test_what_was_told_is_erased_when_its_time_is_over() -> None:
    order("O-1")
    look()

    gone = [tasks.erase_guidance(machine(), at, 10) for at in (MONDAY, MONDAY + DAY)]

    assert gone == [0, 1]


def test_seasons_months_and_mornings_are_counted_in_japan() -> None:
    early = datetime(2026, 11, 3, 8, 59, tzinfo=JAPAN)

    assert season_of(date(2026, 11, 7)) == date(2026, 11, 1)
    assert season_of(date(2026, 11, 8)) is None
    assert season_of(date(2026, 2, 1)) is None
    assert bought_since(date(2026, 1, 31)) == date(2024, 1, 1)
    assert [one.since for one in of_looks(early)] == [datetime(2026, 11, 2, 9, tzinfo=JAPAN)]


@pytest.mark.parametrize(
    ("category", "name", "kind"),
    [
        ("ｵﾓﾁｬ", "", GoodsKind.TOY),
        ("", "電動アシスト自転車 26インチ", GoodsKind.BICYCLE),
        ("", "カセットコンロ", GoodsKind.STOVE),
        ("収納", "加湿器", GoodsKind.HUMIDIFIER),
        ("", "自転車カバー", None),
        ("本", "はじめての料理", None),
    ],
)
def test_a_kind_is_told_by_words_however_they_are_spelt(
    category: str, name: str, kind: GoodsKind | None
) -> None:
    assert kind_of(category, name, {}) == kind
    assert kind_of(category, name, {category: "gone"}) is None


def test_what_is_declared_keeps_to_the_rules_of_a_notice() -> None:
    for one in GUIDANCE.values():
        body = notices.GUIDED.body.fill(opening=one.name, advice=one.advice, order="O-1", number="1")
        assert not post.promoting(f"{body.ja}\n{body.en}")
        assert 3 <= one.advice.ja.count("。") <= 6
    assert list(post.faults(notices.GUIDED)) == []
    assert set(GUIDANCE) == set(GoodsKind)
    assert market_facts.categories_among(["X-17", "X-18"]) == {"X-17"}

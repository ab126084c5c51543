"""Listings are looked at when they are told; a person decides; words are tried before they are used; lists have their day."""

from __future__ import annotations

from datetime import date

import pytest

from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks.models import Clock
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.market.facts import GoodsCondition
from mamori.ground.outbox.models import Notice
from mamori.law.screening import SCREENING_LOOK, SCREENING_RULES
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.clarifications import actions as clarifications
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.safety import facts
from mamori.rooms.safety.models import ListingWatch, ScreenedListing, Screening
from mamori.rooms.safety.screening import actions, tasks
from mamori.rooms.safety.screening.rules import LISTS, Outcome
from mamori.rooms.safety.tests import screened as told
from mamori.rooms.safety.tests.screened import DAY, MONDAY, WHY, found, look, put, rule, shops  # noqa: F401
from mamori.rooms.safety.watches import actions as watches
from mamori.site.checks.finding import Level
from mamori.site.checks.operator import name_lists

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
BATTERY = "モバイルバッテリー 20000mAh"


def test_what_was_told_is_looked_at_and_staff_hear_of_it_once() -> None:
    put("L-1", BATTERY)
    put("L-2", "モバイルバッテリー PSEマーク付き")

    look()
    look()

    assert found("pse-battery") == [("L-1", "")]
    assert Screening.objects.count() == len(SCREENING_RULES) + len(LISTS)
    assert cases.asked(actions.about(rule("pse-battery").pk)) == {"screened"}
    assert Notice.objects.filter(template="safety.screened").count() == 2
    assert Clock.objects.filter(kind=SCREENING_LOOK.code, done_at=None).count() == 1
    assert not Finding.objects.exists()


def test_the_days_clock_and_the_hourly_look_find_what_came_since() -> None:
    look()
    put("L-1", BATTERY, at=MONDAY + DAY)

    actions.look_at_listings(told.machine(MONDAY + DAY))

    assert found("pse-battery") == [("L-1", "")]
    put("L-2", BATTERY, at=MONDAY + DAY)
    assert tasks.follow_listings(MONDAY + DAY) == 1
    told.hear(MONDAY + DAY)
    assert [ref for ref, _ in found("pse-battery")] == ["L-1", "L-2"]
    assert tasks.follow_listings(MONDAY + DAY) == 0


def test_what_is_fine_is_asked_again_only_when_its_words_change() -> None:
    put("L-1", BATTERY)
    look()
    told.decide("pse-battery", Outcome.FINE, "L-1")
    assert cases.asked(actions.about(rule("pse-battery").pk)) == frozenset()

    market.put_listing(
        told.machine(MONDAY + DAY), ListingLine(ref="L-1", seller="S-1", name=BATTERY, price=1_900)
    )
    look(MONDAY + DAY)
    assert found("pse-battery") == [("L-1", "fine")]

    put("L-1", f"{BATTERY} 新型", at=MONDAY + 2 * DAY)
    look(MONDAY + 2 * DAY)
    assert found("pse-battery") == [("L-1", "fine"), ("L-1", "")]
    assert cases.asked(actions.about(rule("pse-battery").pk)) == {"screened"}

    put("L-1", f"{BATTERY} PSEマークあり", at=MONDAY + 3 * DAY)
    look(MONDAY + 3 * DAY)
    assert found("pse-battery") == [("L-1", "fine")]


def test_several_sellers_are_asked_at_once_and_their_answers_wait_for_a_person() -> None:
    put("L-1", BATTERY)
    put("L-2", BATTERY, seller="S-2")
    look()

    told.decide("pse-battery", Outcome.ASKED, "L-1", "L-2", words="本体の表示の写真を送ってください。")
    assert found("pse-battery") == [("L-1", "asked"), ("L-2", "asked")]
    assert cases.asked(actions.about(rule("pse-battery").pk)) == frozenset()
    one = ScreenedListing.objects.get(listing_ref="L-1")
    assert one.clarification is not None
    clarifications.enter_answer(
        told.agent(),
        clarification=one.clarification,
        channel="mail",
        said="写真のとおりです。",  # type: ignore[arg-type]
    )
    told.hear()

    assert cases.asked(actions.about(rule("pse-battery").pk)) == {"screened"}
    told.decide("pse-battery", Outcome.FINE, "L-1", "L-2")
    assert found("pse-battery") == [("L-1", "fine"), ("L-2", "asked")]


def test_dangerous_goods_are_hidden_provisionally_and_others_become_a_finding() -> None:
    put("L-1", BATTERY)
    put("L-2", "赤ワイン 750ml", seller="S-2")
    look()

    told.decide("pse-battery", Outcome.FOUND, "L-1")
    told.decide("alcohol", Outcome.FOUND, "L-2")

    assert (found("pse-battery"), found("alcohol")) == ([("L-1", "hidden")], [("L-2", "found")])
    assert enforcement.hidden_by("L-1") == ScreenedListing.objects.get(listing_ref="L-1").finding
    assert enforcement.hidden_by("L-2") is None
    assert {row.breach for row in Finding.objects.all()} == {"dangerous-goods", "unlawful-goods"}
    assert not Measure.objects.exclude(kind="provisional-hiding").exists()


def test_what_somebody_decided_meanwhile_is_not_decided_twice() -> None:
    put("L-1", BATTERY)
    look()
    told.decide("pse-battery", Outcome.FINE, "L-1")

    with pytest.raises(actions.NothingPicked):
        told.decide("pse-battery", Outcome.FOUND, "L-1")

    assert not Finding.objects.exists()


def test_a_seller_is_asked_about_a_permit_once_and_a_private_one_never() -> None:
    for ref in ("L-1", "L-2"):
        put(ref, "カメラ", condition=GoodsCondition.USED)

    look()

    assert [ref for ref, _ in found("used-goods")] == ["L-1"]


def test_own_words_are_tried_on_last_month_before_they_are_used() -> None:
    put("L-1", "光る輪っか", at=MONDAY - 40 * DAY)
    put("L-2", "光・る・ワッカ 青", at=MONDAY - 10 * DAY)
    put("L-3", "光る輪っか ケース", at=MONDAY - DAY)
    look()
    number = told.draft("光る輪っか", "光るわっか")

    with pytest.raises(actions.NotTried):
        actions.use_term(told.lead(), screening=number, reason=WHY)
    told.hear()
    row = Screening.objects.get(pk=number)
    assert (row.state, [one.listing_ref for one in row.found.all()]) == ("draft", ["L-2"])
    assert not row.told_at

    actions.use_term(told.lead(), screening=number, reason=WHY)
    told.hear()

    row.refresh_from_db()
    assert (row.state, row.used_by) == ("used", "lead:2")
    assert sorted(one.listing_ref for one in row.found.all()) == ["L-1", "L-2"]
    assert cases.asked(actions.about(number)) == {"screened"}


def test_a_retired_rule_asks_nobody_and_may_be_used_again() -> None:
    put("L-1", BATTERY)
    look()

    actions.retire_term(told.lead(), screening=rule("pse-battery").pk, reason=WHY)
    put("L-2", BATTERY, at=MONDAY + DAY)
    look(MONDAY + DAY)
    assert found("pse-battery") == []
    assert cases.asked(actions.about(rule("pse-battery").pk)) == frozenset()

    actions.use_term(told.lead(MONDAY + DAY), screening=rule("pse-battery").pk, reason=WHY)
    told.hear(MONDAY + DAY)
    assert [ref for ref, _ in found("pse-battery")] == ["L-1", "L-2"]


def test_a_draft_is_dropped_and_only_heads_keep_rules() -> None:
    look()
    number = told.draft("光る輪っか")

    with pytest.raises(StepNotYours):
        actions.retire_term(told.agent(), screening=rule("pse-battery").pk, reason=WHY)
    with pytest.raises(actions.NoSuchScreening):
        actions.add_term(told.agent(), title="x", terms=["光る輪"], but=[], why=WHY, ask="", danger=False)
    actions.drop_term(told.lead(), screening=number, reason=WHY)
    told.hear()

    assert Screening.objects.get(pk=number).closed_at is not None


@pytest.mark.parametrize("terms", [["輪"], ["pc"], []])
def test_words_that_would_be_found_everywhere_are_refused(terms: list[str]) -> None:
    with pytest.raises(actions.TermTooShort):
        told.draft(*terms)


LINES = (
    "経済産業省の一覧",
    "番号,事業者名,ブランド",
    "1,株式会社アクメ電機,NOVA",
    "2,Nova Power Co. Ltd.,",
    "3,日,",
)


def test_a_list_of_names_is_taken_in_with_its_day_and_all_listings_are_held_against_it() -> None:
    put("L-1", "充電器", brand="アクメ電機")
    put("L-2", "充電器", brand="アクネ電機")
    put("L-3", "置物", seller="S-2")
    look()

    count = actions.take_list_by_code(
        told.machine(), code="list-meti", as_of=date(2026, 11, 2), sent=told.sheet(*LINES, "4,もみじ商店,")
    )
    told.hear()

    assert (count, rule("list-meti").as_of) == (4, date(2026, 11, 2))
    assert [ref for ref, _ in found("list-meti")] == ["L-1", "L-3"]


@pytest.mark.parametrize(
    ("code", "day", "lines", "why"),
    [
        ("list-meti", date(2026, 11, 17), LINES, actions.ListOlder),
        ("list-meti", date(2026, 10, 1), LINES, actions.ListOlder),
        ("list-meti", date(2026, 11, 10), ("番号,所在地", "1,東京"), actions.NamesUnread),
        (
            "list-meti",
            date(2026, 11, 10),
            ("事業者名", *(f"会社{n}" for n in range(5_001))),
            actions.TooManyTerms,
        ),
        ("pse-battery", date(2026, 11, 10), LINES, actions.NoSuchScreening),
    ],
)
def test_a_list_that_cannot_be_is_refused_and_the_one_before_stays(
    code: str, day: date, lines: tuple[str, ...], why: type[Refusal]
) -> None:
    before = date(2026, 11, 1)
    actions.take_list_by_code(told.machine(), code="list-meti", as_of=before, sent=told.sheet(*LINES))

    with pytest.raises(why):
        actions.take_list_by_code(told.machine(), code=code, as_of=day, sent=told.sheet(*lines))

    assert rule("list-meti").as_of == before


def test_the_doctor_says_when_a_list_is_older_than_it_is_good() -> None:
    look()
    assert [one[0] for one in name_lists(MONDAY)] == [Level.LOOK]
    actions.take_list_by_code(told.machine(), code="list-meti", as_of=MONDAY.date(), sent=told.sheet(*LINES))

    assert [one[0] for one in name_lists(MONDAY + 100 * DAY)] == [Level.GOOD]
    (level, text, place, _), *_ = [*name_lists(MONDAY + 101 * DAY)]  # type: ignore[misc]

    assert (level, place) == (Level.LOOK, f"/desk/screening/{rule('list-meti').pk}/")
    assert "2026" in text.en
    assert "100" in text.en
    assert len(facts.lists_as_of()) == len(LISTS)


def test_a_turn_that_is_killed_is_taken_again_and_nothing_is_found_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(25):
        put(f"L-{number:02}", BATTERY)
    monkeypatch.setattr(watches, "LOOKED_AT_ONCE", 10)
    monkeypatch.setattr(watches, "OVERLAP", 2)
    actions.follow_listings(told.machine())
    turns, real = [], actions._screened

    def dies(*given: object) -> ScreenedListing:
        turns.append(1)
        if len(turns) == 17:
            raise KeyboardInterrupt
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_screened", dies)
    actions.look_at_listings(told.machine(), name=actions.AGAIN)
    with pytest.raises(KeyboardInterrupt):
        actions.look_at_listings(told.machine(), name=actions.AGAIN)
    assert (len(found("pse-battery")), ListingWatch.objects.get(name=actions.AGAIN).again) == (10, "L-09")
    told.hear()

    assert [ref for ref, _ in found("pse-battery")] == [f"L-{number:02}" for number in range(25)]
    assert ListingWatch.objects.get(name=actions.AGAIN).again is None


def test_rules_that_are_declared_anew_look_at_all_once_more() -> None:
    put("L-1", BATTERY)
    look()
    Screening.objects.filter(code="pse-battery").update(terms=["昔の言葉"])

    assert tasks.follow_listings(MONDAY + DAY) == 1

    assert "モバイルバッテリー" in rule("pse-battery").terms
    assert ListingWatch.objects.get(name=actions.AGAIN).again == ""


def test_what_was_decided_is_forgotten_when_its_time_is_over() -> None:
    put("L-1", BATTERY)
    put("L-2", BATTERY)
    put("L-3", BATTERY)
    look()
    told.decide("pse-battery", Outcome.FINE, "L-1")
    told.decide("pse-battery", Outcome.FOUND, "L-2")

    gone = tasks.erase_screened(told.machine(), MONDAY + DAY, 10)

    assert gone == 1
    assert found("pse-battery") == [("L-2", "hidden"), ("L-3", "")]

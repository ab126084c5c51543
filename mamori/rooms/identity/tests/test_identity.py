"""What the marketplace tells of a registered name is kept version by version, counted down, and told to those it concerns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.ledger import actions as ledger_actions, facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import DateAhead, SellerLine, VerificationUnclear
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.identification import Method, Registrant
from mamori.rooms.identity import actions, facts, tasks
from mamori.rooms.identity.facts import Standing
from mamori.rooms.identity.models import Version
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
UNTIL = date(2027, 3, 31)
CHECKED: dict[str, Any] = {
    "ref": "S-1",
    "name": "店",
    "mail": "shop@example.jp",
    "legal_name": "山田 花子",
    "legal_kana": "ヤマダ ハナコ",
    "registered_as": Registrant.PERSON,
    "verified_by": Method.JPKI,
    "verified_at": MONDAY - timedelta(days=1),
    "verified_until": UNTIL,
}


def machine(at: datetime) -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")


def tell(at: datetime = MONDAY, **more: Any) -> None:
    put_shop(machine(at), **CHECKED | more)


def stands(at: datetime = MONDAY) -> Standing:
    found = facts.identity("S-1", at=at)
    assert found is not None
    return found.standing


def told() -> list[str]:
    return [notice.template for notice in outbox.notices(to="seller:S-1", limit=99)]


def ring(until: datetime) -> None:
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=tasks.RINGS)
        assert not clock_facts.stuck()


def test_what_is_told_of_a_check_counts_in_the_same_moment_and_is_recorded() -> None:
    tell()

    found = facts.identity("S-1", at=MONDAY)
    assert found is not None
    assert (found.standing, found.name, found.kana, found.version) == (
        Standing.VERIFIED, "山田 花子", "ヤマダ ハナコ", 1,
    )  # fmt: skip
    assert found.method_text is not None
    (act,) = ledger.acts_about("identity.seller:S-1")
    assert act.kind == "identity.take_in"
    assert "山田" not in str(act.content)


def test_the_same_told_again_makes_no_version_and_a_seller_without_any_has_none() -> None:
    tell()
    tell(name="店の名前だけ変わった")
    put_shop(machine(MONDAY), ref="S-2", name="影", legal_name="影山 太郎")

    assert Version.objects.count() == 1
    assert facts.identity("S-2", at=MONDAY) is None


def test_a_check_that_is_not_told_again_still_holds() -> None:
    tell()
    market.put_seller(machine(MONDAY), SellerLine(ref="S-1", name="店"))

    assert stands() is Standing.VERIFIED
    assert Version.objects.count() == 1
    assert clock_facts.open_clocks("identity.seller:S-1")


def test_a_check_is_taken_back_by_its_last_day_or_with_the_name() -> None:
    tell()
    tell(verified_until=MONDAY.date() - timedelta(days=1))
    ended = stands()
    tell(legal_name="", verified_by=None, verified_at=None, verified_until=None)

    assert (ended, stands()) == (Standing.EXPIRED, Standing.UNVERIFIED)
    assert not clock_facts.open_clocks("identity.seller:S-1")


def test_a_name_that_goes_with_its_check_is_told_to_the_seller() -> None:
    tell()
    tell(legal_name="鈴木 一郎", legal_kana="", verified_by=None, verified_at=None, verified_until=None)
    tell(legal_name="鈴木 次郎", legal_kana="", verified_by=None, verified_at=None, verified_until=None)

    assert stands() is Standing.UNVERIFIED
    assert told() == ["identity.changed"]


def test_news_that_is_heard_twice_is_one_version() -> None:
    tell()

    assert actions.take_in(machine(MONDAY), seller_ref="S-1") == 1
    assert Version.objects.count() == 1


def test_another_name_is_not_verified_by_the_old_check_and_the_seller_is_told_once() -> None:
    tell()
    tell(legal_name="鈴木 花子")
    tell(legal_name="鈴木 花子", legal_kana="スズキ ハナコ")

    assert stands() is Standing.CHANGED
    assert told() == ["identity.changed"]
    later = MONDAY + timedelta(days=1)
    tell(later, legal_name="鈴木 花子", legal_kana="スズキ ハナコ", verified_at=MONDAY + timedelta(hours=1))
    assert stands(later) is Standing.VERIFIED
    assert Version.objects.count() == 4


def test_a_check_ends_after_its_last_day_and_is_spoken_of_a_month_before() -> None:
    tell()
    end = datetime(2027, 4, 1, tzinfo=JAPAN)

    ring(end - timedelta(days=31))
    assert told() == []
    ring(end - timedelta(days=30))
    assert told() == ["identity.ends_soon"]
    ring(end - timedelta(seconds=1))
    assert (stands(end - timedelta(seconds=1)), told()) == (Standing.VERIFIED, ["identity.ends_soon"])
    ring(end)

    assert stands(end) is Standing.EXPIRED
    assert sorted(told()) == ["identity.ended", "identity.ends_soon"]
    assert not clock_facts.open_clocks("identity.seller:S-1")


@pytest.mark.parametrize(
    ("until", "clocks_left"),
    [(date(2026, 11, 16), 1), (date(2026, 11, 17), 1), (date(9999, 12, 31), 0), (None, 0)],
)
def test_a_check_that_ends_today_is_counted_down_and_one_that_nobody_lives_to_see_is_not(
    until: date | None, clocks_left: int
) -> None:
    tell(verified_until=until)

    running = clock_facts.open_clocks("identity.seller:S-1")
    assert (stands(), len(running)) == (Standing.VERIFIED, clocks_left)
    if running:
        assert until is not None
        assert running[0].due_at.astimezone(JAPAN).date() == until + timedelta(days=1)


def test_a_check_told_anew_counts_down_from_its_own_day_alone() -> None:
    tell()
    tell(verified_at=MONDAY, verified_until=date(2028, 3, 31))

    ring(datetime(2027, 4, 1, tzinfo=JAPAN))

    assert told() == []
    assert stands(datetime(2027, 4, 1, tzinfo=JAPAN)) is Standing.VERIFIED


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"verified_at": MONDAY + timedelta(hours=1)}, DateAhead),
        ({"verified_at": None}, VerificationUnclear),
        ({"verified_by": None}, VerificationUnclear),
        ({"legal_name": " "}, VerificationUnclear),
        ({"registered_as": None}, VerificationUnclear),
        ({"registered_as": Registrant.COMPANY}, VerificationUnclear),
        ({"verified_until": date(2026, 11, 14)}, VerificationUnclear),
    ],
    ids=["ahead", "no moment", "no method", "no name", "whom", "beside the method", "over before it began"],
)
def test_half_a_check_is_refused_with_a_sentence(change: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        tell(**change)

    assert not Version.objects.exists()


def test_once_the_seller_is_erased_nobody_reads_the_name_and_no_clock_speaks() -> None:
    tell()
    ledger_actions.shred(machine(MONDAY), subject="seller:S-1", reason="本人の求め")

    ring(datetime(2027, 4, 2, tzinfo=JAPAN))

    assert facts.identity("S-1", at=MONDAY) is None
    assert told() == []


@pytest.mark.parametrize("late", [actions.remind, actions.expire])
def test_a_ring_for_whom_nothing_is_known_says_nothing(late: Callable[..., None]) -> None:
    late(machine(MONDAY), seller_ref="S-9")
    assert actions.take_in(machine(MONDAY), seller_ref="S-9") == 0

    assert told() == []


def ending(at: datetime, **more: Any) -> list[str]:
    return [one.seller_ref for one in facts.ending(at=at, **more)]


def test_a_check_that_ends_is_listed_from_thirty_days_before_until_it_is_made_anew() -> None:
    tell()
    last = datetime(2027, 3, 31, 23, tzinfo=JAPAN)

    assert ending(last - timedelta(days=31)) == []
    assert ending(last - timedelta(days=30)) == ["S-1"]
    assert ending(last + timedelta(days=400)) == ["S-1"]
    tell(last, verified_at=last - timedelta(hours=1), verified_until=date(2030, 1, 1))
    assert ending(last) == []


def test_an_erased_seller_takes_nobodys_place_among_the_checks_that_end() -> None:
    for number, until in enumerate((UNTIL, UNTIL + timedelta(days=1), UNTIL + timedelta(days=2)), start=1):
        tell(ref=f"S-{number}", verified_until=until)
    late = datetime(2027, 5, 1, tzinfo=JAPAN)
    ledger_actions.shred(machine(late), subject="seller:S-1", reason="本人の求め")

    assert ending(late, limit=1) == ["S-2"]
    assert ending(late, limit=2) == ["S-2", "S-3"]
    assert [one.until for one in facts.ending(at=late)] == [
        UNTIL + timedelta(days=1),
        UNTIL + timedelta(days=2),
    ]


def test_a_name_that_changed_after_its_check_is_none_that_ends() -> None:
    tell()
    tell(MONDAY + timedelta(days=1), legal_name="鈴木 花子")

    assert ending(datetime(2027, 3, 30, tzinfo=JAPAN)) == []

"""A seller reads on one panel what it may do now, and of what it may not: why, until when, what to do and where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.doors.seller.health import doings
from mamori.grammar.actor import Actor, Role
from mamori.grammar.clearance import Doing, Hinders, Vouches
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market.actions import SellerLine
from mamori.ground.web.wording import Tone

pytestmark = pytest.mark.django_db
TODO = Text("「措置」のページをご覧ください。", "Please see the page “Measures”.")


@pytest.fixture(autouse=True)
def shop() -> None:
    actor = Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC), via="test")
    market.put_seller(actor, SellerLine(ref="S-1", name="店"))


def put(*said: Hinders | Vouches, about: str = "enforcement.measure:1") -> None:
    market.settle_clearance({about: said}, at=datetime.now(UTC) - timedelta(hours=1))


def stops(what: Doing, **more: object) -> Hinders:
    text = Text("措置により、できません。", "A measure is in force.")
    return Hinders(what, "stopped", text, seller="S-1", todo=TODO, **more)  # type: ignore[arg-type]


def told() -> list[tuple[str, str, Tone]]:
    found = doings("S-1", datetime.now(UTC))
    assert found is not None
    return [(about.ja, said.ja, tone) for about, said, tone in found.lines]


def test_who_may_do_everything_reads_so_and_of_money_nothing_where_nobody_told(enter: Enter) -> None:
    page = enter(Role.SELLER, "seller:S-1").get("/seller/health/").content.decode()

    assert told() == [("販売", "できます", Tone.GOOD), ("新しい出品", "できます", Tone.GOOD)]
    assert "いまできること" in page


def test_what_is_stopped_says_why_until_when_what_to_do_and_where(enter: Enter) -> None:
    put(
        stops(Doing.CATEGORY, category="食品", until=datetime(2099, 11, 20, 3, tzinfo=UTC)),
        stops(Doing.LISTING),
    )

    page = enter(Role.SELLER, "seller:S-1").get("/seller/health/").content.decode()

    assert told()[1] == ("新しい出品", "できません", Tone.BAD)
    assert "「食品」の出品" in page
    assert "2099年11月20日" in page
    assert (
        page.index("できない理由と、していただくこと")
        < page.index("「食品」の出品")
        < page.index("項目ごとの状態")
    )
    assert "措置により、できません。" in page
    assert f'{TODO.ja} <a href="/seller/measures/">' in page


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ([], ("できます", Tone.GOOD)),
        ([stops(Doing.PAYOUT, in_part=True)], ("一部だけ", Tone.WARN)),
        ([stops(Doing.PAYOUT)], ("できません", Tone.BAD)),
    ],
)
def test_whether_it_is_paid_is_said_where_the_gate_answers_for_it(
    said: list[Hinders], line: tuple[str, Tone]
) -> None:
    put(Vouches(Doing.PAYOUT, seller="S-1"), *said, about="payouts.payee:S-1")

    assert told()[2] == ("売上金の受取り", *line)


def test_of_a_seller_that_nobody_told_there_is_no_panel(enter: Enter) -> None:
    page = enter(Role.SELLER, "seller:S-9").get("/seller/health/").content.decode()

    assert doings("S-9", datetime.now(UTC)) is None
    assert "いまできること" not in page

"""Clocks leave out a seller's declared closing days, and stand still where a disaster has struck."""

from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.hand import Hand
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ContactsLine, ListingLine, OrderLine
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outboxes
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import ANSWER, HEARING, RESOLUTION, SILENCE, SUSPENSION_REVIEW
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import facts, urging
from mamori.rooms.contact.actions import spreading
from mamori.rooms.contact.actions.standstill import (
    StandsStillAlready,
    SuspensionNotYours,
    SuspensionUnreadable,
)
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.rules.standstill import (
    Cause,
    Side,
)
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    content,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.words import ReasonNeeded
from tests.laid import laid
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("settled_contact")

TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (17, 18, 19))
SUNDAY = MONDAY - timedelta(days=1)
ISHIKAWA, TOKYO = "17", "13"


@laid
def _two(market_of_two: None) -> None:
    """Give the first seller an address in Ishikawa, and the buyer one in Tokyo."""
    put_shop(
        machine(MONDAY - timedelta(days=29)),
        ref="S-1",
        name="店",
        mail="shop@example.jp",
        address="〒920-0000 石川県金沢市架空町1",
    )
    market.put_buyer(
        machine(MONDAY - timedelta(days=29)),
        BuyerLine(ref="B-1", name="買手", address="東京都世田谷区架空町1"),
    )


def due(about: str, kind: str) -> datetime:
    [clock] = [one for one in clocks.open_clocks(about) if one.kind == kind]
    return clock.due_at.astimezone(JAPAN)


def still(about: str) -> set[str]:
    return {one.kind for one in clocks.open_clocks(about) if one.paused_since}


def work(at: datetime) -> None:
    while outboxes.work(at=at, limit=100):
        pass


def struck(
    at: datetime = MONDAY,
    *,
    began: datetime | None = None,
    areas: tuple[str, ...] = (ISHIKAWA,),
    whole: bool = False,
) -> int:
    one = contact.suspend(
        lead(at),
        areas=areas,
        cause=Cause.EARTHQUAKE,
        began_at=began or at,
        with_resolution=whole,
        reason="大きな地震",
    )
    work(at)
    return one


def lifted(one: int, at: datetime) -> None:
    contact.lift_suspension(lead(at), suspension=one, reason="落ち着いた")
    work(at)


@pytest.mark.usefixtures("_two")
class TestSuspensions:
    """A disaster in a region."""

    def test_a_time_for_a_solution_that_a_notice_lets_begin_anew_stands_still_at_once(self) -> None:
        about = f"contact.trouble:{open_trouble()}"
        order = {"ref": "O-1", "buyer": "B-1", "seller": "S-1", "amount": 8_000}
        ordered_at = MONDAY - timedelta(days=5)
        market.put_order(machine(), OrderLine(**order, ordered_at=ordered_at, refunded=8_000, instructed=0))  # type: ignore[arg-type]
        pass_time(MONDAY)
        struck(MONDAY + timedelta(hours=1), whole=True)
        assert RESOLUTION.code not in {one.kind for one in clocks.open_clocks(about)}

        contact.send_formal(
            buyer(MONDAY + timedelta(hours=2)), notice="return", order_ref="O-1", reason="返します"
        )

        assert RESOLUTION.code in still(about)

    def test_what_the_seller_owes_stands_still_and_the_solution_runs_on(self) -> None:
        about = f"contact.trouble:{open_trouble()}"

        struck(MONDAY + timedelta(hours=2))

        assert {ANSWER.code, urging.URGE_CLOCK} == still(about)
        pass_time(MONDAY + timedelta(days=3))
        assert Thread.objects.get().state == "waiting"
        assert content(about)["payload"]["state"] == "overdue"

    def test_both_sides_are_told_when_it_stops_and_when_it_runs_on(self) -> None:
        open_trouble()
        one = struck()

        lifted(one, MONDAY + timedelta(days=1))

        told = [
            (n.to, n.template)
            for n in outbox.notices()
            if n.template.startswith(("contact.stands", "contact.runs"))
        ]
        assert sorted(told) == [
            ("buyer:B-1", "contact.runs_on"),
            ("buyer:B-1", "contact.stands_still"),
            ("seller:S-1", "contact.runs_on"),
            ("seller:S-1", "contact.stands_still"),
        ]

    def test_where_the_one_is_the_other_never_reads(self) -> None:
        about = f"contact.trouble:{open_trouble()}"

        lifted(struck(whole=True), MONDAY + timedelta(days=1))
        contact.answer(
            seller(MONDAY + timedelta(days=1)), thread=Thread.objects.get().pk, said="お送りしました"
        )
        lifted(struck(MONDAY + timedelta(days=2), areas=(TOKYO,)), MONDAY + timedelta(days=3))

        told = {
            (notice.to, place)
            for notice in outbox.notices()
            if notice.template == "contact.stands_still"
            for place in ("石川県", "東京都")
            if place in str(notice)
        }
        counted = [sentence.ja for one in clocks.open_clocks(about) for sentence in one.why]
        assert told == {("seller:S-1", "石川県"), ("buyer:B-1", "東京都")}
        assert any("地震" in sentence for sentence in counted)
        assert not [sentence for sentence in counted if "石川県" in sentence or "東京都" in sentence]

    def test_of_one_who_is_protected_no_clock_says_by_standing_still_where_it_is(self) -> None:
        market.put_contacts(
            machine(), ContactsLine(ref="S-1", phone="03-0000-0000", address="石川県金沢市", protected=True)
        )
        before = f"contact.trouble:{open_trouble()}"
        notice = contact.send_formal(buyer(), notice="return", order_ref="O-3", reason="返します")

        struck(whole=True)
        after = f"contact.trouble:{open_trouble(order_ref='O-3')}"

        assert [still(one) for one in (before, f"contact.formal:{notice}", after)] == [set(), set(), set()]
        assert not [one for one in outbox.notices() if "stands_still" in one.template]

    def test_the_clock_runs_on_by_what_it_stood_still_from_the_beginning(self) -> None:
        trouble = open_trouble()
        about = f"contact.trouble:{trouble}"
        one = struck(MONDAY + timedelta(hours=6), began=MONDAY + timedelta(hours=4))

        lifted(one, MONDAY + timedelta(days=1, hours=4))

        wanted = MONDAY + timedelta(days=2)
        assert due(about, ANSWER.code) == wanted
        known = facts.trouble(trouble)
        assert known is not None
        assert known.answer_due_at == wanted
        assert Thread.objects.get().answer_due_at == wanted
        assert still(about) == set()

    def test_with_the_solution_everything_stands_still_until_it_is_lifted(self) -> None:
        trouble = open_trouble()
        about = f"contact.trouble:{trouble}"

        one = struck(whole=True)
        pass_time(MONDAY + timedelta(days=4))
        before = still(about)
        lifted(one, MONDAY + timedelta(days=4))

        known = facts.trouble(trouble)
        assert {ANSWER.code, RESOLUTION.code} <= before
        assert known is not None
        assert known.state == "open"
        assert known.resolution_due_at == datetime(2026, 11, 25, 10, tzinfo=JAPAN)

    def test_what_begins_in_a_struck_region_stands_still_at_once_and_elsewhere_runs(self) -> None:
        struck()

        here = f"contact.trouble:{open_trouble()}"
        there = f"contact.trouble:{open_trouble(order_ref='O-2')}"

        assert ANSWER.code in still(here)
        assert still(there) == set()

    def test_an_answer_while_the_clock_stands_still_is_in_time(self) -> None:
        trouble = open_trouble()
        struck()
        thread = Thread.objects.get().pk

        contact.answer(seller(MONDAY + timedelta(days=3)), thread=thread, said="遅くなりました")

        assert content(f"contact.trouble:{trouble}")["payload"]["in_time"] is True

    def test_a_buyer_in_a_struck_region_is_not_taken_to_have_given_up(self) -> None:
        trouble = open_trouble()
        contact.answer(seller(), thread=Thread.objects.get().pk, said="お送りしました")
        struck(areas=(TOKYO,))

        pass_time(MONDAY + timedelta(days=20))

        assert SILENCE.code in still(f"contact.trouble:{trouble}")
        assert Thread.objects.get().closed_at is None

    def test_where_two_overlap_the_clock_waits_for_both(self) -> None:
        about = f"contact.trouble:{open_trouble()}"
        first = struck()
        second = struck(areas=(ISHIKAWA, TOKYO))

        lifted(first, MONDAY + timedelta(hours=3))
        between = still(about)
        lifted(second, MONDAY + timedelta(hours=5))

        assert ANSWER.code in between
        assert still(about) == set()
        assert due(about, ANSWER.code) == MONDAY + timedelta(hours=29)

    def test_a_hearing_stands_still_and_runs_on(self) -> None:
        trouble = open_trouble()
        contact.request_mediation(buyer(), trouble=trouble)
        instruction = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
        market.confirm(machine(), instruction=instruction, outcome="confirmed")
        contact.confirm_instruction(machine(), instruction=instruction)
        known = facts.recovery_of(trouble)
        assert known is not None
        about = f"contact.recovery:{known.id}"
        before = due(about, HEARING.code)

        one = struck()
        stands = still(about)
        lifted(one, MONDAY + timedelta(days=2))

        assert stands == {HEARING.code}
        assert due(about, HEARING.code) > before

    def test_more_matters_than_one_turn_takes_are_all_reached(self) -> None:
        threads = _many(spreading.AT_ONCE * 2 + 1)

        one = struck()
        stood = [bool(still(about)) for about in threads]
        lifted(one, MONDAY + timedelta(hours=1))

        assert all(stood)
        assert not any(still(about) for about in threads)

    def test_a_suspension_that_nobody_lifts_comes_back_to_a_lead(self) -> None:
        one = struck()

        pass_time(MONDAY + timedelta(days=17))

        told = [n.to for n in outbox.notices() if n.template == "operator.suspension_stands"]
        assert told == ["lead", "lead"]
        assert due(f"contact.suspension:{one}", SUSPENSION_REVIEW.code) > MONDAY + timedelta(days=17)

    def test_lifted_before_it_was_spread_it_stops_nothing_any_more(self) -> None:
        about = f"contact.trouble:{open_trouble()}"
        one = contact.suspend(
            lead(),
            areas=(ISHIKAWA,),
            cause=Cause.STORM,
            began_at=MONDAY,
            with_resolution=False,
            reason="台風",
        )
        contact.lift_suspension(lead(), suspension=one, reason="進路が変わった")

        contact.spread_suspension(
            machine(), suspension=one, area=ISHIKAWA, side=Side.SELLER, after=0, lifting=False
        )

        assert still(about) == set()

    def test_bad_regions_beginnings_and_reasons_are_refused(self) -> None:
        good = {"areas": (ISHIKAWA,), "cause": Cause.SNOW, "with_resolution": False, "reason": "雪"}
        for wrong in (
            {"areas": ()},
            {"areas": ("48",)},
            {"began_at": MONDAY + timedelta(minutes=1)},
            {"began_at": MONDAY - timedelta(days=8)},
        ):
            with pytest.raises(SuspensionUnreadable):
                contact.suspend(lead(), **{"began_at": MONDAY} | good | wrong)  # type: ignore[arg-type]
        with pytest.raises(ReasonNeeded):
            contact.suspend(lead(), began_at=MONDAY, **good | {"reason": " "})  # type: ignore[arg-type]

    def test_only_a_lead_or_counsel_stops_clocks_or_lifts(self) -> None:
        one = struck()

        for hand in (agent(), buyer(), seller(), *EVES):
            with pytest.raises(SuspensionNotYours):
                _suspended_by(hand)
            with pytest.raises(SuspensionNotYours):
                contact.lift_suspension(hand, suspension=one, reason="x")
        lifted(one, MONDAY)
        with pytest.raises(ChangedMeanwhile, match="the suspension was lifted"):
            contact.lift_suspension(lead(), suspension=one, reason="もう一度")
        with pytest.raises(NothingHere):
            contact.lift_suspension(lead(), suspension=one + 1, reason="x")

    def test_just_the_same_is_declared_once_and_another_disaster_beside_it(self) -> None:
        one = struck()

        with pytest.raises(StandsStillAlready):
            struck()
        struck(areas=(ISHIKAWA, TOKYO))
        lifted(one, MONDAY)
        struck()


def _suspended_by(hand: Hand) -> None:
    contact.suspend(
        hand, areas=(ISHIKAWA,), cause=Cause.FIRE, began_at=MONDAY, with_resolution=False, reason="x"
    )


def _many(count: int) -> list[str]:
    """Open so many matters of the seller in Ishikawa."""
    found = []
    for number in range(count):
        ref = f"M-{number}"
        market.put_listing(machine(), ListingLine(ref=ref, seller="S-1", name="品", price=100))
        market.put_order(
            machine(),
            OrderLine(ref=ref, buyer="B-1", seller="S-1", amount=100, ordered_at=MONDAY - timedelta(days=1)),
        )
        found.append(f"contact.trouble:{open_trouble(order_ref=ref)}")
    return found

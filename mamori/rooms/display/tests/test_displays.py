"""What a seller shows is kept version by version, looked at, and counted down where something is wrong with it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from mamori.grammar.actor import Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.outbox.models import Event
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import actions as terms
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_PROOFS, DisplayItem
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.actions.displays import DisplayTooLong, ItemTwice, NothingToDisplay
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.lifecycle import DisplayState
from mamori.rooms.display.lists import lacking_rows
from mamori.rooms.display.models import LOOKS, Content, Display, DisplayVersion
from mamori.rooms.display.queries import versions
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay, ShownItem
from mamori.rooms.display.tests.conftest import (
    MONDAY,
    actor,
    display,
    eve,
    hear,
    machine,
    registered,
    ring,
    seller,
    told,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
WEEK = timedelta(days=7)
READ = "販売価格：各商品のページ\n支払方法：クレジットカード\n送料：全国一律800円\n"
"""A text that says several things of a display, and no telephone."""


def running(ref: str = "S-1") -> list[str]:
    return sorted(one.kind for one in clocks.open_clocks(f"display.display:{ref}"))


def test_a_display_with_all_that_the_law_asks_is_complete_and_looked_at_again_within_a_year() -> None:
    written = displays.write_display(seller(), seller_ref="S-1", told=display())

    stands = facts.display("S-1")
    assert (written.version, stands.state, stands.faults) == (1, DisplayState.COMPLETE, ())
    assert running() == ["display.look"]
    assert told() == []


def test_the_same_display_told_again_is_one_version_whoever_tells_it() -> None:
    first = displays.write_display(seller(), seller_ref="S-1", told=display())
    again = displays.write_display(machine(MONDAY + WEEK), seller_ref="S-1", told=display())

    assert (first.version, again.version) == (1, 1)
    assert DisplayVersion.objects.count() == 1


def test_what_was_shown_before_and_is_shown_again_is_kept_once() -> None:
    for at, said in ((MONDAY, "800円"), (MONDAY + WEEK, "900円"), (MONDAY + 2 * WEEK, "800円")):
        displays.write_display(seller(at), seller_ref="S-1", told=display(shipping=said))

    assert [one.number for one in DisplayVersion.objects.order_by("number")] == [1, 2, 3]
    assert Content.objects.count() == 2


def test_a_display_that_lacks_something_is_told_to_its_seller_with_a_time_to_put_it_right() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))

    stands = facts.display("S-1")
    assert (stands.state, stands.faults) == (DisplayState.LACKING, ("phone:missing",))
    assert stands.lacking_since == MONDAY
    assert running() == ["display.look", "display.mending"]
    assert told() == ["display.lacking"]


def test_a_display_that_is_put_right_in_time_stops_the_clock_and_tells_nobody_above() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))

    displays.write_display(seller(MONDAY + timedelta(days=3)), seller_ref="S-1", told=display())
    ring(MONDAY + 2 * WEEK)

    assert facts.display("S-1").state is DisplayState.COMPLETE
    assert running() == ["display.look"]
    assert not Event.objects.filter(kind="display.missed").exists()


def test_another_fault_while_the_clock_runs_gives_no_new_time_and_no_second_notice() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))

    displays.write_display(
        seller(MONDAY + timedelta(days=3)), seller_ref="S-1", told=display(phone="000-0000-0000")
    )

    [clock] = [one for one in clocks.open_clocks("display.display:S-1") if one.kind == "display.mending"]
    assert clock.started_at == MONDAY
    assert told() == ["display.lacking"]


def test_a_display_that_is_not_put_right_in_time_is_told_upward_once_with_what_is_wrong() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))

    ring(MONDAY + 3 * WEEK)

    [event] = Event.objects.filter(kind="display.missed")
    assert json.loads(event.body)["data"]["faults"] == ["phone:missing"]
    assert facts.display("S-1").state is DisplayState.OVERDUE
    assert told() == ["display.missed", "display.lacking"]


def test_a_display_that_is_put_right_late_is_complete_all_the_same() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))
    ring(MONDAY + 2 * WEEK)

    displays.write_display(seller(MONDAY + 3 * WEEK), seller_ref="S-1", told=display())

    assert facts.display("S-1").state is DisplayState.COMPLETE
    assert facts.display("S-1").lacking_since is None


def test_what_was_not_put_right_hinders_new_listings_only_where_the_operator_says_so() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))
    ring(MONDAY + 2 * WEEK)
    before = market.clearance("S-1", at=MONDAY + 2 * WEEK)

    terms.set(actor("lead:1", Role.LEAD, MONDAY + 2 * WEEK), setting=DISPLAY_HINDERS, value=True)
    hear(MONDAY + 3 * WEEK)

    after = market.clearance("S-1", at=MONDAY + 3 * WEEK)
    assert before is not None
    assert before.may_list
    assert after is not None
    assert not after.may_list
    assert [one.code for one in after.hindrances] == ["display-lacking"]


def test_what_was_only_read_from_a_text_starts_no_clock_and_tells_nobody_but_staff_look_at_it() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,), text=READ))

    stands = facts.display("S-1")
    assert (stands.state, stands.faults, stands.doubts) == (DisplayState.UNSURE, (), ("phone:missing",))
    assert running() == ["display.look"]
    assert told() == []
    assert [
        row.seller_ref
        for row in lacking_rows(list(Display.objects.filter(LOOKS)), actor("agent:1", Role.AGENT))
    ] == ["S-1"]


def test_a_greeting_beside_the_form_hides_nothing_that_is_missing() -> None:
    displays.write_display(
        seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,), text="よろしくお願いします。")
    )

    assert facts.display("S-1").faults == ("phone:missing",)


def test_what_is_overdue_stays_so_whatever_text_is_written_beside_it() -> None:
    lacking = display(without=(DisplayItem.PHONE,))
    displays.write_display(seller(), seller_ref="S-1", told=lacking)
    ring(MONDAY + 2 * WEEK)

    later = seller(MONDAY + 3 * WEEK)
    displays.write_display(later, seller_ref="S-1", told=replace(lacking, text=READ))

    assert facts.display("S-1").state is DisplayState.OVERDUE


def test_what_is_overdue_ends_when_that_is_put_right_though_a_text_leaves_other_doubts() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))
    ring(MONDAY + 2 * WEEK)

    later = seller(MONDAY + 3 * WEEK)
    displays.write_display(later, seller_ref="S-1", told=display(without=(DisplayItem.RETURNS,), text=READ))

    assert facts.display("S-1").state is DisplayState.UNSURE
    assert facts.display("S-1").doubts == ("returns:missing",)


def test_who_puts_it_right_for_a_day_only_gets_no_new_time() -> None:
    lacking = display(without=(DisplayItem.PHONE,))
    for days, told_ in ((0, lacking), (5, display()), (6, lacking)):
        at = MONDAY + timedelta(days=days)
        ring(at)
        displays.write_display(seller(at), seller_ref="S-1", told=told_)
    ring(MONDAY + timedelta(days=9))

    assert facts.display("S-1").state is DisplayState.OVERDUE
    assert told().count("display.missed") == 1


def test_what_is_given_on_request_is_not_shown_whatever_stands_beside_it() -> None:
    home = ShownItem(item=DisplayItem.ADDRESS, said="東京都千代田区霞が関3-1-1", on_request=True)

    displays.write_display(seller(), seller_ref="S-1", told=ShownDisplay(items=(home,)))

    shown = facts.shown("S-1")
    assert shown is not None
    assert [value for _, value in shown.rows] == [facts.ON_REQUEST]


def test_the_version_of_a_moment_is_the_last_that_was_numbered_then_whichever_request_came_first() -> None:
    displays.write_display(
        seller(MONDAY + timedelta(seconds=1)), seller_ref="S-1", told=display(shipping="800円")
    )
    displays.write_display(seller(), seller_ref="S-1", told=display(shipping="900円"))

    shown = versions.at_moment("S-1", MONDAY + timedelta(minutes=1))
    assert shown is not None
    assert shown.number == 2


def test_a_business_that_becomes_private_while_it_is_overdue_is_asked_for_nothing_any_more() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))
    ring(MONDAY + 2 * WEEK)

    later = MONDAY + 3 * WEEK
    put_shop(machine(later), **registered(private=True))
    hear(later)

    assert facts.display("S-1").state is DisplayState.NOT_ASKED


def test_a_placeholder_in_the_form_is_sure_though_there_is_a_text_too() -> None:
    one = display(phone="000-0000-0000", text=READ)

    displays.write_display(seller(), seller_ref="S-1", told=one)

    assert facts.display("S-1").faults == ("phone:placeholder",)


def test_the_address_and_telephone_of_the_platform_are_not_compared_with_the_sellers_own() -> None:
    told_ = display(address="東京都港区芝公園4-2-8", phone="06-6941-0331")

    own = displays.faults_of(seller(), seller_ref="S-1", told=told_)
    platforms = displays.faults_of(
        seller(), seller_ref="S-1", told=replace(told_, place=AddressKind.PLATFORM)
    )

    assert {one.item for one in own} == {DisplayItem.ADDRESS, DisplayItem.PHONE}
    assert platforms == ()


def test_a_display_that_was_written_anew_while_it_was_looked_at_is_left_alone() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display())
    Display.objects.filter(pk="S-1").update(number=2)

    displays.look_at_display(machine(MONDAY + WEEK), seller_ref="S-1")

    assert facts.display("S-1").checked_at == MONDAY


def test_a_registration_that_changes_lets_the_display_be_looked_at_again() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display())

    later = MONDAY + WEEK
    put_shop(machine(later), **registered(phone="06-6941-0331"))
    hear(later)

    assert facts.display("S-1").faults == ("phone:mismatch",)
    assert facts.display("S-1").lacking_since == later


def test_a_yearly_look_that_finds_nothing_new_starts_the_next_year_and_tells_nobody() -> None:
    terms.set(actor("lead:1", Role.LEAD), setting=DISPLAY_PROOFS, value=False)
    displays.write_display(seller(), seller_ref="S-1", told=display())

    ring(MONDAY + timedelta(days=366))

    [clock] = clocks.open_clocks("display.display:S-1")
    assert clock.started_at > MONDAY + timedelta(days=364)
    assert Event.objects.filter(kind="display.written").count() == 1
    assert told() == []


def test_of_a_private_person_nothing_is_asked() -> None:
    displays.write_display(
        seller(ref="S-3"),
        seller_ref="S-3",
        told=display(without=(DisplayItem.ADDRESS,), phone="000-0000-0000"),
    )

    assert facts.display("S-3").state is DisplayState.NOT_ASKED
    assert told("seller:S-3") == []


@pytest.mark.parametrize(
    ("one", "refusal"),
    [
        (ShownDisplay(), NothingToDisplay),
        (ShownDisplay(items=(ShownItem(item=DisplayItem.NAME, said="  "),)), NothingToDisplay),
        (display(name="あ" * 1_001), DisplayTooLong),
        (display(text="あ" * 40_001), DisplayTooLong),
        (
            ShownDisplay(
                items=(
                    ShownItem(item=DisplayItem.NAME, said="花子"),
                    ShownItem(item=DisplayItem.NAME, said="太郎"),
                )
            ),
            ItemTwice,
        ),
    ],
)
def test_a_display_that_cannot_be_shown_is_refused_and_nothing_is_kept(
    one: ShownDisplay, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        displays.write_display(seller(), seller_ref="S-1", told=one)

    assert not DisplayVersion.objects.exists()


def test_nobody_writes_the_display_of_another_seller() -> None:
    for stranger in (eve(), actor("buyer:B-1", Role.BUYER), actor("agent:1", Role.AGENT)):
        with pytest.raises(NoSuchShop):
            displays.write_display(stranger, seller_ref="S-1", told=display())

    with pytest.raises(NoSuchShop):
        displays.write_display(machine(), seller_ref="NOBODY", told=display())


def test_nobody_acts_on_the_clock_of_another_sellers_display() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(DisplayItem.PHONE,)))

    with pytest.raises(NoSuchShop):
        displays.miss_display(eve(), seller_ref="S-1")


def test_a_clock_that_rings_when_all_was_put_right_misses_nothing() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display())

    displays.miss_display(machine(), seller_ref="S-1")

    assert facts.display("S-1").state is DisplayState.COMPLETE
    assert told() == []


def test_a_seller_who_never_wrote_a_display_has_none_to_be_looked_at() -> None:
    displays.look_at_display(machine(), seller_ref="S-1")

    assert facts.display("S-1").state is DisplayState.UNWRITTEN
    assert running() == []


def test_two_versions_in_one_moment_keep_their_order() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display(shipping="800円"))
    displays.write_display(seller(), seller_ref="S-1", told=display(shipping="900円"))

    shown = facts.shown("S-1")
    assert shown is not None
    assert shown.told is not None
    assert (shown.version, shown.told.said[DisplayItem.SHIPPING]) == (2, "900円")


def test_the_display_of_a_seller_who_was_erased_has_ended_and_cannot_be_read() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display())

    sealing.shred(subject="seller:S-1", at=MONDAY)
    displays.close_display(machine(), seller_ref="S-1")
    displays.close_display(machine(), seller_ref="S-1")

    shown = facts.shown("S-1")
    assert shown is not None
    assert shown.told is None
    assert shown.rows == ()
    assert shown.text == ""
    assert facts.display("S-1").state is DisplayState.CLOSED
    assert running() == []


def test_the_record_says_who_wrote_which_version_and_its_digest_but_no_word_of_it() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display())

    act = ledger.last_of(seller(), "display.display:S-1")
    version = DisplayVersion.objects.get()
    assert act is not None
    assert act.kind == "display.write"
    assert act.content is not None
    assert act.content["payload"] == {
        "version": 1,
        "state": "complete",
        "faults": [],
        "digest": version.content.digest,
    }

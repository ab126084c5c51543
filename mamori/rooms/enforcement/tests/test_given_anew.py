"""What the marketplace undoes too late is asked for once more: waited for, chased and seen by people like the first time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.market import facts as market
from mamori.ground.outbox import actions as outbox, facts as told
from mamori.rooms.enforcement.measures import refusals
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.measures.queries import unconfirmed
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import MONDAY, answer, decided, heard, lead, machine, ring, wish

pytestmark = pytest.mark.usefixtures("shops")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def given_anew(shops: None) -> Measure:
    """A measure in force whose listing the marketplace showed again, too late, on the wish of one that is over."""
    old = decided()
    answer(old.instruction)
    standing.lift(lead(), measure=old.pk, because=Ended.REVIEWED, reason="もうよい")
    old.refresh_from_db()
    other = heard(MONDAY + HOUR, origin="test:2", breach="effects")
    new = Measure.objects.get(pk=deciding.decide(lead(MONDAY + HOUR), finding=other, wish=wish()))
    answer(new.instruction, MONDAY + HOUR)
    answer(old.undoing, MONDAY + 2 * HOUR)
    new.refresh_from_db()
    return new


def test_it_waits_for_the_marketplace_again_and_is_chased(given_anew: Measure) -> None:
    (asked,) = market.instructions_out(about="enforcement.measure")
    assert (given_anew.state, given_anew.instruction, asked.kind) == ("ordered", asked.ref, "hide_listing")
    assert list(unconfirmed(lead())) == [given_anew]

    ring(MONDAY + 5 * DAY)

    assert market.instructions_out(about="enforcement.measure")[0].times > 1
    assert "enforcement.unconfirmed" in [one.template for one in told.notices(to="lead", limit=50)]
    first = given_anew.began_at
    answer(asked.ref, MONDAY + 5 * DAY)
    given_anew.refresh_from_db()
    assert (given_anew.state, given_anew.began_at) == ("in_force", first)


def test_what_cannot_be_done_anew_goes_to_a_person_and_is_not_asked_for_without_end(
    given_anew: Measure,
) -> None:
    answer(given_anew.instruction, MONDAY + 3 * HOUR, "refused")

    assert market.instructions_out(about="enforcement.measure") == ()
    assert "enforcement.not_carried_out" in [one.template for one in told.notices(to="lead", limit=50)]
    standing.order_again(lead(MONDAY + 4 * HOUR), measure=given_anew.pk)
    outbox.work(at=MONDAY + 4 * HOUR)
    (asked,) = market.instructions_out(about="enforcement.measure")
    answer(asked.ref, MONDAY + 4 * HOUR)
    assert Measure.objects.get(pk=given_anew.pk).state == "in_force"


def test_what_is_not_given_anew_changes_nothing(given_anew: Measure) -> None:
    answer(given_anew.instruction, MONDAY + 3 * HOUR)

    standing.hear_given_anew(machine(), instruction=given_anew.instruction)
    standing.hear_given_anew(machine(), instruction="ins_unknown")

    assert Measure.objects.get(pk=given_anew.pk).state == "in_force"


def test_it_lifts_by_itself_whatever_became_of_it(given_anew: Measure) -> None:
    ring(MONDAY + 20 * DAY)

    given_anew.refresh_from_db()
    assert given_anew.state == "lifting"
    for waiting in market.instructions_out(about="enforcement.measure"):
        answer(waiting.ref, MONDAY + 20 * DAY, "refused" if waiting.recalled_at else "confirmed")
    assert Measure.objects.get(pk=given_anew.pk).state == "over"


def test_a_second_hold_waits_until_the_marketplace_has_released_the_first() -> None:
    hold = decided("payout-held", 14, amount=100_000)
    answer(hold.instruction)
    ring(MONDAY + 15 * DAY)
    later = MONDAY + 15 * DAY
    other = heard(later, origin="test:2", breach="counterfeit")

    with pytest.raises(refusals.AlreadyStands):
        deciding.decide(lead(later), finding=other, wish=wish("payout-held", 30, amount=500))

    hold.refresh_from_db()
    answer(hold.undoing, later)
    assert deciding.decide(lead(later), finding=other, wish=wish("payout-held", 30, amount=500))

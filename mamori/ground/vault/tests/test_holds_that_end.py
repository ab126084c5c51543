"""A hold for an investigator reaches communication logs alone and ends: after 30 days, extended after 60 in all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from mamori.ground.ledger import actions as ledger, facts as records
from mamori.ground.seal import facts as seals
from mamori.ground.seal.actions import NoSuchHold
from mamori.ground.seal.models import Hold
from mamori.ground.vault import actions
from mamori.ground.vault.actions import HoldDaysUnfit, HoldNotYours, LogsOnly
from mamori.ground.vault.tests.conftest import MONDAY, actor, image, keep, lead, machine
from mamori.ground.vault.tests.test_tending import ABOUT, a_case, later, retain
from mamori.law.grounds import HOLD_GROUNDS, PRESERVATION, RECORD_ORDER, SUIT

pytestmark = pytest.mark.django_db


def preserve(what: str, *, days: int | None = None) -> int:
    return actions.hold(lead(), what=what, ground=PRESERVATION, reason="保全要請書 第3号", days=days)


def in_force() -> list[int]:
    return [one.number for one in seals.holds()]


def test_it_ends_by_itself_after_the_days_that_were_asked_for_and_leaves_an_act() -> None:
    ten, most = preserve("seller:S-1", days=10), preserve("buyer:B-1")

    assert actions.lapse(machine(later(days=9))) == 0
    assert actions.lapse(machine(later(days=10))) == 1
    assert in_force() == [most]
    assert actions.lapse(machine(later(days=30))) == 1
    assert in_force() == []
    kinds = [act.kind for act in records.acts_about("log:seller:S-1")]
    assert sorted(kinds) == ["vault.hold", "vault.lift_hold"]
    assert ten != most


def test_it_is_extended_by_thirty_days_at_most_and_lasts_sixty_in_all() -> None:
    number = preserve("buyer:B-1")

    with pytest.raises(HoldDaysUnfit):
        actions.extend(lead(later(days=20)), number=number, days=31, reason="延長")
    until = actions.extend(lead(later(days=20)), number=number, days=30, reason="延長の求め")
    with pytest.raises(HoldDaysUnfit) as over:
        actions.extend(lead(later(days=40)), number=number, days=1, reason="再延長")

    assert until == later(days=60)
    assert "60" in over.value.sentence.ja
    assert actions.lapse(machine(later(days=59))) == 0
    assert actions.lapse(machine(later(days=60))) == 1


@pytest.mark.parametrize("days", [0, -1, 31, 60])
def test_it_is_asked_for_thirty_days_at_most(days: int) -> None:
    with pytest.raises(HoldDaysUnfit):
        preserve("buyer:B-1", days=days)

    assert not Hold.objects.exists()


def test_what_has_ended_is_not_extended_and_nobody_but_who_answers_for_it_extends_anything() -> None:
    number, suit = (
        preserve("buyer:B-1", days=1),
        actions.hold(lead(), what="buyer:B-1", ground=SUIT, reason="訴状"),
    )

    with pytest.raises(HoldNotYours):
        actions.extend(actor(), number=number, days=1, reason="延長")
    with pytest.raises(NoSuchHold):
        actions.extend(lead(later(days=1)), number=number, days=1, reason="延長")
    with pytest.raises(HoldDaysUnfit):
        actions.extend(lead(), number=suit, days=1, reason="延長")
    with pytest.raises(HoldDaysUnfit):
        actions.hold(lead(), what="buyer:B-1", ground=SUIT, reason="訴状", days=5)


def test_it_reaches_logs_alone_so_words_files_and_keys_go_when_their_time_comes() -> None:
    number = a_case(closed_at=MONDAY)
    file = keep(image(), about=ABOUT).id
    with pytest.raises(LogsOnly):
        preserve(f"vault.file:{file}")
    held = preserve(number)
    with transaction.atomic():
        ledger.record(machine(), kind="test", subject="buyer:B-1", about=ABOUT)
    before = [(act.kind, act.at) for act in records.acts_about(ABOUT)]

    assert retain(at=later(days=2_000)) == 1
    ledger.shred(lead(), subject="buyer:B-1", reason="本人の求め")

    assert [one.covers for one in seals.holds()] == [()]
    assert in_force() == [held]
    after = [(act.kind, act.at) for act in records.acts_about(ABOUT)]
    assert set(before) <= set(after)  # who did what when stays, whatever is erased


def test_a_warrant_for_records_holds_what_it_names_until_it_is_lifted() -> None:
    number = a_case(closed_at=MONDAY)
    keep(image(), about=ABOUT)
    held = actions.hold(lead(), what=number, ground=RECORD_ORDER, reason="令状")

    assert retain(at=later(days=2_000)) == 0
    assert Hold.objects.get(pk=held).until is None
    actions.lift(lead(later(days=2_000)), number=held, reason="提供した")
    assert retain(at=later(days=2_000)) == 1


def test_only_what_the_law_lets_end_has_an_end() -> None:
    assert {one.code: (one.days, one.longest) for one in HOLD_GROUNDS if one.days} == {
        "preservation": (30, 60)
    }
    assert [one.code for one in HOLD_GROUNDS if one.of_logs] == ["preservation"]


def test_a_hold_from_before_stays_as_it_was_put() -> None:
    held = preserve("buyer:B-1")
    Hold.objects.filter(pk=held).update(until=None, what="buyer:B-1")

    assert actions.lapse(machine(MONDAY + timedelta(days=900))) == 0
    assert in_force() == [held]

"""A random walk over the whole room of enforcement: nothing is parked, past its end, lifted twice or counted wrongly."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.clocks.models import Clock
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, ListingLine, SellerLine
from mamori.ground.market.models import Impediment
from mamori.ground.outbox.models import Event
from mamori.law.clauses import CLAUSES
from mamori.rooms.contact.models import Recovery
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.measures import execution
from mamori.rooms.enforcement.measures.actions import deciding as deciding_actions, standing
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.measures.actions.hiding import hide_provisionally
from mamori.rooms.enforcement.models import Appeal, Finding, Measure, Strike
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Ended, Source, Unheard
from tests.journeys import deciding
from tests.journeys.measuring import faults
from tests.journeys.wanderer import BEGAN, Walk, walk_seed
from tests.settled.clearance import contradictions
from trials.sizes import sized_by_engine

FULL = 334
"""From so many steps on it goes on until every act has succeeded once, and what is planted is noticed.

On PostgreSQL that would take up to an hour, all in one transaction: there it does a step less, and the soak does all.
"""
STEPS = int(os.environ.get("MAMORI_WALK_STEPS", sized_by_engine(3 * FULL, 3 * (FULL - 1)))) // 3

LEADS: dict[Callable[[Walk], None], tuple[Callable[[Walk], None], ...]] = {
    deciding.PROPOSE_POLICY: (deciding.change_policy,),
    deciding.PUBLISH_POLICY: (deciding.change_policy, deciding.PROPOSE_POLICY),
    deciding.confirm_hiding: (deciding.find, deciding.hide_provisionally),
    deciding.lift_hiding: (deciding.find, deciding.hide_provisionally),
    deciding.close_at_once: (deciding.find,),
}
"""What leads to what seldom comes about by itself: done in its place half of the time, so that a walk ends."""


@pytest.mark.sized
@pytest.mark.django_db
def test_nothing_is_parked_past_its_end_or_lifted_twice_whatever_anybody_does() -> None:
    seed = walk_seed()
    walk = Walk(random.Random(seed))
    deciding.settle_in(walk)
    names = {act.__name__ for act in deciding.ACTS}

    for step in range(5 * STEPS if STEPS >= FULL else STEPS):
        if step >= STEPS and walk.done.keys() >= names:
            break
        walk.step(deciding.ACTS, rather=0.05 if step < STEPS else 0.4, leads=LEADS)
        if step % 100 == 0:
            walk.play()
            found = [*faults(walk.now), *contradictions(walk.now)]
            assert not found, f"seed {seed}, step {step}: {found}"
    walk.play()

    assert not [*faults(walk.now), *contradictions(walk.now)]
    if STEPS >= FULL:
        assert names <= walk.done.keys(), names - walk.done.keys()
        _notice_what_is_planted(walk)
    assert not list(faults(walk.now))


def _notice_what_is_planted(walk: Walk) -> None:
    for plant, said in PLANTS.items():
        with transaction.atomic():
            plant(walk)
            assert any(said in one for one in (*faults(walk.now), *contradictions(walk.now))), plant
            transaction.set_rollback(True)
    for refused in (_review_oneself,):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused(walk)


def _forget_a_clock(walk: Walk) -> None:
    Clock.objects.filter(done_at__isnull=True, kind__startswith="enforcement.").first().delete()  # type: ignore[union-attr]


def _hide(walk: Walk) -> Measure:
    """Let a dangerous listing of a seller of its own be hidden provisionally, and the shop do it."""
    early, shop = BEGAN - timedelta(days=90), f"P{Finding.objects.count()}"
    market.put_seller(_actor("machine:test", early), SellerLine(ref=shop, name="店"))
    market.put_listing(
        _actor("machine:test", early), ListingLine(ref=f"L-{shop}", seller=shop, name="品", price=1)
    )
    finding = findings.find(
        _actor("agent:1", walk.now),
        breach="dangerous-goods",
        severity=Severity.GRAVE,
        harm=Reach.DANGER,
        subject=Subject(seller=shop, listing=f"L-{shop}"),
        facts=(Text("煙が出る。", "It smokes."),),
        origin=f"plant:{shop}",
        source=Source.STAFF,
    )
    number = hide_provisionally(
        _actor("agent:1", walk.now), finding=finding, because=Text("煙が出る。", "It smokes.")
    )
    hiding = Measure.objects.get(pk=number)
    market.confirm(_actor("machine:test", walk.now), instruction=hiding.instruction, outcome="confirmed")
    return hiding


def _show_by_a_timer(walk: Walk) -> None:
    hiding, by = _hide(walk), _actor("machine:test", walk.now + timedelta(days=14))
    standing.end_measure(by, measure=hiding.pk)  # what every timer calls
    assert Measure.objects.get(pk=hiding.pk).lift_asked_at is None
    execution.undo(by, hiding, Ended.DUE)


def _show_behind_its_back(walk: Walk) -> None:
    market.undo(_actor("machine:test", walk.now + timedelta(days=14)), instruction=_hide(walk).instruction)


def _forget_the_leads(walk: Walk) -> None:
    Clock.objects.filter(about=f"enforcement.measure:{_hide(walk).pk}").delete()


def _lose_points(walk: Walk) -> None:
    strike = Strike.objects.get(measure=_stand(walk, "suspended", 30))
    Strike.objects.filter(pk=strike.pk).update(ended_at=walk.now)


def _overstay(walk: Walk) -> None:
    over = _stand(walk, "suspended", 30)
    standing.lift(_actor("lead:2", walk.now), measure=over.pk, because=Ended.REVIEWED, reason="もうよい")
    late = F("ends_at") + timedelta(minutes=2)
    Measure.objects.filter(pk=over.pk).update(ended_because="due", lift_asked_at=late)


def _forget_what_hinders(walk: Walk) -> None:
    _stand(walk, "suspended", 30)
    Impediment.objects.filter(code="suspended").delete()


def _hinder_for_ever(walk: Walk) -> None:
    over = _stand(walk, "suspended", 30)
    row = Impediment.objects.get(about=f"enforcement.measure:{over.pk}")
    standing.lift(_actor("lead:2", walk.now), measure=over.pk, because=Ended.REVIEWED, reason="もうよい")
    row.save(force_insert=True)


def _review_oneself(walk: Walk) -> None:
    """Let who decided review it: the database does not take it."""
    appeal = Appeal.objects.exclude(reviewer="").first()
    assert appeal is not None
    Appeal.objects.filter(pk=appeal.pk).update(first_by=appeal.reviewer)


def _leave_an_appeal(walk: Walk) -> None:
    appeal = Appeal.objects.filter(state="reversed", measure__isnull=False).first()
    assert appeal is not None
    Appeal.objects.filter(pk=appeal.pk).update(state="review", closed_at=None)


def _tell_twice(walk: Walk) -> None:
    event = Event.objects.filter(kind="enforcement.measure_ended").first()
    assert event is not None
    Event.objects.create(kind=event.kind, subject=event.subject, body=event.body, at=event.at)


def _stand(
    walk: Walk, measure: str, days: int = 0, *, approved: bool = True, heard: bool = True, **wish: Any
) -> Measure:
    """Let a measure on a seller of its own be decided by one person and approved by another."""
    early, shop = BEGAN - timedelta(days=90), f"P{Finding.objects.count()}"
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=early) for one in CLAUSES)
    market.put_seller(_actor("machine:test", early), SellerLine(ref=shop, name="店", accepted=accepted))
    finding = findings.find(
        _actor("agent:1", walk.now),
        breach="display",
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller=shop),
        facts=(Text("表示がない。", "Nothing is shown."),),
        origin=f"plant:{shop}",
        source=Source.STAFF,
    )
    findings.ask_view(_actor("agent:1", walk.now), finding=finding)
    if heard:
        findings.state_view(_actor(f"seller:{shop}", walk.now), finding=finding, said="直します")
    why = {"why_other": deciding.WHY, "why_amount": deciding.WHY}
    given = Wish(measure=measure, days=days, reason="記録のとおり", **why | wish)
    number = deciding_actions.decide(_actor("lead:2", walk.now), finding=finding, wish=given)
    if approved:
        deciding_actions.approve(_actor("counsel:3", walk.now), measure=number)
    return Measure.objects.get(pk=number)


def _actor(by: str, at: datetime) -> Actor:
    return Actor(by=by, role=Role(by.partition(":")[0]), at=at, via="test")


def _hear_nobody(walk: Walk) -> None:
    found = _stand(walk, "suspended", 30)
    Finding.objects.filter(pk=found.finding_id).update(heard_at=None)


def _see_danger(walk: Walk) -> None:
    found = _stand(walk, "suspended", 30)
    Finding.objects.filter(pk=found.finding_id).update(heard_at=None, because_unheard="danger")


def _trust_one(walk: Walk) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bounds, "needs_second", lambda *_, **__: False)
        _stand(walk, "payout-held", 30, approved=False, heard=False, unheard=Unheard.FRAUD)


def _begin_at_once(walk: Walk) -> None:
    found = _stand(walk, "closed", at_once="organised-crime")
    Measure.objects.filter(pk=found.pk).update(at_once="")


def _name_no_ground(walk: Walk) -> None:
    found = _stand(walk, "closed", at_once="organised-crime")
    Measure.objects.filter(pk=found.pk).update(at_once="emergency")


def _approve_changed(walk: Walk) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(deciding_actions, "must_still_fit", lambda *_: None)
        found = _stand(walk, "suspended", 30, approved=False)
        standing.note_cured(_actor("agent:1", walk.now), finding=found.finding_id, reason="確かめた")
        deciding_actions.approve(_actor("counsel:3", walk.now), measure=found.pk)


def _review_no_more(walk: Walk) -> None:
    found = _stand(walk, "payout-held", 30)
    Measure.objects.filter(pk=found.pk).update(review_at=walk.now - timedelta(hours=1))


def _give_too_much(walk: Walk) -> None:
    found = Appeal.objects.filter(recovery__isnull=False).first()
    assert found is not None
    Appeal.objects.filter(pk=found.pk).update(given_back=deciding.PRICE + 1)


def _appeal_for_nothing(walk: Walk) -> None:
    found = Appeal.objects.filter(recovery__isnull=False).first()
    assert found is not None
    Appeal.objects.filter(pk=found.pk).update(state="review", closed_at=None)
    Recovery.objects.filter(pk=found.recovery or 0).update(state="borne", closed_at=walk.now)


PLANTS = {
    _hear_nobody: "no reason forbade it",
    _see_danger: "a danger that is not there",
    _trust_one: "one person's word of fraud",
    _begin_at_once: ", begun ",
    _name_no_ground: "which its clause does not list",
    _approve_changed: "put right meanwhile",
    _review_no_more: "nobody was asked",
    _give_too_much: "yen go back",
    _appeal_for_nothing: "the deduction is borne",
    _forget_a_clock: ": ",
    _lose_points: "points ended",
    _overstay: ", lifted ",
    _leave_an_appeal: "against what was reversed",
    _tell_twice: "was told 2 times",
    _forget_what_hinders: "may list: True, True, not False",
    _hinder_for_ever: "may list: False, False, not True",
    _show_by_a_timer: "ended without a decision",
    _show_behind_its_back: "was provisionally hidden and shown again",
    _forget_the_leads: "(listing-hidden-provisionally): ordered: []",
}
"""What is planted, and the words by which it is noticed."""

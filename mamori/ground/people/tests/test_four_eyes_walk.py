"""Whoever does whatever in whatever order: nothing happens that two must agree on, but by two who did not make each other.

What the walk holds it to is written down here, apart from the house: who added or invited whom and when, who was there.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks
from mamori.ground.people import actions, tasks
from mamori.ground.people.models import Account, Proposal
from mamori.ground.people.rules import Profile, Size
from mamori.ground.people.tests.conftest import MACHINE, NOON

pytestmark = pytest.mark.django_db
AFTER = timedelta(days=7)
STEPS = 80
TRUSTED = (Role.LEAD, Role.COUNSEL)


@dataclass
class Person:
    """An account, as the walk saw it made; `made_by` has everybody of the staff who added or invited it, and when."""

    born: datetime
    by_root: bool
    made_by: list[tuple[int, datetime]] = field(default_factory=list)


class Walk:
    """A centre of one size in which anybody does anything that the house lets them."""

    def __init__(self, seed: int, size: Size) -> None:
        self.dice, self.at, self.seen = random.Random(seed), NOON, Counter[str]()
        self.profile = Profile(size=size, delay=Hours(24), counts_after=AFTER)
        self.people: dict[int, Person] = {}
        self.alone: dict[int, bool] = {}
        self.add(root=True)
        for _ in range(self.dice.randint(0, 2)):
            self.add(root=True)
        self.remember(set())

    # who there is

    def any_actor(self, *, trusted: bool = False) -> Actor:
        roles = sorted(TRUSTED if trusted else STAFF)
        rows = list(Account.objects.filter(is_active=True, role__in=roles).order_by("pk"))
        one = self.dice.choice(rows)
        return Actor(by=one.who, role=Role(one.role), at=self.at, via="walk")

    def anybody(self) -> int:
        return self.dice.choice(sorted(self.people))

    def made(self, maker: int) -> set[int]:
        """Return whom somebody made, and whom those made while they were too new themselves."""
        found: set[int] = set()
        for _ in self.people:
            for number, one in self.people.items():
                own = any(by == maker for by, _ in one.made_by)
                through = any(by in found and self.too_new(by, at) for by, at in one.made_by)
                if number != maker and (own or through):
                    found.add(number)
        return found

    def too_new(self, number: int, at: datetime) -> bool:
        one = self.people[number]
        founder = one.by_root and one.born < min(p.born for p in self.people.values()) + AFTER
        return not founder and at < one.born + AFTER

    def are_two(self, one: int, other: int) -> bool:
        return one != other and other not in self.made(one) and one not in self.made(other)

    def could(self, proposer: int, *, but: int = 0) -> set[int]:
        roles = frozenset(TRUSTED) if self.profile.size is Size.TWENTY else STAFF
        rows = Account.objects.filter(is_active=True, role__in=sorted(roles))
        return {row.pk for row in rows if row.pk != but and self.are_two(proposer, row.pk)}

    # what anybody does

    def add(self, *, root: bool = False) -> None:
        actor = MACHINE if root else self.any_actor(trusted=True)
        role = Role.LEAD if root and not self.people else self.dice.choice([Role.AGENT, *TRUSTED])
        number = actions.add_account(
            Actor(by=actor.by, role=actor.role, at=self.at, via="walk"),
            email=f"p{len(self.people)}@example.jp",
            name="人",
            role=role,
            profile=self.profile,
        )
        Authenticator.objects.create(user_id=number, type="webauthn", data={"name": "key"})
        self.people[number] = Person(born=self.at, by_root=root)
        if not root:
            self.people[number].made_by.append((number_of(actor), self.at))

    def add_on_the_server(self) -> None:
        if self.dice.random() < 0.3:
            self.add(root=True)

    def invite(self) -> None:
        actor, number = self.any_actor(trusted=True), self.anybody()
        Authenticator.objects.filter(user_id=number).delete()
        try:
            actions.invite_by_mail(actor, account=number, origin="https://x", profile=self.profile)
            if all(by != number_of(actor) for by, _ in self.people[number].made_by):
                self.people[number].made_by.append((number_of(actor), self.at))
        finally:
            Authenticator.objects.create(user_id=number, type="webauthn", data={"name": "key"})

    def wish(self) -> None:
        actor = self.any_actor(trusted=True)
        actions.propose_reset(actor, account=self.anybody(), profile=self.profile, reason="x")

    def promote(self) -> None:
        actor, role = self.any_actor(trusted=True), self.dice.choice(TRUSTED)
        actions.change_role(actor, account=self.anybody(), role=role, profile=self.profile)

    def demote(self) -> None:
        self.take_away(lambda actor, number: actions.change_role(
            actor, account=number, role=Role.AGENT, profile=self.profile
        ))  # fmt: skip

    def suspend(self) -> None:
        self.take_away(lambda actor, number: actions.suspend(actor, account=number, profile=self.profile))

    def take_away(self, deed: Callable[[Actor, int], None]) -> None:
        """Let one take another's say away: whoever had somebody who could agree still has."""
        actor, number = self.any_actor(trusted=True), self.anybody()
        before = self.could(number_of(actor))
        deed(actor, number)
        if before and self.profile.size is not Size.ONE:
            assert self.could(number_of(actor)), "the last who could agree was taken away by one person"
        self.seen["taken away"] += 1

    def let_in(self) -> None:
        actor = self.any_actor(trusted=True)
        actions.let_in_again(actor, account=self.anybody(), profile=self.profile)

    def agree(self) -> None:
        actor, number = self.any_actor(), self.dice.choice([*open_numbers(), 0])
        actions.agree(actor, proposal=number, profile=self.profile)
        found = Proposal.objects.get(pk=number)
        proposer, who = found.by, number_of(actor)
        assert found.state == "effected"
        assert f"staff:{who}" != found.about
        assert not self.too_new(who, self.at)
        if proposer.startswith("staff:"):
            mine = int(proposer.removeprefix("staff:"))
            assert self.are_two(mine, who), "two who made each other"
            assert Account.objects.get(pk=mine).is_active, "a suspended person's wish"
            assert Account.objects.get(pk=mine).role in TRUSTED, "a demoted person's wish"
        self.seen["agreed"] += 1

    def decline(self) -> None:
        actor, number = self.any_actor(), self.dice.choice([*open_numbers(), 0])
        actions.decline(actor, proposal=number, profile=self.profile)

    def pass_time(self) -> None:
        self.at += timedelta(hours=self.dice.choice([1, 20, 80, 200]))
        for number in open_numbers():
            found = Proposal.objects.get(pk=number)
            if found.due_at is None or found.due_at > self.at:
                continue
            tasks.wait_is_over(
                clocks.Fired(
                    kind="people.lone_delay",
                    about=f"people.proposal:{number}",
                    key="",
                    due_at=found.due_at,
                    at=self.at,
                )
            )
            assert self.alone[number], "time took the place of somebody who was there"
            self.seen["waited"] += 1

    def step(self) -> None:
        known = set(Proposal.objects.values_list("pk", flat=True))
        deed = self.dice.choice([
            self.add, self.add_on_the_server, self.invite, self.wish, self.wish, self.wish, self.promote, self.demote,
            self.suspend, self.suspend, self.let_in, self.agree, self.agree, self.agree, self.decline, self.pass_time,
        ])  # fmt: skip
        try:
            deed()
        except Refusal as refusal:
            self.seen[refusal.code] += 1
        self.remember(known)

    def remember(self, known: set[int]) -> None:
        """Note of what is new whether anybody could agree to it: only where nobody could, time may take their place."""
        for new in Proposal.objects.exclude(pk__in=known):
            mine = int(new.by.removeprefix("staff:")) if new.by.startswith("staff:") else 0
            could = self.could(mine, but=int(new.about.removeprefix("staff:")))
            self.alone[new.pk] = self.profile.size is Size.ONE or not could
            assert (new.needs == 0) is self.alone[new.pk]


def number_of(actor: Actor) -> int:
    return int(actor.by.partition(":")[2])


def open_numbers() -> list[int]:
    return list(Proposal.objects.filter(closed_at__isnull=True).order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("size", list(Size))
def test_nothing_happens_but_by_two_who_did_not_make_each_other(size: Size) -> None:
    seen = Counter[str]()

    for seed in range(8):
        with transaction.atomic():
            walk = Walk(seed, size)
            for _ in range(STEPS):
                walk.step()
            transaction.set_rollback(True)  # the next walk has a centre of its own
        seen += walk.seen

    assert seen["taken away"] > 10
    if size is Size.ONE:
        assert seen["waited"] > 20
    else:
        assert (
            min(seen["agreed"], seen["people.not-a-second-person"], seen["people.last-who-could-agree"]) > 0
        )

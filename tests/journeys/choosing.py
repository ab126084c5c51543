"""Whom and what a walk through the room of enforcement chooses."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from tests.journeys.wanderer import Walk
from trials.matter import PEOPLE


def staff(walk: Walk) -> Actor:
    """Return one of the staff."""
    who = walk.dice.choice(tuple(PEOPLE))
    return walk.actor(f"{PEOPLE[who]}:{who}", PEOPLE[who])


def a_finding(walk: Walk) -> Finding:
    """Return a finding, rather an open one."""
    rows = Finding.objects.filter(closed_at__isnull=walk.dice.random() < 0.9).order_by("-id")[:8]
    return walk.dice.choice(rows or [Finding(pk=0, seller_ref="S0")])


def a_measure(walk: Walk) -> Measure:
    """Return a measure, rather an open one."""
    rows = Measure.objects.filter(closed_at__isnull=walk.dice.random() < 0.8).order_by("-id")[:12]
    return walk.dice.choice(rows or [Measure(pk=0, seller_ref="S0")])


def an_appeal(walk: Walk) -> Appeal:
    """Return an appeal, rather an open one."""
    rows = Appeal.objects.filter(closed_at__isnull=walk.dice.random() < 0.9).order_by("-id")[:8]
    return walk.dice.choice(rows or [Appeal(pk=0, seller_ref="S0")])

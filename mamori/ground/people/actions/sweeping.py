"""Forgetting what has run out: codes, used links, invitations, counts, sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from mamori.ground.people.models import Invitation, Once, SignInCode, Tally

KEPT_FOR = timedelta(days=7)
"""So long an invitation that was used or ran out can still be looked at."""
CHUNK = 500


def sweep(*, at: datetime) -> int:
    """Forget what has run out and return how many rows, in short transactions that hold nobody up."""
    return sum(_forgotten(rows) for rows in _over(at))


def end_visits() -> int:
    """End every visit, whoever's it is, and return how many there were: what was copied with a house opens nothing."""
    with transaction.atomic():
        UserSession.objects.all().delete()
        return Session.objects.all().delete()[0]


def _over(at: datetime) -> Iterator[QuerySet[Any]]:
    yield SignInCode.objects.filter(expires_at__lte=at).order_by("expires_at")
    yield Once.objects.filter(until__lte=at).order_by("until")
    yield Tally.objects.filter(until__lte=at).order_by("until")
    yield Invitation.objects.filter(expires_at__lte=at - KEPT_FOR).order_by("id")
    yield Session.objects.filter(expire_date__lte=at).order_by("expire_date")
    yield UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).order_by("pk")


def _forgotten(rows: QuerySet[Any]) -> int:
    done = 0
    while chunk := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            done += rows.model._default_manager.filter(pk__in=chunk).delete()[0]
    return done

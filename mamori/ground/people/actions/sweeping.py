"""Forgetting what has run out: codes, used links, invitations, counts, sessions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from mamori.ground.people import limits
from mamori.ground.people.models import Invitation, Once, SignInCode

KEPT_FOR = timedelta(days=7)
"""So long an invitation that was used or ran out can still be looked at."""
CHUNK = 500


def sweep(*, at: datetime) -> int:
    """Forget what has run out, at most a chunk of each kind, and return how many rows; never holds a lock for long."""
    done = 0
    with transaction.atomic():
        done += SignInCode.objects.filter(
            pk__in=SignInCode.objects.filter(expires_at__lte=at).order_by("expires_at").values("pk")[:CHUNK]
        ).delete()[0]
    with transaction.atomic():
        done += Once.objects.filter(
            pk__in=Once.objects.filter(until__lte=at).order_by("until").values("pk")[:CHUNK]
        ).delete()[0]
    with transaction.atomic():
        done += Invitation.objects.filter(expires_at__lte=at - KEPT_FOR).delete()[0]
    with transaction.atomic():
        done += limits.sweep(at)
    with transaction.atomic():
        done += Session.objects.filter(
            pk__in=Session.objects.filter(expire_date__lte=at).order_by("expire_date").values("pk")[:CHUNK]
        ).delete()[0]
    return done

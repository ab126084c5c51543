"""How mail is taken out and handed over: leased, sent outside of any transaction, the outcome written down."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, QuerySet

from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.post.carrying import Answer, Outcome, Parcel, carry
from mamori.ground.post.lifecycle import MailState
from mamori.ground.post.models import Mail, MailAttempt
from mamori.ground.post.packing import Packer
from mamori.ground.post.schedule import BATCH, LEASE
from mamori.ground.post.settling import is_resting, step, write_down, write_down_unsent
from mamori.ground.post.transports import transport

DATABASE_PAUSES = (0.2, 1.0, 3.0, 8.0, 20.0)
"""What a server has taken is worth waiting for: were it not written down, it would be sent again."""


def deliver(*, at: datetime, limit: int = BATCH) -> int:
    """Send mail that is due, urgent mail first, each leased to this worker alone; return how many came a step further.

    The network is never inside a transaction.  When the worker dies, its leases end and others take over.
    """
    way = transport(settings.MAMORI_MAIL)
    if way is None or is_resting(at):
        return 0
    packer = Packer(at)
    packed = list(packer.pack(lease(at, limit)))
    write_down_unsent([one for one in packed if one.parcel is None], at)
    parcels = [one.parcel for one in packed if one.parcel is not None]
    done = len(packed) - len(parcels)
    for told in carry(parcels, way):
        _write_down_patiently(told, at)
        done += sum(answer.outcome is not Outcome.UNTRIED for _, answer in told)
    return done


def lease(at: datetime, limit: int) -> list[Mail]:
    """Take out up to `limit` mails that are due; nobody else gets them before the lease ends."""
    with transaction.atomic():
        queues = (due(at, urgent=urgent)[:limit] for urgent in (True, False))
        mails = list(chain.from_iterable(queues))[:limit]
        lost = [mail for mail in mails if mail.state == MailState.LEASED]
        MailAttempt.objects.bulk_create(
            MailAttempt(
                mail=mail, number=mail.attempts, at=at, answer="the worker ended before it could tell"
            )
            for mail in lost
        )
        for mail in mails:
            step(mail, "lease")
            mail.attempts += 1
            mail.tries_left = max(0, mail.tries_left - 1)
            mail.next_at = at + LEASE
        taken = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
        taken.filter(tries_left__gt=0).update(tries_left=F("tries_left") - 1)
        taken.update(state=MailState.LEASED, attempts=F("attempts") + 1, next_at=at + LEASE)
    return mails


def due(at: datetime, *, urgent: bool) -> QuerySet[Mail]:
    """Return mails whose turn it is, in the order of the index; one that another worker is taking out is passed over."""
    mails = Mail.objects.filter(IS_OPEN, urgent=urgent, next_at__lte=at).order_by("next_at", "id")
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        return mails.select_for_update(skip_locked=True)
    return mails


def _write_down_patiently(told: Sequence[tuple[Parcel, Answer]], at: datetime) -> None:
    for pause in DATABASE_PAUSES:
        try:
            write_down(told, at)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
        else:
            return
    write_down(told, at)

"""How effects are worked off: each in its own transaction, in order for one subject, stuck ones in sight."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from mamori.ground.declared.faults import fault_of
from mamori.ground.outbox import registry
from mamori.ground.outbox.models import IS_UNDONE, Effect
from mamori.ground.outbox.publishing import read
from mamori.ground.outbox.schedule import STUCK_AFTER, back_off


def due(at: datetime) -> QuerySet[Effect]:
    """Return effects whose turn it is: no earlier one of the same handler and subject is undone."""
    earlier = Effect.objects.filter(
        IS_UNDONE, handler=OuterRef("handler"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
    )
    return Effect.objects.filter(IS_UNDONE, ~Exists(earlier), next_at__lte=at).order_by("next_at", "id")


def work(*, at: datetime, limit: int) -> int:
    """Work off up to `limit` effects; return how many were taken in hand, done or failed."""
    for taken in range(limit):
        if not _one(at):
            return taken
    return limit


def _one(at: datetime) -> bool:
    with transaction.atomic():
        turn = due(at)
        if connection.vendor == "postgresql":
            turn = turn.select_for_update(skip_locked=True)
        effect = turn.first()
        if effect is None:
            return False
        try:
            with transaction.atomic():
                Effect.objects.filter(pk=effect.pk).update(
                    done_at=at, attempts=effect.attempts + 1, stuck_at=None
                )
                registry.hearer(effect.event.kind, effect.handler).handler(read(effect.event), at)
        except Exception as error:  # whatever a handler raises must not stop the other subjects
            _failed(effect, at, error)
    return True


def _failed(effect: Effect, at: datetime, error: Exception) -> None:
    effect.attempts += 1
    effect.next_at = at + back_off(effect.attempts - 1)
    effect.error = fault_of(error)
    if effect.attempts >= STUCK_AFTER:
        effect.stuck_at = effect.stuck_at or at
    effect.save(update_fields=["attempts", "next_at", "error", "stuck_at"])

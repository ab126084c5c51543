"""Leave: by which detail of theirs a buyer lets the seller reach them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mamori.rooms.contact.models.thread import Thread

HOLDS = Q(ended_at__isnull=True)
"""The one condition that what the seller sees and its constraint share."""


class Leave(models.Model):
    """One detail, sealed with the buyer's key; taken back it stays as a row that no longer holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="leaves")
    way = models.CharField(max_length=8)
    sealed = models.BinaryField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One detail of a kind holds at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("thread", "way"), condition=HOLDS, name="contact_leave_one_holds"
            ),
        )

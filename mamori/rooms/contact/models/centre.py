"""What the centre and a party wrote to each other in a trouble, beside the conversation of buyer and seller."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mamori.rooms.contact.models.thread import Thread


class CentreMessage(models.Model):
    """One message of the centre, or to it; `readers` may read it beside the centre: `buyer`, `seller` or `both`.

    `by_side` wrote it, for the centre its `agent`.  Sealed with its reader's key, of both with the buyer's; never changed.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="centre_messages")
    number = models.PositiveIntegerField()
    by_side = models.CharField(max_length=8)
    agent = models.CharField(max_length=128, blank=True)
    readers = models.CharField(max_length=8)
    through = models.CharField(max_length=8, blank=True, default="")
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        """Number the messages of a thread without doubles; whoever writes may read."""

        constraints = (
            models.UniqueConstraint(fields=("thread", "number"), name="contact_centremessage_number"),
            models.CheckConstraint(
                condition=Q(by_side="centre") | Q(readers="both") | Q(readers=models.F("by_side")),
                name="contact_centremessage_writer_reads",
            ),
        )

"""Helpers: whom a buyer lets read one conversation, or write in it, and until when."""

from __future__ import annotations

from django.db import models

from mamori.rooms.contact.models.thread import Thread


class Helper(models.Model):
    """Somebody who helps a buyer with one thread: the name sealed with the buyer's key, of the code a digest."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    may_write = models.BooleanField()
    may_decide = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by the thread; who answers proposals writes as well."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(may_decide=False) | models.Q(may_write=True),
                name="contact_helper_decider_writes",
            ),
        )
        indexes = (models.Index(fields=("thread", "id"), name="contact_helper_thread"),)

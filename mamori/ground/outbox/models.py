"""The tables of the outbox: what happened, what is still to be done about it, and what is on its way out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.ground.outbox.lifecycle import DELIVERY, NOTICE

IS_UNDONE = Q(done_at__isnull=True)
IS_STUCK = IS_UNDONE & Q(stuck_at__isnull=False)
IS_DEAD = IS_OPEN & Q(next_at__isnull=True)
IS_ON = Q(switched_off_at__isnull=True)


class Event(models.Model):
    """What happened; `body` is the exact text that every webhook of it carries, stored once."""

    append_only = True
    retained = True

    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=128)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """They lie by their moment, for what is over to be found."""

        indexes = (models.Index(fields=["at", "id"], name="outbox_event_oldest"),)


class Effect(models.Model):
    """What one handler still has to do, or has done, about one event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="effects")
    handler = models.CharField(max_length=200)
    subject = models.CharField(max_length=128)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    stuck_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    skipped_because = models.TextField(blank=True, default="")

    class Meta:
        """Effective once: one row for an event and a handler."""

        constraints = (models.UniqueConstraint(fields=["event", "handler"], name="outbox_effect_once"),)
        indexes = (
            models.Index(fields=["next_at", "id"], condition=IS_UNDONE, name="outbox_effect_due"),
            models.Index(
                fields=["handler", "subject", "id"], condition=IS_UNDONE, name="outbox_effect_order"
            ),
            models.Index(fields=["stuck_at", "id"], condition=IS_STUCK, name="outbox_effect_stuck"),
        )


class Endpoint(models.Model):
    """An address of the marketplace's software; while `resting_until` lies ahead nothing is sent there."""

    url = models.CharField(max_length=2000)
    kinds = models.JSONField(default=list)
    secret = models.BinaryField()
    former_secret = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    switched_off_at = models.DateTimeField(null=True)
    why_off = models.CharField(max_length=200, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    resting_until = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One event for one endpoint.  `next_at`: when to send, or while leased when the lease ends; empty when dead."""

    message = models.CharField(max_length=40, unique=True)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    state = StateField(DELIVERY)
    next_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    tries_left = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One delivery for an event and an endpoint."""

        constraints = (
            models.UniqueConstraint(fields=["event", "endpoint"], name="outbox_delivery_once"),
            *state_constraints(DELIVERY, "outbox_delivery"),
        )
        indexes = (
            models.Index(fields=["endpoint", "next_at", "id"], condition=IS_OPEN, name="outbox_delivery_due"),
            models.Index(fields=["id"], condition=IS_DEAD, name="outbox_delivery_dead"),
        )


class Attempt(models.Model):
    """The delivery log: one try, and what came of it."""

    append_only = True
    retained = True

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="log")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True, default="")


class Notice(models.Model):
    """A notice to a party: which template, with which values; never anybody's words.

    A secret value, such as a sign-in code, stands in no column but `sealed`, and only until it was sent or is too old.
    """

    shown_at = ("/desk/notices/ WHERE \"to\" NOT IN ('lead', 'counsel')",)

    to = models.CharField(max_length=128)
    template = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    title = models.JSONField()
    body = models.JSONField()
    values = models.JSONField(default=dict)
    about = models.CharField(max_length=128)
    channel = models.CharField(max_length=16, blank=True)
    sealed = models.BinaryField(null=True)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField()
    event = models.OneToOneField(Event, on_delete=models.PROTECT, null=True, related_name="notice")
    state = StateField(NOTICE)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states only; found by what it is about, by whom it is for, and the oldest of a kind first."""

        constraints = tuple(state_constraints(NOTICE, "outbox_notice"))
        indexes = (
            models.Index(fields=["about", "id"], name="outbox_notice_about"),
            models.Index(fields=["to", "id"], name="outbox_notice_to"),
            models.Index(fields=["kind", "at", "id"], name="outbox_notice_oldest"),
        )

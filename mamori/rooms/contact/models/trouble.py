"""Troubles, and the centre's help with them: mediations and calls."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.contact.lifecycle import CALL, MEDIATION, TROUBLE
from mamori.rooms.contact.models.thread import Thread


class Trouble(models.Model):
    """A trouble with an order: two clocks run on it from the first inquiry."""

    thread = models.OneToOneField(Thread, models.PROTECT, related_name="trouble")
    harm = models.CharField(max_length=32)
    progress = models.CharField(max_length=32)
    state = StateField(TROUBLE)
    opened_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    resolution_due_at = models.DateTimeField()
    first_answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle."""

        constraints = state_constraints(TROUBLE, "contact_trouble")
        indexes = (
            models.Index(fields=("resolution_due_at",), condition=IS_OPEN, name="contact_trouble_open"),
        )


class Mediation(models.Model):
    """The centre's help with one trouble."""

    trouble = models.OneToOneField(Trouble, models.PROTECT, related_name="mediation")
    cause = models.CharField(max_length=32)
    agent = models.CharField(max_length=128, blank=True)
    state = StateField(MEDIATION)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle."""

        constraints = state_constraints(MEDIATION, "contact_mediation")
        indexes = (models.Index(fields=("agent", "id"), condition=IS_OPEN, name="contact_mediation_open"),)


class Call(models.Model):
    """An entry of the call list."""

    trouble = models.ForeignKey(Trouble, models.PROTECT, related_name="calls")
    seller_ref = models.CharField(max_length=128)
    why = models.CharField(max_length=32)
    outcome = models.CharField(max_length=32, blank=True)
    promised_at = models.DateTimeField(null=True)
    agent = models.CharField(max_length=128, blank=True)
    state = StateField(CALL)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; the list is read oldest first."""

        constraints = state_constraints(CALL, "contact_call")
        indexes = (models.Index(fields=("opened_at", "id"), condition=IS_OPEN, name="contact_call_open"),)

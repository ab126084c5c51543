"""The tables of this room: what is kept, and what the database itself refuses."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.contact.lifecycle import CALL, MEDIATION, RECOVERY, REMEDY, THREAD, TROUBLE

SELLERS_TURN = ("missed", "waiting")
IS_SELLERS_TURN = Q(answer_due_at__isnull=False)
"""The one condition that the seller's inbox and its index share."""
IS_BUYERS_TURN = IS_OPEN & Q(answer_due_at__isnull=True)
"""The same for what waits for the buyer."""


class Thread(models.Model):
    """A conversation of one buyer with one seller, about a listing or an order.

    `answer_due_at` is set while it is the seller's turn, also when that moment has passed.
    """

    topic = models.CharField(max_length=32)
    buyer_ref = models.CharField(max_length=128)
    seller_ref = models.CharField(max_length=128)
    listing_ref = models.CharField(max_length=128, blank=True)
    order_ref = models.CharField(max_length=128, blank=True)
    state = StateField(THREAD)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    centre_may_read = models.BooleanField(default=False)
    shared_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle, and one subject per thread."""

        constraints = (
            *state_constraints(THREAD, "contact_thread"),
            models.CheckConstraint(
                condition=Q(order_ref="") ^ Q(listing_ref=""), name="contact_thread_listing_or_order"
            ),
            models.UniqueConstraint(
                fields=("order_ref",),
                condition=IS_OPEN & ~Q(order_ref=""),
                name="contact_thread_one_open_per_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SELLERS_TURN, answer_due_at__isnull=False)
                | (~Q(state__in=SELLERS_TURN) & Q(answer_due_at__isnull=True)),
                name="contact_thread_answer_due_in_turn",
            ),
        )
        indexes = (
            models.Index(fields=("buyer_ref", "id"), condition=IS_OPEN, name="contact_thread_buyer_open"),
            models.Index(fields=("buyer_ref", "id"), condition=~IS_OPEN, name="contact_thread_buyer_closed"),
            models.Index(
                fields=("seller_ref", "answer_due_at", "id"),
                condition=IS_SELLERS_TURN,
                name="contact_thread_seller_turn",
            ),
            models.Index(
                fields=("seller_ref", "id"), condition=IS_BUYERS_TURN, name="contact_thread_seller_waits"
            ),
            models.Index(
                fields=("seller_ref", "id"), condition=~IS_OPEN, name="contact_thread_seller_closed"
            ),
        )


class Message(models.Model):
    """What one side wrote: sealed with the writer's key, never changed."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    by_seller = models.BooleanField()
    substantive = models.BooleanField()
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        """Number the messages of a thread without gaps or doubles."""

        constraints = (models.UniqueConstraint(fields=("thread", "number"), name="contact_message_number"),)


class Attachment(models.Model):
    """A file that came with a message; what it is and holds lies in the vault, sealed as its words are."""

    append_only = True

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    number = models.PositiveIntegerField()
    by_seller = models.BooleanField()
    file = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        """Number the files of a thread without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("thread", "number"), name="contact_attachment_number"),
        )


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


class Remedy(models.Model):
    """A refund in the seller's place.  Yen."""

    trouble = models.OneToOneField(Trouble, models.PROTECT, related_name="remedy")
    buyer_ref = models.CharField(max_length=128)
    amount = models.PositiveIntegerField(default=0)
    instruction = models.CharField(max_length=64, blank=True)
    state = StateField(REMEDY)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; an instruction stands for one remedy."""

        constraints = (
            *state_constraints(REMEDY, "contact_remedy"),
            models.UniqueConstraint(
                fields=("instruction",), condition=~Q(instruction=""), name="contact_remedy_instruction"
            ),
        )
        indexes = (
            models.Index(fields=("buyer_ref", "closed_at"), name="contact_remedy_buyer"),
            models.Index(fields=("state", "id"), condition=IS_OPEN, name="contact_remedy_open"),
        )


class Recovery(models.Model):
    """What the operator may take back from the seller.  Yen."""

    remedy = models.OneToOneField(Remedy, models.PROTECT, related_name="recovery")
    seller_ref = models.CharField(max_length=128)
    clause = models.CharField(max_length=64, blank=True)
    clause_version = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField()
    amount = models.PositiveIntegerField(default=0)
    instruction = models.CharField(max_length=64, blank=True)
    view = models.BinaryField(null=True)
    state = StateField(RECOVERY)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; nothing is claimed above the refund or without a clause."""

        constraints = (
            *state_constraints(RECOVERY, "contact_recovery"),
            models.CheckConstraint(condition=Q(amount__lte=F("most")), name="contact_recovery_ceiling"),
            models.CheckConstraint(
                condition=Q(amount=0) | Q(clause_version__gt=0), name="contact_recovery_needs_clause"
            ),
        )
        indexes = (
            models.Index(fields=("seller_ref", "id"), condition=IS_OPEN, name="contact_recovery_seller"),
            models.Index(fields=("id",), condition=IS_OPEN, name="contact_recovery_open"),
        )


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


class Sent(models.Model):
    """A form that was taken: the same form sent again leads where it led, and nothing is done twice."""

    token = models.UUIDField(primary_key=True)
    by = models.CharField(max_length=200)
    led_to = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        """Old ones are found by their moment, to be forgotten."""

        indexes = (models.Index(fields=("at",), name="contact_sent_at"),)

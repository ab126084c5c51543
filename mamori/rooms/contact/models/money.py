"""The buyer's remedy, the recovery from the seller and what of it goes back: apart, and each with its ceiling."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.contact.lifecycle import GIVE_BACK, RECOVERY, REMEDY
from mamori.rooms.contact.models.beside import Beside
from mamori.rooms.contact.models.trouble import Trouble


class Remedy(Beside):
    """A refund in the seller's place, what the buyer asked for, and the goods that come back first.  Yen.

    `because` is why it is only a part of what is left of the price, "" where it is all of it.
    """

    shown_at = ("/desk/lists/refunds/", "/desk/money/")

    trouble = models.OneToOneField(Trouble, models.PROTECT, related_name="remedy")
    buyer_ref = models.CharField(max_length=128)
    wish = models.CharField(max_length=16, blank=True)
    wished_amount = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    amount = models.PositiveBigIntegerField(default=0)
    because = models.CharField(max_length=32, blank=True)
    label = models.CharField(max_length=64, blank=True)
    tracking = models.CharField(max_length=64, blank=True)
    inspected = models.CharField(max_length=32, blank=True)
    instruction = models.CharField(max_length=64, blank=True)
    state = StateField(REMEDY)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; an instruction and a label stand for one remedy."""

        constraints = (
            *state_constraints(REMEDY, "contact_remedy"),
            models.UniqueConstraint(
                fields=("instruction",), condition=~Q(instruction=""), name="contact_remedy_instruction"
            ),
            models.UniqueConstraint(fields=("label",), condition=~Q(label=""), name="contact_remedy_label"),
        )
        indexes = (
            models.Index(fields=("buyer_ref", "closed_at"), name="contact_remedy_buyer"),
            models.Index(fields=("closed_at", "id"), name="contact_remedy_closed"),
            models.Index(fields=("state", "id"), condition=IS_OPEN, name="contact_remedy_open"),
        )


class Recovery(models.Model):
    """What the operator may take back from the seller.  Yen.

    `heard_at` is when the seller was heard, or its time to be was over.  `decided_by` is who decided on a deduction ("staff:7"):
    somebody else reviews it until `appeal_until`.
    """

    shown_at = ("/desk/lists/recoveries/", "/desk/money/")

    remedy = models.OneToOneField(Remedy, models.PROTECT, related_name="recovery")
    seller_ref = models.CharField(max_length=128)
    clause = models.CharField(max_length=64, blank=True)
    clause_version = models.PositiveIntegerField(default=0)
    most = models.PositiveBigIntegerField()
    amount = models.PositiveBigIntegerField(default=0)
    instruction = models.CharField(max_length=64, blank=True)
    because = models.CharField(max_length=32, blank=True)
    heard_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=128, blank=True)
    appeal_until = models.DateTimeField(null=True)
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
            models.Index(fields=("seller_ref", "opened_at"), name="contact_recovery_statement"),
        )


class GiveBack(models.Model):
    """What goes back to the seller of a deduction, once.  Yen."""

    recovery = models.OneToOneField(Recovery, models.PROTECT, related_name="giveback")
    amount = models.PositiveBigIntegerField()
    instruction = models.CharField(max_length=64, blank=True)
    state = StateField(GIVE_BACK)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; something is given back, and an instruction stands for one."""

        constraints = (
            *state_constraints(GIVE_BACK, "contact_giveback"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="contact_giveback_some"),
            models.UniqueConstraint(
                fields=("instruction",), condition=~Q(instruction=""), name="contact_giveback_instruction"
            ),
        )
        indexes = (
            models.Index(fields=("id",), condition=IS_OPEN, name="contact_giveback_open"),
            models.Index(fields=("closed_at", "id"), name="contact_giveback_closed"),
        )

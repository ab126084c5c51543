"""Formal notices: what a buyer declared, word for word, when it arrived, and what the seller said of it."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.contact.formal.lifecycle import FORMAL


class Formal(models.Model):
    """One notice about one order; `sealed` is its exact text, `replied_at` the seller's newest answer.

    `followed_at` is since when it is looked what became of it, `asked_at` when the buyer was asked.
    `through` says how it came other than by the buyer's own hand.
    """

    notice = models.CharField(max_length=16)
    buyer_ref = models.CharField(max_length=128)
    seller_ref = models.CharField(max_length=128)
    order_ref = models.CharField(max_length=128)
    received_on = models.DateField(null=True)
    through = models.CharField(max_length=8, blank=True, default="")
    sealed = models.BinaryField()
    state = StateField(FORMAL)
    arrived_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; a second notice about the same order is never refused."""

        constraints = state_constraints(FORMAL, "contact_formal")
        indexes = (
            models.Index(fields=("buyer_ref", "id"), name="contact_formal_buyer"),
            models.Index(fields=("seller_ref", "id"), name="contact_formal_of_seller"),
            models.Index(fields=("seller_ref", "id"), condition=IS_OPEN, name="contact_formal_seller_open"),
            models.Index(fields=("order_ref", "id"), name="contact_formal_order"),
            models.Index(fields=("arrived_at",), name="contact_formal_arrived"),
        )


class FormalReply(models.Model):
    """One answer of the seller to a notice, in order; a later one stands beside it and never over it.

    `step` is what it did; "" where that is not known any more.
    """

    append_only = True

    formal = models.ForeignKey(Formal, models.PROTECT, related_name="replies")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=16, blank=True)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        """Number the answers to a notice without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("formal", "number"), name="contact_formalreply_number"),
        )


class FormalFile(models.Model):
    """A file that came with a notice; what it is and holds lies in the vault, sealed as the notice's words are."""

    append_only = True

    formal = models.ForeignKey(Formal, models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    file = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        """Number the files of a notice without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("formal", "number"), name="contact_formalfile_number"),
        )

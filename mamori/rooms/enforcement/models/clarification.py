"""The table of what is asked before something is decided."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.enforcement.clarifications.lifecycle import CLARIFICATION


class Clarification(models.Model):
    """What one party was asked on account of one matter; whoever writes it locks this row first.

    `about` names the matter that waits for it ("complaints.complaint:12"); the references are of the goods that it is about.
    `ref` names the key that `said` and the files are sealed with and, of somebody outside, where mail goes; `digest` is that of
    the secret of the page for them.  `channel` is the way by which the answer came.
    """

    about = models.CharField(max_length=80)
    ref = models.CharField(max_length=24, unique=True)
    digest = models.CharField(max_length=64, unique=True, null=True)
    whom = models.CharField(max_length=16)
    what = models.CharField(max_length=16)
    seller_ref = models.CharField(max_length=64, blank=True, default="")
    listing_ref = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=2)
    said = models.BinaryField(null=True)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=16, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(CLARIFICATION)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; found by the matter, by the seller that is to answer, and by age."""

        constraints = (*state_constraints(CLARIFICATION, "enforcement_clarification"),)
        indexes = (
            models.Index(fields=("about", "id"), name="enforcement_clarif_about"),
            models.Index(fields=("seller_ref", "id"), name="enforcement_clarif_seller"),
            models.Index(fields=("closed_at",), name="enforcement_clarif_closed"),
        )

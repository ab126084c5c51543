"""Findings: what is alleged, where it was found, what the seller says, and the points that count afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.enforcement.lifecycle import FINDING


class Finding(models.Model):
    """One suspected breach of one seller; `alleged` and `view` lie sealed with the seller's key.

    `origin` is the matter from which it came and is unique with the breach, so that news told twice find once.
    `listing_ref`, `review_ref`, `order_ref` and `category` say what it concerns, "" where it concerns the seller.
    `because_unheard` says why the seller was not heard first.  `automated` = a machine found it; no machine decides.
    `asked_at` is when the seller was last asked for its view, `heard_at` when it had spoken or its time was over;
    `view_unread_since` says since when a view that came after the decision waits to be read.
    `asked_photo_at` is since when a photograph of what the seller says that it put right is awaited.
    """

    breach = models.CharField(max_length=32)
    severity = models.CharField(max_length=16)
    harm = models.CharField(max_length=16)
    seller_ref = models.CharField(max_length=64)
    listing_ref = models.CharField(max_length=64, blank=True)
    review_ref = models.CharField(max_length=64, blank=True)
    order_ref = models.CharField(max_length=64, blank=True)
    category = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=128)
    source = models.CharField(max_length=16)
    automated = models.BooleanField()
    reporter = models.CharField(max_length=80, blank=True)
    alleged = models.BinaryField()
    view = models.BinaryField(null=True)
    because_unheard = models.CharField(max_length=32, blank=True)
    why_dismissed = models.CharField(max_length=32, blank=True)
    state = StateField(FINDING)
    version = models.PositiveIntegerField(default=1)
    found_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    view_unread_since = models.DateTimeField(null=True)
    cure_said_at = models.DateTimeField(null=True)
    asked_photo_at = models.DateTimeField(null=True)
    cured_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; the same breach of the same matter is found once."""

        constraints = (
            *state_constraints(FINDING, "enforcement_finding"),
            models.UniqueConstraint(fields=("origin", "breach"), name="enforcement_finding_once"),
        )
        indexes = (
            models.Index(fields=("seller_ref", "id"), name="enforcement_finding_seller"),
            models.Index(fields=("id",), condition=IS_OPEN, name="enforcement_finding_open"),
            models.Index(fields=("decided_at",), name="enforcement_finding_decided"),
        )


class Evidence(models.Model):
    """Something that a finding, or what the seller says of it, rests on: a kept file, an act or a case."""

    append_only = True

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="evidence")
    by_seller = models.BooleanField()
    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        """Name each piece once."""

        constraints = (
            models.UniqueConstraint(fields=("finding", "kind", "ref"), name="enforcement_evidence_once"),
        )


class Strike(models.Model):
    """Points that a decision put on a seller's record: they count from `at` until `until`, or until `ended_at`."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="strikes")
    measure = models.OneToOneField("enforcement.Measure", models.PROTECT, related_name="strike")
    seller_ref = models.CharField(max_length=64)
    points = models.PositiveIntegerField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Points are some, and expire."""

        constraints = (
            models.CheckConstraint(
                condition=Q(points__gt=0) & Q(until__gt=models.F("at")), name="enforcement_strike_expires"
            ),
        )
        indexes = (models.Index(fields=("seller_ref", "until"), name="enforcement_strike_counts"),)

"""Measures: each with its clause or legal ground, its bounds, the exact notice, who decided, and how it ended."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.enforcement.lifecycle import MEASURE, STANDING
from mamori.rooms.enforcement.models.finding import Finding

REPEATABLE = ("notice", "correction", "listing-hidden-provisionally")
"""Measures of which several may stand at once: each matter that hides a listing provisionally does so for itself."""


class Measure(models.Model):
    """One measure against one seller; `statement` is the exact notice as sent, sealed with the seller's key.

    `target_ref` is the listing, review or category that it touches, "" where it is the seller.  `clause` and
    `clause_version` bound this seller, or `ground` names the law; money is held on a clause, and a ground at most besides.
    `policy` and `row` are the version of the table and the row that fired, `proposed` what that row answered; `why` are the
    words to the seller on a deviation from it and on the amount of a hold, sealed.  `trace` is what the table was asked and
    answered, in declared bands, as JSON.  `amount` caps a hold of money, in yen; 0 = all.  `at_once` is the listed ground
    on which a measure that is announced days ahead was not, "" where it was; `document` names the order or request
    that `ground` rests on.  `review_due_since` says since when somebody has to look whether it still has to stand.

    Clocks run from moments that are kept here: `announced_again_at` where an appeal put its effect off, `market_asked_at` and how
    many times, `reviewed_at` when somebody last let it stand, and `review_span` until the next look, as it was set that day.

    Of a provisional hiding, which is decided on by nobody, `decided_by` and `decided_at` say who hid it and when, `reviewed_at`
    when a lead or counsel confirmed it, `view_due_at` when the seller's view was due, and `undecided_since` since when the
    leads are told that the decision is missing.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=32)
    seller_ref = models.CharField(max_length=64)
    target_ref = models.CharField(max_length=64, blank=True)
    clause = models.CharField(max_length=64, blank=True)
    clause_version = models.PositiveIntegerField(default=0)
    ground = models.CharField(max_length=32, blank=True)
    document = models.CharField(max_length=200, blank=True, default="", db_default="")
    policy = models.PositiveIntegerField()
    row = models.CharField(max_length=32)
    proposed = models.CharField(max_length=32)
    trace = models.JSONField()
    days = models.PositiveIntegerField(default=0)
    amount = models.PositiveBigIntegerField(default=0)
    at_once = models.CharField(max_length=32, blank=True)
    why = models.BinaryField(null=True)
    statement = models.BinaryField(null=True)
    decided_by = models.CharField(max_length=128)
    approved_by = models.CharField(max_length=128, blank=True)
    instruction = models.CharField(max_length=64, blank=True)
    undoing = models.CharField(max_length=64, blank=True)
    ended_because = models.CharField(max_length=32, blank=True)
    state = StateField(MEASURE)
    decided_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    review_at = models.DateTimeField(null=True)
    review_due_since = models.DateTimeField(null=True)
    review_span = models.CharField(max_length=16, blank=True, default="", db_default="")
    reviewed_at = models.DateTimeField(null=True)
    view_due_at = models.DateTimeField(null=True)
    undecided_since = models.DateTimeField(null=True)
    announced_again_at = models.DateTimeField(null=True)
    market_asked_at = models.DateTimeField(null=True)
    market_asked_times = models.PositiveIntegerField(default=1, db_default=1)
    appeal_until = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    lift_asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; none without a clause or ground, none that ends before its start, one standing on a target."""

        constraints = (
            *state_constraints(MEASURE, "enforcement_measure"),
            models.CheckConstraint(
                condition=(~Q(clause="") & Q(clause_version__gt=0)) | ~Q(ground=""),
                name="enforcement_measure_needs_clause",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="enforcement_measure_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("decided_by")), name="enforcement_measure_two_people"
            ),
            models.UniqueConstraint(
                fields=("kind", "seller_ref", "target_ref"),
                condition=Q(state__in=sorted(state.value for state in STANDING)) & ~Q(kind__in=REPEATABLE),
                name="enforcement_measure_one_standing",
            ),
        )
        indexes = (
            models.Index(fields=("seller_ref", "id"), name="enforcement_measure_seller"),
            models.Index(fields=("kind", "ends_at"), condition=IS_OPEN, name="enforcement_measure_open"),
            models.Index(fields=("id",), condition=IS_OPEN, name="enforcement_measure_by_age"),
            models.Index(fields=("closed_at", "id"), name="enforcement_measure_closed"),
        )

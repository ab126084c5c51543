"""The tables of this room."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.enforcement.lifecycle import APPEAL, CLARIFICATION, FINDING, MEASURE, POLICY, STANDING


class Clarification(models.Model):
    """What one party was asked on account of one matter; whoever writes it locks this row first.

    `about` names the matter that waits for it ("complaints.complaint:12"); the references are of the goods that it is about.
    `ref` names the key that `said` and the files are sealed with and, of somebody outside, where mail goes; `digest` is that of
    the secret of the page for them.  `channel` is the way by which the answer came.
    """

    shown_at = ("/desk/clarifications/",)

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


# Findings: what is alleged, where it was found, what the seller says, and the points that count afterwards.


class Finding(models.Model):
    """One suspected breach of one seller; `alleged` and `view` lie sealed with the seller's key.

    `origin` is the matter from which it came and is unique with the breach, so that news told twice find once.
    `listing_ref`, `review_ref`, `order_ref` and `category` say what it concerns, "" where it concerns the seller.
    `because_unheard` says why the seller was not heard first.  `automated` = a machine found it; no machine decides.
    `asked_at` is when the seller was last asked for its view, `heard_at` when it had spoken or its time was over;
    `view_unread_since` says since when a view that came after the decision waits to be read.
    `asked_photo_at` is since when a photograph of what the seller says that it put right is awaited.
    """

    shown_at = ("/desk/measures/",)

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


# Measures: each with its clause or legal ground, its bounds, the exact notice, who decided, and how it ended.


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


# Appeals: against a measure or a recovery, with messages, notes of the reviewers in a table of their own, and an outcome.


class Appeal(models.Model):
    """One appeal: against a measure, or against a recovery of the room below, named by its number.

    `first_by` and `first_also` are who made the decision: neither reviews it.  `outcome` is what the seller was told,
    sealed with its key.  `asked_at` is when the seller was last asked for more.
    """

    shown_at = ("/desk/appeals/",)

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="appeals", null=True)
    recovery = models.PositiveBigIntegerField(null=True)
    seller_ref = models.CharField(max_length=64)
    first_by = models.CharField(max_length=128)
    first_also = models.CharField(max_length=128, blank=True)
    reviewer = models.CharField(max_length=128, blank=True)
    outcome = models.BinaryField(null=True)
    given_back = models.PositiveBigIntegerField(default=0)
    state = StateField(APPEAL)
    received_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; against one thing, one open appeal of each, another reviewer than the first."""

        constraints = (
            *state_constraints(APPEAL, "enforcement_appeal"),
            models.CheckConstraint(
                condition=Q(measure__isnull=False, recovery__isnull=True)
                | Q(measure__isnull=True, recovery__isnull=False),
                name="enforcement_appeal_against_one",
            ),
            models.CheckConstraint(
                condition=Q(reviewer="")
                | (~Q(reviewer=models.F("first_by")) & ~Q(reviewer=models.F("first_also"))),
                name="enforcement_appeal_another_reviewer",
            ),
            models.UniqueConstraint(fields=("measure",), condition=IS_OPEN, name="enforcement_appeal_one"),
            models.UniqueConstraint(
                fields=("recovery",), condition=IS_OPEN, name="enforcement_appeal_one_recovery"
            ),
        )
        indexes = (
            models.Index(fields=("seller_ref", "id"), name="enforcement_appeal_seller"),
            models.Index(fields=("id",), condition=IS_OPEN, name="enforcement_appeal_open"),
        )


class AppealMessage(models.Model):
    """What the seller or the reviewer said to the other, in order, sealed with the seller's key."""

    append_only = True

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    by_seller = models.BooleanField()
    by = models.CharField(max_length=128, blank=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """Number the messages without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("appeal", "number"), name="enforcement_appealmessage_number"),
        )


class AppealFile(models.Model):
    """A file that came with an appeal; what it is and holds lies in the vault."""

    append_only = True

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    file = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        """Number the files without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("appeal", "number"), name="enforcement_appealfile_number"),
        )


class AppealNote(models.Model):
    """A note of the reviewers among themselves: in another table, so that no message can carry it out."""

    append_only = True

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="notes")
    by = models.CharField(max_length=128)
    sealed = models.BinaryField()
    at = models.DateTimeField()


class Policy(models.Model):
    """One version of the table, as GoRules' JSON decision model and its bands; in force from `binds_on`.

    `edited` counts the changes of a draft, so that a form opened before somebody else's change is told so.
    `notice` is the span from `published_at` after which it binds.
    """

    number = models.PositiveIntegerField(unique=True)
    table = models.JSONField()
    edited = models.PositiveIntegerField(default=0)
    drafted_by = models.CharField(max_length=128)
    proposed_by = models.CharField(max_length=128, blank=True)
    approved_by = models.CharField(max_length=128, blank=True)
    state = StateField(POLICY)
    drafted_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    notice = models.CharField(max_length=16, blank=True, default="", db_default="")
    binds_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; two people; one draft, one in force."""

        constraints = (
            *state_constraints(POLICY, "enforcement_policy"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=models.F("proposed_by")),
                name="enforcement_policy_two_people",
            ),
            models.UniqueConstraint(
                fields=("state",),
                condition=Q(state__in=("draft", "proposed", "in_force")),
                name="enforcement_policy_one_each",
            ),
        )

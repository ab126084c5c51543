"""The tables of recalls: the notice, and the listings that it may mean."""

from __future__ import annotations

import msgspec
from django.db import models
from django.db.models import Count, Q

from mamori.grammar.text import Text
from mamori.ground.declared.fields import StateField, state_constraints
from mamori.ground.market.facts import FoundBy, ListRow
from mamori.law.recalls import RecallSource
from mamori.rooms.safety.hits.rules import SURE
from mamori.rooms.safety.lifecycle import RECALL, RecallState
from mamori.rooms.safety.recalls.rules import Left

IS_UNJUDGED = Q(meant_at__isnull=True, not_meant_at__isnull=True)
IS_TO_HIDE = Q(meant_at__isnull=False, hidden_at__isnull=True)
IS_TO_WARN = Q(meant_at__isnull=False, warned_at__isnull=True)


class Recall(models.Model):
    """A notice that was published: no words of any person lie here.  Whoever writes it locks this row first.

    By `known_by` the same notice is known again.  `rows` are the goods as they are looked for, `missing` says of each why
    nothing was found for it ("" where something was).  `alerts` are the warnings of its buyers.  `unread_at` is since when a
    new candidate waits for a look, `done_at` when it was closed: it is watched on.
    """

    shown_at = ("/desk/recalls/",)

    source = models.CharField(max_length=8)
    number = models.CharField(max_length=500, blank=True, default="")
    known_by = models.CharField(max_length=64, unique=True)
    published_on = models.DateField(null=True)
    maker = models.CharField(max_length=500, blank=True, default="")
    goods = models.CharField(max_length=500)
    lots = models.CharField(max_length=500, blank=True, default="")
    danger = models.TextField(blank=True, default="")
    advice = models.TextField(blank=True, default="")
    link = models.CharField(max_length=500, blank=True, default="")
    rows = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    searched_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    alerts = models.JSONField(default=list)
    unread_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(RECALL)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states and sources."""

        constraints = (
            *state_constraints(RECALL, "safety_recall"),
            models.CheckConstraint(
                condition=Q(source__in=sorted(one.value for one in RecallSource)), name="safety_recall_source"
            ),
        )

    @property
    def source_text(self) -> Text:
        """Say who published it."""
        return RecallSource(self.source).text

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return RECALL.states[RecallState(self.state)]

    @property
    def looked_for(self) -> tuple[ListRow, ...]:
        """Return the goods as they are looked for."""
        return msgspec.convert(self.rows, tuple[ListRow, ...])

    @property
    def left(self) -> Left:
        """Count what is left of its candidates."""
        wanted = {"unjudged": IS_UNJUDGED, "to_hide": IS_TO_HIDE, "to_warn": IS_TO_WARN}
        return Left(
            **self.candidates.aggregate(**{name: Count("pk", filter=one) for name, one in wanted.items()})
        )


class RecallCandidate(models.Model):
    """A listing that a recall may mean, by its row `row` and `why`; `is_new` was found later, as its listing was told anew.

    `finding` is the matter that hid it, none where it was gone by `hidden_at`; since `warned_at` its buyers are told.
    """

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="candidates")
    row = models.PositiveIntegerField()
    listing_ref = models.CharField(max_length=64)
    seller_ref = models.CharField(max_length=64)
    why = models.CharField(max_length=16)
    is_new = models.BooleanField(default=False)
    judged_by = models.CharField(max_length=80, blank=True, default="")
    meant_at = models.DateTimeField(null=True)
    not_meant_at = models.DateTimeField(null=True)
    finding = models.PositiveBigIntegerField(null=True)
    hidden_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        """A listing stands once in a recall; it is meant or not."""

        constraints = (
            models.UniqueConstraint(fields=("recall", "listing_ref"), name="safety_recall_candidate_once"),
            models.CheckConstraint(
                condition=Q(meant_at__isnull=True) | Q(not_meant_at__isnull=True),
                name="safety_recall_judged_once",
            ),
        )

    @property
    def why_text(self) -> Text:
        """Say why it may be meant."""
        return FoundBy(self.why).text

    @property
    def is_ticked(self) -> bool:
        """Say whether it counts as meant before anybody has looked, or was said to be."""
        return self.meant_at is not None or (self.not_meant_at is None and self.why in SURE)

    @property
    def is_fixed(self) -> bool:
        """Say whether it was acted upon, so that it stays as it was judged."""
        return bool(self.hidden_at or self.warned_at)

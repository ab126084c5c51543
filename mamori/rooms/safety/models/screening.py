"""The tables of screening: the rules by which listings are looked at, and the listings that they found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.grammar.citation import Confidence
from mamori.grammar.text import Text
from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.safety.lifecycle import SCREENING, ScreeningState
from mamori.rooms.safety.screening.rules import DECLARED, FIELDS, LISTS, Outcome, Sought

WAITS = Q(outcome="") | Q(outcome=Outcome.ASKED, answered_at__isnull=False)
"""What a person has to decide: nobody did, or who was asked has answered or let the time pass."""


class Screening(models.Model):
    """A rule: one that is declared, a list of names (by `code`), or the operator's own words.  Whoever writes it locks it first.

    `title`, `why` and `ask` are what an own rule says.  `terms` and `but` are what it looks for: of a list its names, with its
    day `as_of`; of a declared one what was declared when all listings were looked at.  `tried_at` is when a draft had been held
    against all that was told in the month before.  `told_at` is since when its case is there, `unread_at` since when something
    new waits.
    """

    shown_at = ("/desk/screening/",)

    code = models.CharField(max_length=40, unique=True, null=True)
    title = models.CharField(max_length=100, blank=True, default="")
    why = models.CharField(max_length=500, blank=True, default="")
    ask = models.CharField(max_length=500, blank=True, default="")
    terms = models.JSONField(default=list)
    but = models.JSONField(default=list)
    danger = models.BooleanField(default=False)
    as_of = models.DateField(null=True)
    tried_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    used_by = models.CharField(max_length=80, blank=True, default="")
    used_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    unread_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(SCREENING)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states."""

        constraints = (*state_constraints(SCREENING, "safety_screening"),)

    @property
    def is_list(self) -> bool:
        """Say whether it looks for names."""
        return self.code in LISTS

    @property
    def is_own(self) -> bool:
        """Say whether the operator wrote it."""
        return self.code is None

    @property
    def title_text(self) -> Text:
        """Say what it is about."""
        said = DECLARED.get(self.code or "") or LISTS.get(self.code or "")
        return said.title if said else Text(self.title, self.title)

    @property
    def reason_text(self) -> Text:
        """Say why it looks."""
        said = DECLARED.get(self.code or "") or LISTS.get(self.code or "")
        return said.reason if said else Text(self.why, self.why)

    @property
    def ask_text(self) -> Text:
        """Say what a seller is asked."""
        said = DECLARED.get(self.code or "") or LISTS.get(self.code or "")
        return said.ask if said else Text(self.ask, self.ask)

    @property
    def source_text(self) -> Text:
        """Say what it rests on, and where that was not read."""
        said = DECLARED.get(self.code or "") or LISTS.get(self.code or "")
        if said is None:
            return Text("自社の言葉", "our own words")
        text, is_sure = (
            said.citation.text,
            said.citation.confidence not in (Confidence.MEMORY, Confidence.SECONDARY),
        )
        return text if is_sure else UNREAD.fill(source=text)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return SCREENING.states[ScreeningState(self.state)]

    @property
    def is_danger(self) -> bool:
        """Say whether people may come to harm by what it finds."""
        declared = DECLARED.get(self.code or "")
        return declared.danger if declared else self.danger

    @property
    def sought(self) -> Sought:
        """Return what it looks for."""
        if one := DECLARED.get(self.code or ""):
            return Sought(
                rule=self.pk,
                terms=one.terms,
                marks=one.marks,
                but=one.but,
                used=one.used,
                of_shops=one.of_shops,
                once=one.once,
            )
        return Sought(rule=self.pk, terms=tuple(self.terms), but=tuple(self.but), names=self.is_list)


UNREAD = Text("{source}（原文は未確認）", "{source} (not read in the original)")


class ScreenedListing(models.Model):
    """A listing that a rule found by `term` in its `field`, with the words of that `digest`: other words are asked about anew.

    `clarification` is what its seller was asked, over since `answered_at`; `finding` the matter that was opened on its account.
    """

    rule = models.ForeignKey(Screening, models.PROTECT, related_name="found")
    listing_ref = models.CharField(max_length=64)
    seller_ref = models.CharField(max_length=64)
    digest = models.CharField(max_length=32)
    term = models.CharField(max_length=200, blank=True, default="")
    field = models.CharField(max_length=8, blank=True, default="")
    found_at = models.DateTimeField()
    is_told = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, blank=True, default="")
    judged_by = models.CharField(max_length=80, blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    clarification = models.PositiveBigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    finding = models.PositiveBigIntegerField(null=True)

    class Meta:
        """A listing with the same words stands once in a rule; found by listing, by what waits, and by what nobody was told of."""

        constraints = (
            models.UniqueConstraint(fields=("rule", "listing_ref", "digest"), name="safety_screened_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(["", *(one.value for one in Outcome)])),
                name="safety_screened_outcome",
            ),
        )
        indexes = (
            models.Index(fields=("listing_ref",), name="safety_screened_listing"),
            models.Index(fields=("rule", "seller_ref"), name="safety_screened_seller"),
            models.Index(fields=("rule", "outcome", "id"), name="safety_screened_outcomes"),
            models.Index(
                fields=("judged_at",), condition=Q(judged_at__isnull=False), name="safety_screened_judged"
            ),
            models.Index(fields=("rule",), condition=Q(is_told=False), name="safety_screened_new"),
        )

    @property
    def field_text(self) -> Text:
        """Say where the term stands."""
        return FIELDS.get(self.field, FIELDS["name"])

    @property
    def outcome_text(self) -> Text | None:
        """Say what was decided."""
        return Outcome(self.outcome).text if self.outcome else None

"""The tables of accidents: what happened with goods, what was done, the goods themselves, and each report that was joined."""

from __future__ import annotations

from django.db import models

from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.law.accidents import Hurt, is_serious
from mamori.rooms.safety.accidents.rules import open_steps
from mamori.rooms.safety.lifecycle import ACCIDENT, AccidentState


class Accident(models.Model):
    """An accident with goods of one listing; whoever writes it locks this row first.

    `said` is what happened, the lot, the maker and why steps were left out, sealed with the house's key.  `hurt` and `fire` are
    the worst that was told.  Each moment is when that step of the road was taken; `left_out` names the steps that will not be.
    `alert` is the warning of all buyers in the contact room.  `unread_at` is since when something told waits for a look,
    `looked_at` when somebody of staff worked on it last.  `former` is one about the same goods that had ended.
    """

    shown_at = ("/desk/accidents/",)

    listing_ref = models.CharField(max_length=64)
    seller_ref = models.CharField(max_length=64)
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    hurt = models.CharField(max_length=8)
    fire = models.BooleanField()
    happened_on = models.DateField(null=True)
    said = models.BinaryField(null=True)
    entered_by = models.CharField(max_length=80)
    known_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    maker_asked_at = models.DateTimeField(null=True)
    maker_told_at = models.DateTimeField(null=True)
    nite_at = models.DateTimeField(null=True)
    caa_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    alert = models.PositiveBigIntegerField(null=True)
    buyers_told_at = models.DateTimeField(null=True)
    left_out = models.JSONField(default=list)
    unread_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(ACCIDENT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; one open at a time of one listing."""

        constraints = (
            *state_constraints(ACCIDENT, "safety_accident"),
            models.UniqueConstraint(
                fields=("listing_ref",), condition=IS_OPEN, name="safety_accident_one_open"
            ),
        )

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ACCIDENT.states[AccidentState(self.state)]

    @property
    def steps_text(self) -> Text | None:
        """Say which steps are left while it is open."""
        return Text.listed(step.text for step in open_steps(self)) if self.closed_at is None else None

    @property
    def hurt_text(self) -> Text:
        """Say how badly somebody was hurt, as far as it is known."""
        return Hurt(self.hurt).text

    @property
    def is_serious(self) -> bool:
        """Say whether the law may call it a serious accident."""
        return is_serious(Hurt(self.hurt), fire=self.fire)


class AccidentListing(models.Model):
    """Goods of an accident: its own listing first, then others of the same goods; `finding` is the matter that hid it."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="goods")
    listing_ref = models.CharField(max_length=64)
    seller_ref = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    finding = models.PositiveBigIntegerField(null=True)
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        """A listing stands once in an accident; found by the listing."""

        constraints = (
            models.UniqueConstraint(fields=("accident", "listing_ref"), name="safety_accident_goods_once"),
        )
        indexes = (models.Index(fields=("listing_ref",), name="safety_accident_goods"),)


class AccidentReport(models.Model):
    """Where an accident was told: `about` names the trouble, question, complaint or warning; it is joined to an accident once.

    `kept_at` is when who told was asked to keep the thing.
    """

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="reports")
    source = models.CharField(max_length=16)
    about = models.CharField(max_length=80)
    case = models.CharField(max_length=32, blank=True, default="")
    joined_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)

    class Meta:
        """It is joined once."""

        constraints = (
            models.UniqueConstraint(fields=("accident", "about"), name="safety_accident_report_once"),
        )

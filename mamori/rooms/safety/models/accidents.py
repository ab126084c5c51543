"""The tables of accidents: what happened with goods, what was done, and each report of it that was joined."""

from __future__ import annotations

from django.db import models

from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.safety.lifecycle import ACCIDENT, AccidentState


class Accident(models.Model):
    """An accident with goods of one listing; whoever writes it locks this row first.

    `said` is what happened, the lot, the maker and its contact, sealed with the house's key.  Each moment is when that step of
    the road was taken; `alert` is the warning of all buyers in the contact room, `finding` the matter that stopped the sale.
    """

    shown_at = ("/desk/accidents/",)

    listing_ref = models.CharField(max_length=64)
    seller_ref = models.CharField(max_length=64)
    hurt = models.CharField(max_length=8)
    fire = models.BooleanField()
    happened_on = models.DateField(null=True)
    said = models.BinaryField(null=True)
    entered_by = models.CharField(max_length=80)
    known_at = models.DateTimeField()
    finding = models.PositiveBigIntegerField(null=True)
    stopped_at = models.DateTimeField(null=True)
    maker_asked_at = models.DateTimeField(null=True)
    maker_told_at = models.DateTimeField(null=True)
    nite_at = models.DateTimeField(null=True)
    caa_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    alert = models.PositiveBigIntegerField(null=True)
    buyers_told_at = models.DateTimeField(null=True)
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


class AccidentReport(models.Model):
    """Where an accident was told: `about` names the trouble, question or complaint; each is joined to one accident once."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="reports")
    source = models.CharField(max_length=16)
    about = models.CharField(max_length=80, unique=True)
    case = models.CharField(max_length=32, blank=True, default="")
    joined_at = models.DateTimeField()

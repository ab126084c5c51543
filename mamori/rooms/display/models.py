"""The tables of this room: how each seller's display stands, its versions, and what each says, kept once."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.display.lifecycle import DISPLAY

LOOKS = models.Q(look_since__isnull=False, closed_at__isnull=True)
"""The one condition that the list of what a person has to look at and its index share."""


class Display(models.Model):
    """How a seller's display stands; whoever writes it locks this row first.

    `number` is the version that is shown, 0 while there is none.  `faults` names what is surely wrong with it
    ("phone:missing"), `doubts` what may only have been misread, `checked_at` when that was looked at.  `lacking_since` is
    since when something has surely been wrong, `mended_at` when that was put right, `look_since` since when there is
    something for a person to look at.
    """

    seller_ref = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    lacking_since = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True)
    look_since = models.DateTimeField(null=True)
    state = StateField(DISPLAY)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; what a person has to look at is found by the moment since which it is so."""

        constraints = state_constraints(DISPLAY, "display_display")
        indexes = (
            models.Index(
                fields=("look_since", "seller_ref"),
                condition=LOOKS,
                name="display_display_look",
            ),
        )


class Content(models.Model):
    """What a display says, sealed with its seller's key; said again it is the same row, found by its `digest`."""

    append_only = True

    seller_ref = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        """Each content of a seller once."""

        constraints = (models.UniqueConstraint(fields=("seller_ref", "digest"), name="display_content_once"),)


class DisplayVersion(models.Model):
    """What a seller showed from `told_at` on, until the next version; `by` is who wrote it, `act` proves when."""

    append_only = True

    seller_ref = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    by = models.CharField(max_length=16)
    act = models.PositiveBigIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        """One version of each number; the one of a moment is found at once."""

        constraints = (
            models.UniqueConstraint(fields=("seller_ref", "number"), name="display_version_number"),
        )
        indexes = (models.Index(fields=("seller_ref", "told_at", "number"), name="display_version_moment"),)

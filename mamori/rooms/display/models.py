"""The tables of this room: displays, their versions, what was proved and asked of them, and who may be a business."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.display.lifecycle import DISPLAY, DOUBT, PROOF, REQUEST, WAITING
from mamori.rooms.display.proofs.rules import ProofChannel, proof_name

LOOKS = models.Q(look_since__isnull=False, closed_at__isnull=True)
"""The one condition that the list of what a person has to look at and its index share."""
TO_CALL = models.Q(offered_at__isnull=False, closed_at__isnull=True)
"""The one condition that the list of calls to be made and its index share."""
TO_LOOK = models.Q(state__in=sorted(one.value for one in WAITING), closed_at__isnull=True)
"""The one condition that the list of private accounts to be looked at and its index share."""
LOOKED_AT = models.Q(state__in=("missed", "referred"))
"""The one condition that the list of requests at which staff look and its index share."""


class Display(models.Model):
    """How a seller's display stands; whoever writes it locks this row first.

    `number` is the version that is shown, 0 while there is none.  `faults` names what is surely wrong with it
    ("phone:missing"), `doubts` what may only have been misread, `checked_at` when that was looked at.  `lacking_since` is
    since when something has surely been wrong, `mended_at` when that was put right, `look_since` since when there is
    something for a person to look at.  `asked_at` is when the seller, who had written none, was told that one will be asked for.
    """

    shown_at = ("/desk/displays/",)

    seller_ref = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    lacking_since = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True)
    look_since = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
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
    """What a seller showed from `told_at` on, until the next version; `by` is who wrote it, `act` proves when.

    What was written `as_private` person, who was told that nobody reads it, is shown to nobody but itself.
    """

    append_only = True

    seller_ref = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    by = models.CharField(max_length=16)
    act = models.PositiveBigIntegerField()
    told_at = models.DateTimeField()
    as_private = models.BooleanField(default=False, db_default=False)

    class Meta:
        """One version of each number; the one of a moment is found at once."""

        constraints = (
            models.UniqueConstraint(fields=("seller_ref", "number"), name="display_version_number"),
        )
        indexes = (models.Index(fields=("seller_ref", "told_at", "number"), name="display_version_moment"),)


class ContactProof(models.Model):
    """How the proof stands that a contact which a seller shows reaches it; whoever writes it locks this row first.

    `target` is a digest of that contact by the house's own key.  Each `turn` has a code of its own: mailed at `sent_at`, or to be
    read out in a call that is owed since `offered_at`, in these `hours`.  `sent` counts codes mailed and `wrong` those that were
    not it, both since `counted_since`; `calls` those that reached nobody since it was asked, the last at `called_at`.
    """

    seller_ref = models.CharField(max_length=64)
    channel = models.CharField(max_length=16)
    target = models.CharField(max_length=64, blank=True, default="")
    turn = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    hours = models.CharField(max_length=16, blank=True, default="")
    counted_since = models.DateTimeField(null=True)
    sent = models.PositiveSmallIntegerField(default=0)
    wrong = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    questioned_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)
    state = StateField(PROOF)
    closed_at = models.DateTimeField(null=True)

    @property
    def name(self) -> str:
        """Return by what it is known."""
        return proof_name(ProofChannel(self.channel), self.seller_ref)

    class Meta:
        """Known states; one proof of each channel; calls are found by since when they are owed."""

        constraints = (
            models.UniqueConstraint(fields=("seller_ref", "channel"), name="display_proof_once"),
            *state_constraints(PROOF, "display_proof"),
        )
        indexes = (models.Index(fields=("offered_at", "id"), condition=TO_CALL, name="display_proof_call"),)


class BusinessDoubt(models.Model):
    """Whether a private account may be a business; whoever writes it locks this row first.

    `signs` are what it shows, each with its figure and points, and `score` those together: of the last look of the house while
    it waits to be looked at, else of when somebody looked.  `entries` counts what was said and decided.
    """

    shown_at = ("/desk/hidden/",)

    seller_ref = models.CharField(max_length=64, primary_key=True)
    signs = models.JSONField(default=list)
    score = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    flagged_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    state = StateField(DOUBT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; what a person has to look at is found by its points."""

        constraints = state_constraints(DOUBT, "display_doubt")
        indexes = (
            models.Index(fields=("score", "seller_ref"), condition=TO_LOOK, name="display_doubt_look"),
        )


class DoubtEntry(models.Model):
    """What was said or decided of a doubt: a look, the question, an answer, a conclusion; its words sealed with the seller's key.

    `choice` is the answer or outcome and `since` from when that is so; `act` proves when, and is what the words are sealed to.
    """

    append_only = True

    seller_ref = models.CharField(max_length=64)
    what = models.CharField(max_length=16)
    choice = models.CharField(max_length=16, blank=True)
    since = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    by = models.CharField(max_length=16)
    act = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """A seller's are read in their order."""

        indexes = (models.Index(fields=("seller_ref", "id"), name="display_doubtentry_seller"),)


class ItemRequest(models.Model):
    """A buyer asked a seller for `items` that its display, of this `number`, leaves out; `awaited` are those still to be given.

    What was given is sealed with the seller's key, and so is the `reason` why it would rather not.  The seller's time runs from
    `begun_at`.
    """

    shown_at = ("/desk/displays/",)

    seller_ref = models.CharField(max_length=64)
    buyer_ref = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    items = models.JSONField()
    awaited = models.JSONField(default=list)
    given = models.BinaryField(null=True)
    reason = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    state = StateField(REQUEST)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; found by who asked, by whom was asked, and by what staff look at."""

        constraints = state_constraints(REQUEST, "display_request")
        indexes = (
            models.Index(fields=("seller_ref", "state", "id"), name="display_request_seller"),
            models.Index(fields=("buyer_ref", "id"), name="display_request_buyer"),
            models.Index(fields=("begun_at", "id"), condition=LOOKED_AT, name="display_request_look"),
        )

"""Troubles, and the centre's help with them: mediations, proposals and calls."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.contact.lifecycle import CALL, MEDIATION, PROPOSAL, TROUBLE
from mamori.rooms.contact.models.beside import Beside
from mamori.rooms.contact.models.thread import Check, Thread

WAS_DECIDED = Q(promised_at__isnull=False, kept__isnull=False)
"""The one condition that the figure of promises and its index share."""
WAS_BROKEN = Q(promised_at__isnull=False, kept=False)
"""The same for the list of broken ones."""

WAS_AGREED = Q(closed_at__isnull=False, buyer_agreed_at__isnull=False, seller_agreed_at__isnull=False)
"""Agreed to by both and over: what the figure of agreements, the list of broken ones and their index share."""


class Trouble(models.Model):
    """A trouble with an order: two clocks run on it from the first inquiry.  `paid_back_at`: its whole price was found back.

    From `danger_since` to `danger_ended_at` it is in danger, whether it is open or over: until the buyer was reached.
    `words_at` is since when all words of the buyer's, and of a danger, are there, whichever way they came: it never falls.
    `received_on`: when the shop's old system received it, of what was brought along; no clock counts from it.
    `first_due_at`: by when it was to be solved at first, once that time had to begin anew; what figures measure.
    """

    shown_at = ("/desk/insight/",)

    thread = models.OneToOneField(Thread, models.PROTECT, related_name="trouble")
    harm = models.CharField(max_length=32)
    progress = models.CharField(max_length=32)
    state = StateField(TROUBLE)
    opened_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    resolution_due_at = models.DateTimeField()
    first_due_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    paid_back_at = models.DateTimeField(null=True)
    danger_since = models.DateTimeField(null=True)
    danger_ended_at = models.DateTimeField(null=True)
    words_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle."""

        constraints = (
            *state_constraints(TROUBLE, "contact_trouble"),
            models.CheckConstraint(
                condition=Q(danger_ended_at__isnull=True) | Q(danger_since__isnull=False),
                name="contact_trouble_danger_began",
            ),
        )
        indexes = (
            models.Index(
                fields=("resolution_due_at", "id"), condition=IS_OPEN, name="contact_trouble_solution_due"
            ),
            models.Index(fields=("opened_at",), name="contact_trouble_opened"),
        )

    @property
    def in_danger(self) -> bool:
        """Say whether a danger stands of which nobody has spoken with the buyer yet."""
        return self.danger_since is not None and self.danger_ended_at is None


class Mediation(Beside):
    """The centre's help with one trouble."""

    trouble = models.OneToOneField(Trouble, models.PROTECT, related_name="mediation")
    cause = models.CharField(max_length=32)
    agent = models.CharField(max_length=128, blank=True)
    state = StateField(MEDIATION)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle."""

        constraints = state_constraints(MEDIATION, "contact_mediation")
        indexes = (models.Index(fields=("agent", "id"), condition=IS_OPEN, name="contact_mediation_open"),)


class Proposal(Beside):
    """A solution that somebody proposed in a mediation; one is open at a time.  Yen.

    Its words are sealed with the key of who proposed it, the centre's with the buyer's.  `due_at` is by when the
    reply is due, and after the agreement by when it is to be kept.  `was_answer`: it made it the buyer's turn.
    `refunded_before` is what of the order had gone back when it was agreed to, `paid_at` when its money had gone back too.
    """

    trouble = models.ForeignKey(Trouble, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    by_side = models.CharField(max_length=16)
    agent = models.CharField(max_length=128, blank=True)
    kind = models.CharField(max_length=32)
    amount = models.PositiveBigIntegerField(default=0)
    said = models.BinaryField(null=True)
    counters = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    buyer_agreed_at = models.DateTimeField(null=True)
    seller_agreed_at = models.DateTimeField(null=True)
    was_answer = models.BooleanField(default=False)
    refunded_before = models.PositiveBigIntegerField(default=0)
    paid_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    state = StateField(PROPOSAL)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle: numbered without doubles, one open at a time, and no agreement without both."""

        constraints = (
            *state_constraints(PROPOSAL, "contact_proposal"),
            models.UniqueConstraint(fields=("trouble", "number"), name="contact_proposal_number"),
            models.UniqueConstraint(fields=("trouble",), condition=IS_OPEN, name="contact_proposal_one_open"),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "kept", "missed"))
                | Q(buyer_agreed_at__isnull=False, seller_agreed_at__isnull=False),
                name="contact_proposal_both_agreed",
            ),
        )
        indexes = (
            models.Index(fields=("due_at", "id"), condition=WAS_AGREED, name="contact_proposal_was_agreed"),
        )


class Call(Beside):
    """An entry of the call list: the seller is called, or in danger the buyer, beside it and with no `seller_ref`.

    It may be made from `not_before` on; `due_at` is by when the seller has to act, `urgency` 0 is danger.  `turn`
    counts the tries since somebody was last reached, `line` is which of the registered numbers was called.
    """

    shown_at = ("/desk/lists/calls/",)

    trouble = models.ForeignKey(Trouble, models.PROTECT, related_name="calls")
    whom = models.CharField(max_length=8, default="seller", db_default="seller")
    seller_ref = models.CharField(max_length=128, blank=True)
    why = models.CharField(max_length=32)
    urgency = models.PositiveSmallIntegerField(default=2)
    due_at = models.DateTimeField()
    not_before = models.DateTimeField()
    turn = models.PositiveSmallIntegerField(default=1)
    line = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=32, blank=True)
    promised_at = models.DateTimeField(null=True)
    kept = models.BooleanField(null=True)
    note = models.BinaryField(null=True)
    agent = models.CharField(max_length=128, blank=True)
    state = StateField(CALL)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; the list is read by urgency, one call of each waits for a trouble, a shop's calls newest first."""

        constraints = (
            *state_constraints(CALL, "contact_call"),
            models.UniqueConstraint(
                fields=("trouble", "whom"), condition=IS_OPEN, name="contact_call_one_of_each_waits"
            ),
            models.CheckConstraint(
                condition=Q(whom="seller") | Q(whom="buyer", seller_ref=""), name="contact_call_whom_known"
            ),
        )
        indexes = (
            models.Index(fields=("urgency", "due_at", "id"), condition=IS_OPEN, name="contact_call_open"),
            models.Index(fields=("not_before", "id"), condition=IS_OPEN, name="contact_call_later"),
            models.Index(fields=("seller_ref", "id"), condition=~IS_OPEN, name="contact_call_of_seller"),
            models.Index(
                fields=("promised_at", "id"), condition=WAS_DECIDED, name="contact_call_promise_decided"
            ),
            models.Index(fields=("promised_at", "id"), condition=WAS_BROKEN, name="contact_call_broken"),
        )


class WrongNumber(models.Model):
    """A number under which the seller was not found: kept as a blind index, so that it is not proposed again."""

    seller_ref = models.CharField(max_length=128)
    number = models.BinaryField(max_length=16)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A number of a seller is wrong once."""

        constraints = (
            models.UniqueConstraint(fields=("seller_ref", "number"), name="contact_wrongnumber_once"),
        )


# Helpers: whom a buyer lets read one conversation, or write in it; and answers that did not come by the buyer's own hand.


class Helper(models.Model):
    """Somebody who helps a buyer with one thread: the name sealed with the buyer's key, of the code a digest."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    may_write = models.BooleanField()
    may_decide = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by the thread; who answers proposals writes as well."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(may_decide=False) | models.Q(may_write=True),
                name="contact_helper_decider_writes",
            ),
        )
        indexes = (models.Index(fields=("thread", "id"), name="contact_helper_thread"),)


class ToldReply(models.Model):
    """An answer that came by telephone, by letter or from a helper.

    What was said is sealed with the buyer's key.  Staff take nothing down without the check of who spoke, the words, and the
    SHA-256 of the text that was read back.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")
    reply = models.CharField(max_length=16)
    through = models.CharField(max_length=8)
    helper = models.ForeignKey(Helper, models.PROTECT, null=True, related_name="+")
    check_passed = models.ForeignKey(Check, models.PROTECT, null=True, related_name="+")
    agent = models.CharField(max_length=128, blank=True)
    said = models.BinaryField(null=True)
    read_back = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    correction = models.BinaryField(null=True)

    class Meta:
        """What staff take down is never an agent's word alone."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(through="helper", helper__isnull=False)
                | (
                    models.Q(through__in=("phone", "letter"), said__isnull=False, check_passed__isnull=False)
                    & ~models.Q(read_back="")
                    & ~models.Q(agent="")
                ),
                name="contact_toldreply_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(corrected_at__isnull=True) | models.Q(correction__isnull=False),
                name="contact_toldreply_correction_says_what",
            ),
        )

"""Payouts as the marketplace asks for them, the parts of them that go, and what two people let go in spite of a hold.  Yen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.payouts.lifecycle import PAYOUT, TRANSFER, WAITING, TransferState
from mamori.rooms.payouts.models.account import Account, Payee
from mamori.rooms.payouts.models.run import Run

IS_WAITING = Q(waiting_since__isnull=False)
IS_READY = Q(state=TransferState.READY.value)


class Payout(models.Model):
    """What the marketplace would pay, and the gate's newest answer.

    `waits` of `amount` is neither released nor settled; `reasons` are why, `act` the decision whose receipt proves it.
    A hold names its clause and version, when it is looked at again and when it ends.  `by_run`: our file pays it, else
    the marketplace does.  `abroad`: the payee is registered with an address outside Japan.  `settled` says how money
    that was never paid came to its end, `settled_amount` how much.

    Since when clocks run: `waiting_since` its end, or `put_off_at` where a longer measure put that off; `look_since` the look
    that its state asks for.  Since when an objection waits for its answer, it says itself.
    """

    ref = models.CharField(max_length=64, unique=True)
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="payouts")
    amount = models.PositiveBigIntegerField()
    waits = models.PositiveBigIntegerField()
    by_run = models.BooleanField()
    abroad = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    clause = models.CharField(max_length=64, blank=True)
    clause_version = models.PositiveIntegerField(default=0)
    act = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    look_since = models.DateTimeField(null=True)
    review_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    put_off_at = models.DateTimeField(null=True)
    settled = models.CharField(max_length=32, blank=True)
    settled_amount = models.PositiveBigIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    state = StateField(PAYOUT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """No more waits than was asked for; what waits says since when, a hold by which clause, until when, looked at when."""

        constraints = (
            *state_constraints(PAYOUT, "payouts_payout"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payouts_payout_amount"),
            models.CheckConstraint(condition=Q(waits__lte=F("amount")), name="payouts_payout_waits_within"),
            models.CheckConstraint(
                condition=Q(waits=0, waiting_since__isnull=True)
                | Q(
                    waits__gt=0,
                    waiting_since__isnull=False,
                    state__in=sorted(state.value for state in WAITING),
                ),
                name="payouts_payout_waiting_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(state="held")
                | (~Q(clause="") & Q(clause_version__gt=0, review_at__isnull=False, ends_at__isnull=False)),
                name="payouts_payout_hold_needs_clause",
            ),
        )
        indexes = (
            models.Index(fields=("waiting_since", "id"), condition=IS_WAITING, name="payouts_payout_waiting"),
            models.Index(fields=("payee", "id"), condition=IS_WAITING, name="payouts_payout_payee_waits"),
            models.Index(fields=("payee", "-id"), name="payouts_payout_payee"),
        )


class Transfer(models.Model):
    """A part of a payout that may go to an account, or the few yen of a test; its number is the bank's reference.

    `agreed`: two people let it go in spite of what stood against it, so no later look at the reasons takes it back.
    """

    payout = models.ForeignKey(Payout, models.PROTECT, null=True, related_name="transfers")
    account = models.ForeignKey(Account, models.PROTECT, related_name="transfers")
    amount = models.PositiveBigIntegerField()
    agreed = models.BooleanField(default=False)
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="transfers")
    because = models.CharField(max_length=32, blank=True)
    state = StateField(TRANSFER)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Nothing of nothing; what is ordered is in a run, and in one only; one open test an account."""

        constraints = (
            *state_constraints(TRANSFER, "payouts_transfer"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payouts_transfer_amount"),
            models.CheckConstraint(
                condition=~Q(state="ordered") | Q(run__isnull=False), name="payouts_transfer_ordered_in_run"
            ),
            models.UniqueConstraint(
                fields=("payout",),
                condition=IS_READY & Q(agreed=False, payout__isnull=False),
                name="payouts_transfer_one_ready",
            ),
        )
        indexes = (
            models.Index(fields=("id",), condition=IS_READY, name="payouts_transfer_ready"),
            models.Index(fields=("run", "id"), name="payouts_transfer_run"),
        )


class Objection(models.Model):
    """What a seller says against money that waits, and the answer; both lie sealed with the seller's key."""

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="objections")
    said = models.BinaryField()
    by = models.CharField(max_length=128)
    at = models.DateTimeField()
    answer = models.BinaryField(null=True)
    answered_by = models.CharField(max_length=128, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """One that waits for its answer at a time; an answer has a moment."""

        constraints = (
            models.UniqueConstraint(
                fields=("payout",), condition=Q(answered_at__isnull=True), name="payouts_objection_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answer__isnull=False),
                name="payouts_objection_answered_whole",
            ),
        )


class Release(models.Model):
    """What somebody proposes to pay in spite of a hold; why, and whether another person agreed, is in the record.  Yen."""

    append_only = True

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="releases")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    by = models.CharField(max_length=128)
    at = models.DateTimeField()

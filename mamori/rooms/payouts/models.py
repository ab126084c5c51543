"""The tables of this room: payees and their accounts, payouts and their parts, runs and their lines.  Yen."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import F, Q

from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.payouts.lifecycle import (
    ACCOUNT,
    PAYOUT,
    RUN,
    TRANSFER,
    WAITING,
    AccountState,
    RunState,
    TransferState,
)

# Payees and the accounts that their proceeds go to, version by version; what a bank needs lies sealed.


class Payee(models.Model):
    """A seller as the gate knows it: whoever decides on its money locks this row first.

    `unsaid` = it was not said yet, or has to be said anew, what hinders its payouts.
    """

    seller_ref = models.CharField(max_length=64, primary_key=True)
    unsaid = models.BooleanField(default=False, db_default=False)

    class Meta:
        """Those of whom it is not said yet are found at once."""

        indexes = (
            models.Index(fields=("seller_ref",), condition=Q(unsaid=True), name="payouts_payee_unsaid"),
        )


class Account(models.Model):
    """One account of a seller, asked for by `asked_by`; bank, branch, number and holder lie sealed with the seller's key.

    `verdict` is what the gates of names said of the holder and the registered name of `identity_version`, `why` their
    reason's name; `looked_by` is who looked at it and accepted or refused it.  `proved_by` says how it was proven that
    the account is the seller's, `tries` how often the yen of a test were guessed wrong.  `bounced_at` is when a bank
    sent money back from it.  `place` is the blind index of bank, branch, kind and number: None where it was not made yet,
    empty where nothing is left to find.  `look_since` is since when a person has to look at the name.
    """

    shown_at = ("/desk/payouts/names/",)

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="accounts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    asked_by = models.CharField(max_length=128)
    asked_at = models.DateTimeField()
    cools_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=16, blank=True)
    why = models.CharField(max_length=32, blank=True)
    identity_version = models.PositiveIntegerField(default=0)
    looked_by = models.CharField(max_length=128, blank=True)
    looked_at = models.DateTimeField(null=True)
    look_since = models.DateTimeField(null=True)
    proved_by = models.CharField(max_length=16, blank=True)
    proved_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    bounced_at = models.DateTimeField(null=True)
    place = models.BinaryField(null=True)
    state = StateField(ACCOUNT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Each number once; one account in use, one that cools; a person's word has a moment."""

        constraints = (
            *state_constraints(ACCOUNT, "payouts_account"),
            models.UniqueConstraint(fields=("payee", "number"), name="payouts_account_number"),
            models.UniqueConstraint(
                fields=("payee",),
                condition=Q(state=AccountState.IN_USE.value),
                name="payouts_account_one_in_use",
            ),
            models.UniqueConstraint(
                fields=("payee",),
                condition=Q(state=AccountState.COOLING.value),
                name="payouts_account_one_cooling",
            ),
            models.CheckConstraint(
                condition=Q(looked_by="") | Q(looked_at__isnull=False), name="payouts_account_look_has_moment"
            ),
        )
        indexes = (
            models.Index(
                fields=("look_since", "id"),
                condition=Q(look_since__isnull=False),
                name="payouts_account_look",
            ),
            models.Index(
                fields=("place",), condition=Q(closed_at__isnull=True), name="payouts_account_place"
            ),
            models.Index(
                fields=("id",),
                condition=Q(closed_at__isnull=True, place__isnull=True),
                name="payouts_account_unplaced",
            ),
        )


class Run(models.Model):
    """One run: its name, the day on which the bank pays, who pays, and what the file comes to.  Yen.

    `digest` is the SHA-256 of the file, so that the same run always gives the same bytes.
    """

    ref = models.CharField(max_length=64, unique=True)
    pays_on = models.DateField()
    payer = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    state = StateField(RUN)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; what is written has a digest."""

        constraints = (
            *state_constraints(RUN, "payouts_run"),
            models.CheckConstraint(
                condition=~Q(state="written") | ~Q(digest=""), name="payouts_run_written_has_digest"
            ),
        )

    @property
    def day(self) -> Text:
        """Say on which day the bank pays."""
        return day_text(self.pays_on)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return RUN.states[RunState(self.state)]

    @property
    def file_name(self) -> str:
        """Return what its file is called; the same for the same run."""
        return f"furikomi-{self.pays_on:%Y%m%d}-{re.sub(r'[^0-9A-Za-z_-]', '-', self.ref)}.txt"

    @property
    def may_call_off(self) -> bool:
        """Say whether it can be called off: it is ordered and has no file yet."""
        return self.state == RunState.ORDERED


class Line(models.Model):
    """A line of a run as it came: what was asked, and why nothing of it can be (`refused`, with the values of its sentence)."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    payout_ref = models.CharField(max_length=64, blank=True)
    seller_ref = models.CharField(max_length=64, blank=True)
    amount = models.BigIntegerField(default=0)
    refused = models.CharField(max_length=64, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        """Each line of a run once."""

        constraints = (models.UniqueConstraint(fields=("run", "number"), name="payouts_line_number"),)


# Payouts as the marketplace asks for them, the parts of them that go, and what two people let go in spite of a hold.  Yen.


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

    shown_at = ("/desk/held/", "/desk/money/")

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

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return TRANSFER.states[TransferState(self.state)]


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

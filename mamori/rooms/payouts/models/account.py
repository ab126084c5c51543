"""Payees and the accounts that their proceeds go to, version by version; what a bank needs lies sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.payouts.lifecycle import ACCOUNT, AccountState


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

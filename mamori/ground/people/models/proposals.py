"""What needs a second pair of eyes, and who gave theirs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.ground.people.lifecycle import PROPOSAL
from mamori.ground.people.models.accounts import Account


class Proposal(models.Model):
    """Something that one person wishes and that happens when others agreed, or when time has passed in everybody's sight."""

    matter = models.CharField(max_length=32)
    about = models.CharField(max_length=128)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="proposals")
    role = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=128)
    at = models.DateTimeField()
    needs = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(null=True)
    state = StateField(PROPOSAL)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One open proposal of a matter about one thing."""

        constraints = (
            *state_constraints(PROPOSAL, "people_proposal"),
            models.UniqueConstraint(
                fields=["about", "matter"], condition=IS_OPEN, name="people_proposal_one_open"
            ),
        )
        indexes = (models.Index(fields=["id"], condition=IS_OPEN, name="people_proposal_open"),)


class Approval(models.Model):
    """One person's agreement.  `proposer` is copied from the proposal, so that the table itself refuses one's own."""

    append_only = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approvals")
    by = models.CharField(max_length=128)
    proposer = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        """Each agrees once, nobody to their own."""

        constraints = (
            models.UniqueConstraint(fields=["proposal", "by"], name="people_approval_once"),
            models.CheckConstraint(condition=~Q(by=F("proposer")), name="people_approval_not_own"),
        )

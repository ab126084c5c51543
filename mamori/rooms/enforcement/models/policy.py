"""The versions of the policy table, each kept whole as it was in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.enforcement.lifecycle import POLICY


class Policy(models.Model):
    """One version of the table, as GoRules' JSON decision model and its bands; in force from `binds_on`.

    `edited` counts the changes of a draft, so that a form opened before somebody else's change is told so.
    `notice` is the span from `published_at` after which it binds.
    """

    number = models.PositiveIntegerField(unique=True)
    table = models.JSONField()
    edited = models.PositiveIntegerField(default=0)
    drafted_by = models.CharField(max_length=128)
    proposed_by = models.CharField(max_length=128, blank=True)
    approved_by = models.CharField(max_length=128, blank=True)
    state = StateField(POLICY)
    drafted_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    notice = models.CharField(max_length=16, blank=True, default="", db_default="")
    binds_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; two people; one draft, one in force."""

        constraints = (
            *state_constraints(POLICY, "enforcement_policy"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=models.F("proposed_by")),
                name="enforcement_policy_two_people",
            ),
            models.UniqueConstraint(
                fields=("state",),
                condition=Q(state__in=("draft", "proposed", "in_force")),
                name="enforcement_policy_one_each",
            ),
        )

"""The tables of `terms`: who accepted which clause when, and what the operator set when.  Both only grow."""

from __future__ import annotations

from django.db import models


class ClauseAcceptance(models.Model):
    """One seller's acceptance of one version of a clause, and where we know it from."""

    append_only = True

    seller_ref = models.CharField(max_length=64)
    clause = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    accepted_at = models.DateTimeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("seller_ref", "clause", "version", "accepted_at"), name="terms_acceptance_once"
            ),
        )


class SettingValue(models.Model):
    """One value that the operator chose, from its moment on until the next."""

    append_only = True

    code = models.CharField(max_length=64)
    value = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        indexes = (models.Index(fields=("code", "at", "id"), name="terms_setting_latest"),)

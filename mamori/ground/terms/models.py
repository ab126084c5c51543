"""The tables of `terms`: clauses as published, who was told and who accepted when, what the operator set.  All only grow."""

from __future__ import annotations

from django.db import models


class ClauseAcceptance(models.Model):
    """One seller's acceptance of one version of a clause, where we know it from, and the act whose receipt proves it."""

    append_only = True

    seller_ref = models.CharField(max_length=64)
    clause = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    accepted_at = models.DateTimeField()
    source = models.CharField(max_length=200)
    act = models.PositiveBigIntegerField(null=True)

    class Meta:
        """Told twice it is one."""

        constraints = (
            models.UniqueConstraint(
                fields=("seller_ref", "clause", "version", "accepted_at"), name="terms_acceptance_once"
            ),
        )
        indexes = (models.Index(fields=("clause", "version", "seller_ref"), name="terms_acceptance_of"),)


class TermsChange(models.Model):
    """What one person would publish: clauses in new versions, from a day on.  It counts once another person agreed.

    Without `binds_on` each clause counts as early as it may.  On a `ground` it need not wait, and sellers hear the `reason`.
    """

    append_only = True

    binds_on = models.DateField(null=True)
    ground = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()


class ClauseWording(models.Model):
    """The exact words of a version of a clause in a change; with `is_own` they are the operator's, else the house's pattern."""

    append_only = True

    change = models.ForeignKey(TermsChange, models.PROTECT, related_name="wordings")
    clause = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    title_ja = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    text_ja = models.TextField()
    text_en = models.TextField()
    is_own = models.BooleanField()

    class Meta:
        """A clause stands in a change once."""

        constraints = (
            models.UniqueConstraint(fields=("change", "clause"), name="terms_wording_once_in_change"),
        )


class ClausePublished(models.Model):
    """A version of a clause that two people published: when sellers began to be told, and from which day it counts."""

    append_only = True

    wording = models.OneToOneField(ClauseWording, models.PROTECT, related_name="published")
    clause = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    announced_at = models.DateTimeField()
    binds_on = models.DateField()
    act = models.PositiveBigIntegerField()

    class Meta:
        """A version is published once: its words never change."""

        constraints = (
            models.UniqueConstraint(fields=("clause", "version"), name="terms_version_published_once"),
        )


class TermsTold(models.Model):
    """One seller was told of one change, by which notice: never twice."""

    append_only = True

    change = models.ForeignKey(TermsChange, models.PROTECT, related_name="told")
    seller_ref = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    notice = models.PositiveBigIntegerField()

    class Meta:
        """Each seller once; found by the seller."""

        constraints = (models.UniqueConstraint(fields=("seller_ref", "change"), name="terms_told_once"),)


class SettingValue(models.Model):
    """One value that the operator chose, from its moment on until the next, and why, where they said so."""

    append_only = True

    code = models.CharField(max_length=64)
    value = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = (models.Index(fields=("code", "at", "id"), name="terms_setting_latest"),)

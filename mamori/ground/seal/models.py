"""The wrapped key of each subject, of which a shredding leaves the row and the moment; the house's keys; legal holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

IS_LIVING = Q(shredded_at__isnull=True)
IS_SHREDDED = Q(shredded_at__isnull=False)
IS_IN_FORCE = Q(lifted_at__isnull=True)


class SubjectKey(models.Model):
    """One data key, wrapped by the key-encryption key whose fingerprint is `kek`."""

    subject = models.CharField(max_length=128)
    wrapped = models.BinaryField(null=True)
    kek = models.CharField(max_length=16)
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        """One living key for a subject; a shredded one is gone; found by generation, and by who was erased."""

        constraints = (
            models.UniqueConstraint(
                fields=["subject"], condition=IS_LIVING, name="seal_subjectkey_one_living"
            ),
            models.CheckConstraint(
                condition=Q(shredded_at__isnull=True, wrapped__isnull=False)
                | Q(shredded_at__isnull=False, wrapped__isnull=True),
                name="seal_subjectkey_shredded_is_gone",
            ),
        )
        indexes = (
            models.Index(fields=["kek", "id"], condition=IS_LIVING, name="seal_subjectkey_kek"),
            models.Index(fields=["subject"], condition=IS_SHREDDED, name="seal_subjectkey_erased"),
        )


class KeyMark(models.Model):
    """By which key of the house this database lives: a fingerprint that reveals nothing of it."""

    key = models.CharField(max_length=16, primary_key=True)
    fingerprint = models.CharField(max_length=16)
    since = models.DateTimeField()


class Hold(models.Model):
    """A legal hold: on what, on which ground, since when and until when, where its ground has an end; why, lies sealed."""

    shown_at = ("/desk/holds/",)

    what = models.CharField(max_length=128)
    ground = models.CharField(max_length=64)
    ground_ja = models.CharField(max_length=200)
    ground_en = models.CharField(max_length=200)
    sealed = models.BinaryField()
    by = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=200, blank=True, default="")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        """The holds in force are few and are listed."""

        indexes = (models.Index(fields=["id"], condition=IS_IN_FORCE, name="seal_hold_in_force"),)


class HeldName(models.Model):
    """One subject, file or matter that a hold covers."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="names")
    name = models.CharField(max_length=128)

    class Meta:
        """A hold covers a name once; what is about to be destroyed is looked up by name."""

        constraints = (models.UniqueConstraint(fields=["hold", "name"], name="seal_heldname_once"),)
        indexes = (models.Index(fields=["name", "hold"], name="seal_heldname_name"),)

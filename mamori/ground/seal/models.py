"""The wrapped key of each subject: what is left of it once it was shredded is the row and the moment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

IS_LIVING = Q(shredded_at__isnull=True)


class SubjectKey(models.Model):
    """One data key, wrapped by the key-encryption key whose fingerprint is `kek`."""

    subject = models.CharField(max_length=128)
    wrapped = models.BinaryField(null=True)
    kek = models.CharField(max_length=16)
    shredded_at = models.DateTimeField(null=True)

    class Meta:
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

"""The table of files: what each is and how it stands; its bytes lie encrypted on the disk, its name sealed here."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.ground.vault.lifecycle import FILE

IS_WAITING = Q(next_try_at__isnull=False)
"""The one condition that the look for files to scan and its index share."""


class File(models.Model):
    """One file.  `wrapped` is its key, sealed with the subject's: with either gone, nothing of it opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    about = models.CharField(max_length=128)
    subject = models.CharField(max_length=128)
    kind = models.CharField(max_length=16)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(default=0)
    wrapped = models.BinaryField(null=True)
    sealed = models.BinaryField()
    state = StateField(FILE)
    received_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; an erased file has no key, every other has one."""

        constraints = (
            *state_constraints(FILE, "vault_file"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, wrapped__isnull=False)
                | Q(closed_at__isnull=False, wrapped__isnull=True),
                name="vault_file_erased_is_gone",
            ),
        )
        indexes = (
            models.Index(fields=("about", "received_at", "id"), name="vault_file_about"),
            models.Index(fields=("subject", "id"), condition=IS_OPEN, name="vault_file_subject"),
            models.Index(fields=("next_try_at", "id"), condition=IS_WAITING, name="vault_file_waiting"),
            models.Index(fields=("received_at", "id"), condition=IS_OPEN, name="vault_file_received"),
        )

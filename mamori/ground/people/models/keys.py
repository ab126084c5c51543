"""Keys of machines, keys that sign links, and the house's own secret for codes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import models
from django.db.models import Q

IS_LIVING = Q(revoked_at__isnull=True)
"""Not revoked; it may still have run out."""


class KeyKind(StrEnum):
    """What a key is for."""

    API = "api"  # a machine shows it with each call
    LINK = "link"  # the marketplace signs links with it


class Key(models.Model):
    """One generation of a key.  Of an API key a digest is kept; a link key must be read again, so it lies sealed."""

    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=64)
    generation = models.PositiveIntegerField(default=1)
    prefix = models.CharField(max_length=16, unique=True)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField(null=True)
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """A name belongs to one line of keys for ever: acts that bear it must mean one machine."""

        constraints = (
            models.UniqueConstraint(fields=["name", "generation"], name="people_key_generation"),
            models.CheckConstraint(
                condition=(Q(kind="api", sealed__isnull=True) & ~Q(digest=""))
                | Q(kind="link", sealed__isnull=False, digest=""),
                name="people_key_kept_as_its_kind",
            ),
        )

    def holds(self, at: datetime) -> bool:
        """Say whether it was neither revoked nor has run out."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


class HouseSecret(models.Model):
    """A secret that the house made for itself and keeps sealed, so that a copy of the database does not reveal it."""

    name = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()

"""A seller's own usual texts."""

from __future__ import annotations

import uuid

from django.db import models


class Phrase(models.Model):
    """A usual text: its name and words lie sealed with the seller's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    seller_ref = models.CharField(max_length=128)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """Found by whose they are."""

        indexes = (models.Index(fields=("seller_ref", "at"), name="contact_phrase_seller"),)

"""The table of watches: how far listings were looked through, one row for each that looks at them."""

from __future__ import annotations

from django.db import models


class ListingWatch(models.Model):
    """How far listings, as they were told or rewritten, were looked at under `name`; `again` is the last of all that are looked
    at once more, None where none are."""

    name = models.CharField(max_length=40, unique=True)
    reached = models.PositiveBigIntegerField()
    again = models.CharField(max_length=64, null=True)
    looked_at = models.DateTimeField()

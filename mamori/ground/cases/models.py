"""The table of `cases`: one row for every matter of every room."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import IS_OPEN


class Case(models.Model):
    """What every matter has: parties, state, next due moment.  No words of anybody: the title is a topic."""

    kind = models.CharField(max_length=64)
    about = models.CharField(max_length=128, unique=True)
    title = models.CharField(max_length=200)
    buyer_ref = models.CharField(max_length=64, blank=True, default="")
    seller_ref = models.CharField(max_length=64, blank=True, default="")
    order_ref = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=32, blank=True, default="")
    attention = models.CharField(max_length=64, blank=True, default="")
    opened_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Open cases lie in the order of their queue: all of them, and each party's and order's."""

        indexes = (
            models.Index(fields=["next_due_at", "id"], condition=IS_OPEN, name="cases_open"),
            models.Index(
                fields=["seller_ref", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_seller"
            ),
            models.Index(
                fields=["buyer_ref", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_buyer"
            ),
            models.Index(
                fields=["order_ref", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_order"
            ),
        )

"""Checks of who calls or writes: what was asked and whether it sufficed, never the answers."""

from __future__ import annotations

import uuid

from django.db import models

from mamori.rooms.contact.models.thread import Thread


class Check(models.Model):
    """A check that was passed: for half an hour its agent may take words down for this buyer."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="+")
    buyer_ref = models.CharField(max_length=128)
    order_ref = models.CharField(max_length=128, blank=True)
    channel = models.CharField(max_length=8)
    agent = models.CharField(max_length=128)
    at = models.DateTimeField()

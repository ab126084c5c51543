"""Forms that were taken, so that none is taken twice."""

from __future__ import annotations

from django.db import models


class Sent(models.Model):
    """A form that was taken: the same form sent again leads where it led, and nothing is done twice."""

    token = models.UUIDField(primary_key=True)
    by = models.CharField(max_length=200)
    led_to = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        """Old ones are found by their moment, to be forgotten; a hand's own by where they led."""

        db_table = "contact_sent"  # the first room that took forms made it
        indexes = (
            models.Index(fields=("at",), name="contact_sent_at"),
            models.Index(fields=("by", "led_to"), name="contact_sent_led"),
        )

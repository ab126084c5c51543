"""The table of the gateway: what was answered to whom under which key, for a day."""

from __future__ import annotations

from django.db import models


class Reply(models.Model):
    """One reply under an `Idempotency-Key`: its row is written first, in the transaction of the effect.

    `machine` is whose the key is: the shop's, by whichever of its API keys it came.
    `sealed` holds status, headers and body.  Bodies carry ids, references, states and moments, never words or names;
    they lie sealed with the market's key all the same, because a webhook's secret is among them.
    """

    machine = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()
    sealed = models.BinaryField(default=b"")

    class Meta:
        """A key is used once; found by age to be forgotten."""

        constraints = (models.UniqueConstraint(fields=("machine", "key"), name="gateway_reply_once"),)
        indexes = (models.Index(fields=("at",), name="gateway_reply_age"),)

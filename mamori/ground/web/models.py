"""What was sent to us and how it was answered, so that nothing is done twice: forms, requests, pages to use once; the logo."""

from __future__ import annotations

from django.db import models


class Reply(models.Model):
    """What was sent under a key and how it was answered: its row is written first, in the transaction of the effect.

    `owner` is whose the key is: who sent the form, or the shop by whichever of its API keys a request came.  A form leads to
    a page (`led_to`).  Of a request `fingerprint` tells it from another one under its key, and `sealed` holds status, headers
    and body: ids, references, states and moments, never words or names; they lie sealed with the market's key all the same,
    because a webhook's secret is among them.
    """

    owner = models.CharField(max_length=200, db_column="machine")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()
    sealed = models.BinaryField(default=b"")
    led_to = models.CharField(max_length=200, default="", db_default="")

    class Meta:
        """A key is used once; found by age to be forgotten; an actor's own forms by where they led."""

        db_table = "gateway_reply"  # the door that first kept them made it
        constraints = (models.UniqueConstraint(fields=("owner", "key"), name="gateway_reply_once"),)
        indexes = (
            models.Index(fields=("at",), name="gateway_reply_age"),
            models.Index(fields=("owner", "led_to"), name="gateway_reply_led"),
        )


class Logo(models.Model):
    """The operator's logo, one row or none: a new picture made of what was sent, which every page for the public shows.

    It lies there as base64, because whatever lies as bytes is sealed, and this is for anybody.
    """

    picture = models.TextField()
    digest = models.CharField(max_length=64)


class OneTime(models.Model):
    """The address of a page that somebody outside may use once: the digest of its secret, for what and about what it is.

    `used_at` is when it was used, which ends it, as the moment `until` does.
    """

    purpose = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

"""Those who come by link or code: codes on their way, and the delegates of sellers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

IS_HERE = Q(ended_at__isnull=True)
"""A delegate who still acts for the seller."""

TRIES = 5


class SignInCode(models.Model):
    """Somebody asked for a code.  Whether it was anybody we know, the asker is never told.

    `claim` is a keyed digest of the mail address that was given; `mac` one of the code, empty while none was sent;
    `browser` is what the asker's browser kept of whoever came in with it last.
    """

    ticket = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16)
    ref = models.CharField(max_length=64)
    claim = models.BinaryField()
    browser = models.CharField(max_length=32, blank=True)
    who = models.CharField(max_length=128, blank=True)
    mac = models.BinaryField(default=b"")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """The database itself admits no sixth try."""

        constraints = (models.CheckConstraint(condition=Q(tries__lte=5), name="people_code_five_tries"),)
        indexes = (models.Index(fields=["expires_at"], name="people_code_expiry"),)


class Delegate(models.Model):
    """Somebody who acts for a seller under a name of its own; name and address of the person lie sealed."""

    seller_ref = models.CharField(max_length=64)
    name = models.CharField(max_length=32)
    sealed = models.BinaryField()
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A name means one person for ever, also after the end."""

        constraints = (models.UniqueConstraint(fields=["seller_ref", "name"], name="people_delegate_once"),)

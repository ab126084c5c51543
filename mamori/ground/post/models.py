"""The tables of `post`: mails and letters on their way, the server that takes mail, who reads what, who asked for ads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.ground.post.lifecycle import LETTER, MAIL

IS_GIVEN_UP = IS_OPEN & Q(next_at__isnull=True)
IS_IN_FORCE = Q(withdrawn_at__isnull=True)


class Mail(models.Model):
    """One notice for one reader.  `next_at`: when to send, or while leased when the lease ends; empty when given up.

    It holds no address: that is looked up when it is sent, so that a corrected one is used and an erased one is not.
    """

    notice = models.ForeignKey("outbox.Notice", on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=128)
    message_id = models.CharField(max_length=320, unique=True)
    urgent = models.BooleanField(default=False)
    state = StateField(MAIL)
    next_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    tries_left = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One mail for a notice and a reader; the queue is walked by its index, urgent ones first."""

        constraints = (
            models.UniqueConstraint(fields=["notice", "to"], name="post_mail_once"),
            *state_constraints(MAIL, "post_mail"),
        )
        indexes = (
            models.Index(fields=["urgent", "next_at", "id"], condition=IS_OPEN, name="post_mail_due"),
            models.Index(fields=["id"], condition=IS_GIVEN_UP, name="post_mail_given_up"),
        )


class MailAttempt(models.Model):
    """The log of mail: one try, and what the server said, without anybody's address."""

    append_only = True
    retained = True

    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, related_name="log")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    code = models.PositiveIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    answer = models.TextField(blank=True, default="")


class Relay(models.Model):
    """The server or folder that takes mail, one row: how often in a row it could not be used, and until when it is left alone."""

    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    resting_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")


class Letter(models.Model):
    """One notice on paper; name and postal address are looked up when it is printed."""

    notice = models.ForeignKey("outbox.Notice", on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=128)
    state = StateField(LETTER)
    at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One letter for a notice and a reader."""

        constraints = (
            models.UniqueConstraint(fields=["notice", "to"], name="post_letter_once"),
            *state_constraints(LETTER, "post_letter"),
        )
        indexes = (models.Index(fields=["id"], condition=IS_OPEN, name="post_letter_open"),)


class Reader(models.Model):
    """In which language somebody wants to be written to."""

    who = models.CharField(max_length=128, primary_key=True)
    language = models.CharField(max_length=2)

    class Meta:
        """Japanese or English; nobody known stands for both."""

        constraints = (
            models.CheckConstraint(condition=Q(language__in=["ja", "en"]), name="post_reader_language_known"),
        )


class OptIn(models.Model):
    """That somebody asked for advertising, when and in answer to which words; kept after it was withdrawn."""

    who = models.CharField(max_length=128)
    how = models.CharField(max_length=500)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One in force at a time."""

        constraints = (
            models.UniqueConstraint(fields=["who"], condition=IS_IN_FORCE, name="post_optin_one_in_force"),
        )

"""Helpers: whom a buyer lets read one conversation, or write in it; and answers that did not come by the buyer's own hand."""

from __future__ import annotations

from django.db import models

from mamori.rooms.contact.models.caller import Check
from mamori.rooms.contact.models.thread import Thread
from mamori.rooms.contact.models.trouble import Proposal


class Helper(models.Model):
    """Somebody who helps a buyer with one thread: the name sealed with the buyer's key, of the code a digest."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    may_write = models.BooleanField()
    may_decide = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by the thread; who answers proposals writes as well."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(may_decide=False) | models.Q(may_write=True),
                name="contact_helper_decider_writes",
            ),
        )
        indexes = (models.Index(fields=("thread", "id"), name="contact_helper_thread"),)


class ToldReply(models.Model):
    """An answer that came by telephone, by letter or from a helper.

    What was said is sealed with the buyer's key.  Staff take nothing down without the check of who spoke, the words, and the
    SHA-256 of the text that was read back.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")
    reply = models.CharField(max_length=16)
    through = models.CharField(max_length=8)
    helper = models.ForeignKey(Helper, models.PROTECT, null=True, related_name="+")
    check_passed = models.ForeignKey(Check, models.PROTECT, null=True, related_name="+")
    agent = models.CharField(max_length=128, blank=True)
    said = models.BinaryField(null=True)
    read_back = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    correction = models.BinaryField(null=True)

    class Meta:
        """What staff take down is never an agent's word alone."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(through="helper", helper__isnull=False)
                | (
                    models.Q(through__in=("phone", "letter"), said__isnull=False, check_passed__isnull=False)
                    & ~models.Q(read_back="")
                    & ~models.Q(agent="")
                ),
                name="contact_toldreply_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(corrected_at__isnull=True) | models.Q(correction__isnull=False),
                name="contact_toldreply_correction_says_what",
            ),
        )

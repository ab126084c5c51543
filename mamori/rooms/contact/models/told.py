"""Answers to proposals that a party did not give by its own hand: taken down by staff, or given by a helper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.rooms.contact.models.caller import Check
from mamori.rooms.contact.models.helped import Helper
from mamori.rooms.contact.models.trouble import Proposal


class ToldReply(models.Model):
    """An answer that came by telephone, by letter or from a helper.

    What was said is sealed with the party's key.  Staff take nothing down without the check of who spoke (a passed check, or for
    a seller the registered `line` that was called), the words, and the SHA-256 of the text that was read back.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="told_replies")
    side = models.CharField(max_length=16)
    reply = models.CharField(max_length=16)
    through = models.CharField(max_length=8)
    helper = models.ForeignKey(Helper, models.PROTECT, null=True, related_name="+")
    check_passed = models.ForeignKey(Check, models.PROTECT, null=True, related_name="+")
    line = models.PositiveSmallIntegerField(default=0)
    agent = models.CharField(max_length=128, blank=True)
    said = models.BinaryField(null=True)
    read_back = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    correction = models.BinaryField(null=True)

    class Meta:
        """A side answers a proposal once; what staff take down is never an agent's word alone."""

        constraints = (
            models.UniqueConstraint(fields=("proposal", "side"), name="contact_toldreply_once"),
            models.CheckConstraint(
                condition=Q(through="helper", helper__isnull=False)
                | (
                    Q(through__in=("phone", "letter"), said__isnull=False)
                    & ~Q(read_back="")
                    & ~Q(agent="")
                    & (Q(side="buyer", check_passed__isnull=False) | Q(side="seller", line__gt=0))
                ),
                name="contact_toldreply_evidence",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True) | Q(correction__isnull=False),
                name="contact_toldreply_correction_says_what",
            ),
        )

"""Who asks before a purchase without an account: a mail address that a code proves, and the question that belongs to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.rooms.contact.models.thread import Thread

IS_KEPT = Q(sealed__isnull=False)
"""The address is still there: the one condition that what is to be erased and its index share."""


class Asker(models.Model):
    """One question of somebody without an account.

    "asker:" and `ref` name the key of what is `sealed`, the address and until it is proven the question, and whom mail is for;
    `buyer_ref` stands for them in the conversation, whose words have a key of their own.  Of the page on which the code is typed
    and of the one that only a mail leads to no more is kept than a digest (`ticket`, `page`).  `mark` knows the same question
    from the same address again; `code` is the keyed digest of a code under way.
    """

    ref = models.CharField(max_length=24, unique=True)
    ticket = models.CharField(max_length=64, unique=True, null=True)
    page = models.CharField(max_length=64, unique=True, null=True)
    sealed = models.BinaryField(null=True)
    mark = models.BinaryField(max_length=32)
    language = models.CharField(max_length=2)
    code = models.BinaryField(max_length=32, null=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    thread = models.OneToOneField(Thread, models.PROTECT, null=True, related_name="asker")
    asked_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)

    class Meta:
        """What is kept is walked in order; a question comes with proof."""

        constraints = (
            models.CheckConstraint(
                condition=Q(thread__isnull=True) | Q(proven_at__isnull=False), name="contact_asker_proven"
            ),
        )
        indexes = (
            models.Index(fields=("asked_at", "id"), condition=IS_KEPT, name="contact_asker_kept"),
            models.Index(fields=("mark",), name="contact_asker_mark"),
        )

    @property
    def subject(self) -> str:
        """Return whose key the address is sealed with, and whom mail is for."""
        return f"asker:{self.ref}"

    @property
    def buyer_ref(self) -> str:
        """Return what stands for them where a buyer's reference does."""
        return f"{ASKER}{self.ref}"


ASKER = "asker."
"""Before the reference of whoever has no account: no shop's buyer is called so by us."""

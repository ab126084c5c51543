"""The tables of the record: what only grows (acts, contents, leaves, checkpoints) and what waits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mamori.ground.ledger.formats import moment_text


class Act(models.Model):
    """That something was done: never changed, never removed; its number is the receipt's number."""

    append_only: ClassVar = True

    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    commitment = models.BinaryField(max_length=32)

    @property
    def entry(self) -> dict[str, int | str]:
        """Return what the leaf says of the act."""
        return {
            "act": self.pk,
            "at": moment_text(self.at),
            "commitment": bytes(self.commitment).hex(),
            "kind": self.kind,
        }


class ActContent(models.Model):
    """What was done, by whom and why, sealed with the subject's key; shredding takes the key, not the row."""

    append_only: ClassVar = True

    act = models.OneToOneField(Act, on_delete=models.PROTECT, primary_key=True, related_name="content")
    subject = models.CharField(max_length=128)
    about = models.CharField(max_length=128)
    sealed = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["about", "act"], name="ledger_content_about"),
            models.Index(fields=["subject", "act"], name="ledger_content_subject"),
        )


class Pending(models.Model):
    """An act that waits for its place in the log."""

    act = models.OneToOneField(Act, on_delete=models.PROTECT, primary_key=True, related_name="pending")


class Erasure(models.Model):
    """An erasure under way: the key is destroyed, contents up to `after` are accounted for.  It goes with the last batch."""

    subject = models.CharField(max_length=128)
    key = models.BigIntegerField(unique=True)
    act = models.BigIntegerField()
    after = models.BigIntegerField()
    begun_at = models.DateTimeField()


class Leaf(models.Model):
    """The place of an act in the log, counted from 0 without a gap."""

    append_only: ClassVar = True

    index = models.BigIntegerField(primary_key=True)
    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="leaf")


class Checkpoint(models.Model):
    """A head of the log that was signed; `number` counts from 1 without a gap."""

    append_only: ClassVar = True

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    note = models.TextField()

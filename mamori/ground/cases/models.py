"""The tables of `cases`: one row for every matter of every room, and what it can be found by."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN

IS_FLAGGED = IS_OPEN & Q(attention__isnull=False)
"""Open, and somebody should look at it: the condition that the queue's views and their indexes share."""
IS_URGENT = IS_OPEN & Q(urgent_since__isnull=False)
"""Open, and before all others: what a page of any view begins with, and its index."""


class Case(models.Model):
    """What every matter has: parties, state, next due moment.  No words of anybody: the title is a topic.

    With `urgent_since` it stands before all that is not urgent, whatever falls due when.  `next_due_at` is when what it leads
    with (`due_kind`, the kind of a clock) is due, or was: a promise that was missed leads until it is kept.
    """

    kind = models.CharField(max_length=64)
    about = models.CharField(max_length=128, unique=True)
    title = models.CharField(max_length=200)
    buyer_ref = models.CharField(max_length=64, blank=True, default="")
    seller_ref = models.CharField(max_length=64, blank=True, default="")
    order_ref = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=32, blank=True, default="")
    attention = models.CharField(max_length=64, null=True)  # empty is NULL, on which an index can stand
    assignee = models.CharField(max_length=128, blank=True, default="")
    opened_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    due_kind = models.CharField(max_length=64, blank=True, default="")
    urgent_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Open cases lie in the order of their queue: all of them, and those of each view of it."""

        indexes = (
            models.Index(fields=["next_due_at", "id"], condition=IS_OPEN, name="cases_open"),
            models.Index(fields=["urgent_since", "id"], condition=IS_URGENT, name="cases_open_urgent"),
            models.Index(fields=["opened_at", "id"], condition=IS_OPEN, name="cases_open_oldest"),
            models.Index(
                fields=["seller_ref", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_seller"
            ),
            models.Index(
                fields=["buyer_ref", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_buyer"
            ),
            models.Index(
                fields=["order_ref", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_order"
            ),
            models.Index(fields=["order_ref", "closed_at"], condition=~IS_OPEN, name="cases_closed_of_order"),
            models.Index(fields=["kind", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_kind"),
            models.Index(
                fields=["title", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_topic"
            ),
            models.Index(
                fields=["assignee", "next_due_at", "id"], condition=IS_OPEN, name="cases_open_of_assignee"
            ),
            models.Index(
                fields=["assignee", "kind", "next_due_at", "id"],
                condition=IS_OPEN,
                name="cases_open_of_assignee_kind",
            ),
            models.Index(fields=["next_due_at", "id"], condition=IS_FLAGGED, name="cases_open_flagged"),
            models.Index(
                fields=["kind", "next_due_at", "id"], condition=IS_FLAGGED, name="cases_open_flagged_kind"
            ),
            models.Index(
                fields=["assignee", "next_due_at", "id"], condition=IS_FLAGGED, name="cases_open_flagged_of"
            ),
        )


class Ask(models.Model):
    """One thing that an open case asks for: it may be several at once, of which `attention` is the one that is shown first."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="asks")
    what = models.CharField(max_length=64)
    next_due_at = models.DateTimeField(
        null=True
    )  # the case's own, so that a list of one thing stands in its order

    class Meta:
        """A case asks for a thing once."""

        constraints = (models.UniqueConstraint(fields=["case", "what"], name="cases_ask_once"),)
        indexes = (models.Index(fields=["what", "next_due_at", "case"], name="cases_ask_queue"),)


class Entry(models.Model):
    """Something that a case can be found by; its tokens lie beside it, in a table of the engine's own kind.

    `key` names what was read (`case:12`, `contact.message:…`), `subject` whose erasure takes the entry away.
    `sealed` is the text by which a find is checked; words of a thread are opened in their room instead.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=128, unique=True)
    subject = models.CharField(max_length=128)
    sealed = models.BinaryField(null=True)

    class Meta:
        """Found by whom it concerns, for erasure, and by its case."""

        indexes = (models.Index(fields=["subject", "id"], name="cases_entry_subject"),)


class Note(models.Model):
    """What staff noted on a case, beside its act: sealed, never changed, and read by no room and no party."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    act = models.BigIntegerField(unique=True)
    by = models.CharField(max_length=128)
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        """Read by case, the newest first."""

        indexes = (models.Index(fields=["case", "at", "act"], name="cases_note_of_case"),)

"""Conversations: threads, what was written in them, and the files that came with it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.contact.lifecycle import THREAD

SELLERS_TURN = ("missed", "waiting")
OWES_ANSWER = Q(answer_due_at__isnull=False)
"""The one condition that the lead's board and its index share."""
IS_SELLERS_TURN = Q(seller_due_at__isnull=False)
"""The same for the seller's inbox."""
IS_BUYERS_TURN = IS_OPEN & Q(seller_due_at__isnull=True)
"""The same for what waits for the buyer."""

IS_QUESTION = Q(order_ref="")
"""About a listing, before any order."""


class Thread(models.Model):
    """A conversation of one buyer with one seller, about a listing or an order.

    `answer_due_at` is set while the seller owes an answer, also when that moment has passed; `seller_due_at` is the next
    moment by which it owes anything: an answer, a reply to a proposal, or what was agreed.  `awaits_buyer`: the wait
    for the buyer's word runs, at whose end it is closed.
    """

    topic = models.CharField(max_length=32)
    buyer_ref = models.CharField(max_length=128)
    seller_ref = models.CharField(max_length=128)
    listing_ref = models.CharField(max_length=128, blank=True)
    order_ref = models.CharField(max_length=128, blank=True)
    state = StateField(THREAD)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    seller_due_at = models.DateTimeField(null=True)
    awaits_buyer = models.BooleanField(default=False)
    centre_may_read = models.BooleanField(default=False)
    shared_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle, and one subject per thread."""

        constraints = (
            *state_constraints(THREAD, "contact_thread"),
            models.CheckConstraint(
                condition=Q(order_ref="") ^ Q(listing_ref=""), name="contact_thread_listing_or_order"
            ),
            models.UniqueConstraint(
                fields=("order_ref", "buyer_ref"),
                condition=IS_OPEN & ~Q(order_ref=""),
                name="contact_thread_one_open_of_buyer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SELLERS_TURN, answer_due_at__isnull=False)
                | (~Q(state__in=SELLERS_TURN) & Q(answer_due_at__isnull=True)),
                name="contact_thread_answer_due_in_turn",
            ),
        )
        indexes = (
            models.Index(fields=("buyer_ref", "id"), name="contact_thread_of_buyer"),
            models.Index(
                fields=("order_ref", "id"), condition=~Q(order_ref=""), name="contact_thread_of_order"
            ),
            models.Index(fields=("seller_ref", "id"), name="contact_thread_of_seller"),
            models.Index(
                fields=("seller_ref", "seller_due_at", "id"),
                condition=IS_SELLERS_TURN,
                name="contact_thread_seller_turn",
            ),
            models.Index(
                fields=("answer_due_at", "id"), condition=OWES_ANSWER, name="contact_thread_answer_due"
            ),
            models.Index(fields=("opened_at",), condition=IS_QUESTION, name="contact_thread_question"),
            models.Index(
                fields=("seller_ref", "id"), condition=IS_BUYERS_TURN, name="contact_thread_seller_waits"
            ),
        )


class Message(models.Model):
    """What one side wrote: sealed with the writer's key, never changed.

    `shown` is what both sides see instead where both agreed that contact details are hidden; `formal` is the kind of
    notice that it reads like, and such a message is never hidden.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    by_seller = models.BooleanField()
    substantive = models.BooleanField()
    through = models.CharField(max_length=8, blank=True, default="")
    at = models.DateTimeField()
    sealed = models.BinaryField()
    shown = models.BinaryField(null=True)
    formal = models.CharField(max_length=16, blank=True)

    class Meta:
        """Number the messages of a thread without gaps or doubles; what reads like a notice is never hidden."""

        constraints = (
            models.UniqueConstraint(fields=("thread", "number"), name="contact_message_number"),
            models.CheckConstraint(
                condition=Q(formal="") | Q(shown__isnull=True), name="contact_message_formal_is_whole"
            ),
        )


class Attachment(models.Model):
    """A file that came with a message; what it is and holds lies in the vault, sealed as its words are."""

    append_only = True

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    number = models.PositiveIntegerField()
    by_seller = models.BooleanField()
    file = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        """Number the files of a thread without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("thread", "number"), name="contact_attachment_number"),
        )


class Check(models.Model):
    """A check that was passed: for half an hour its agent may take words down for this buyer."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="+")
    buyer_ref = models.CharField(max_length=128)
    order_ref = models.CharField(max_length=128, blank=True)
    channel = models.CharField(max_length=8)
    agent = models.CharField(max_length=128)
    at = models.DateTimeField()


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


HOLDS = Q(ended_at__isnull=True)
"""The one condition that what the seller sees and its constraint share."""


class Leave(models.Model):
    """One detail, sealed with the buyer's key; taken back it stays as a row that no longer holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="leaves")
    way = models.CharField(max_length=8)
    sealed = models.BinaryField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One detail of a kind holds at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("thread", "way"), condition=HOLDS, name="contact_leave_one_holds"
            ),
        )

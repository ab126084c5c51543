"""An alert to all buyers of some listings, each buyer whom it told, and which goods each was told of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.grammar.text import Text
from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.contact.alerts.lifecycle import ALERT, ALERTED, AlertedState, AlertState, ToldBy
from mamori.rooms.contact.alerts.rules import Danger
from mamori.rooms.contact.models.trouble import Trouble

TO_REMIND = Q(state="waiting", reminded_at__isnull=True) & ~Q(way="nobody")
"""The one condition that the search for the next reminder and its index share."""
UNREACHED = Q(state="waiting") & (Q(way="nobody") | Q(reminded_at__isnull=False))
"""The one condition that the list of whom to call and its index share: nothing else is left to be written."""
TO_CLEAR = Q(cleared_at__isnull=True) & ~Q(state="erased")
"""The one condition that the search for who hears next that there is no danger, and its index, share."""


class Alert(models.Model):
    """A warning about `about`, a matter of the room that began it; whoever writes it locks this row first.

    It goes through the orders in `turn`s and has `reached` a seller, a moment and an order; `looked_at` is when it last came to
    the end.  `remind_since` is when those were told who are told once more next, `remind_upto` which of them are, now.
    """

    shown_at = ("/desk/alerts/",)

    about = models.CharField(max_length=128, unique=True)
    words = models.JSONField()
    keep = models.BooleanField()
    turn = models.PositiveIntegerField(default=0)
    reached = models.JSONField(default=list)
    looked_at = models.DateTimeField(null=True)
    remind_since = models.DateTimeField(null=True)
    remind_upto = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(ALERT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; one alert about one matter."""

        constraints = state_constraints(ALERT, "contact_alert")

    @property
    def danger(self) -> Danger:
        """Return what buyers are told."""
        return Danger.of(self.words)

    @property
    def goods(self) -> Text:
        """Say which goods it is about."""
        return self.danger.goods

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ALERT.states[AlertState(self.state)]


class AlertListing(models.Model):
    """A listing whose buyers an alert tells."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="listings")
    listing_ref = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        """A listing is named once."""

        constraints = (
            models.UniqueConstraint(fields=("alert", "listing_ref"), name="contact_alertlisting_once"),
        )


class AlertedBuyer(models.Model):
    """An alert told a buyer: the row is written in the transaction in which its notice is handed to the post.

    `trouble` is what the buyer reported about one of the orders since.  `note` is what was heard at the last of the `calls`.
    """

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="alerted")
    buyer_ref = models.CharField(max_length=64)
    way = models.CharField(max_length=8)
    told_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    hurt_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    trouble = models.ForeignKey(Trouble, models.PROTECT, related_name="+", null=True)
    reminded_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, blank=True, default="")
    note = models.BinaryField(null=True)
    state = StateField(ALERTED)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """A buyer is told once; who has not answered, and who is to be called, is found in the order in which they were told."""

        constraints = (
            models.UniqueConstraint(fields=("alert", "buyer_ref"), name="contact_alerted_once"),
            models.CheckConstraint(
                condition=Q(way__in=sorted(one.value for one in ToldBy)), name="contact_alerted_way"
            ),
            *state_constraints(ALERTED, "contact_alerted"),
        )
        indexes = (
            models.Index(fields=("buyer_ref", "id"), name="contact_alerted_buyer"),
            models.Index(
                fields=("alert", "told_at", "id"), condition=TO_REMIND, name="contact_alerted_remind"
            ),
            models.Index(
                fields=("alert", "told_at", "id"), condition=UNREACHED, name="contact_alerted_unreached"
            ),
            models.Index(fields=("alert", "id"), condition=TO_CLEAR, name="contact_alerted_clear"),
        )

    @property
    def way_text(self) -> Text:
        """Say by what the buyer was told."""
        return ToldBy(self.way).text

    @property
    def state_text(self) -> Text:
        """Say how it stands with this buyer."""
        return ALERTED.states[AlertedState(self.state)]


class AlertedGoods(models.Model):
    """Of which listing a buyer was told, and by which orders the buyer has its goods."""

    buyer = models.ForeignKey(AlertedBuyer, models.PROTECT, related_name="goods")
    listing_ref = models.CharField(max_length=64)
    orders = models.JSONField(default=list)
    told_at = models.DateTimeField()

    class Meta:
        """A buyer is told of a listing once."""

        constraints = (
            models.UniqueConstraint(fields=("buyer", "listing_ref"), name="contact_alertedgoods_once"),
        )

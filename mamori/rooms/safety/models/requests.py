"""The tables of requests: agencies that the house knows, what they ask, its lines, and the listings that these may mean."""

from __future__ import annotations

from django.db import models

from mamori.grammar.text import Text
from mamori.ground.declared.fields import StateField, state_constraints
from mamori.law.requests import RequestBasis
from mamori.rooms.safety.lifecycle import REQUEST, AuthorityState


class Agency(models.Model):
    """An office of an authority, as its own page says: `phone` is called back; nobody acts on it until a second person
    `confirmed_by` the agency's own `page`."""

    shown_at = ("/desk/agencies/",)

    name = models.CharField(max_length=200)
    office = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=32)
    mail = models.CharField(max_length=254, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    page = models.CharField(max_length=500)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    @property
    def is_known(self) -> bool:
        """Say whether the house may call it back: confirmed by a second person, and not ended."""
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def state_text(self) -> Text:
        """Say whether it is used, and whether another person confirmed it."""
        if self.ended_at is not None:
            return Text("もう使わない", "used no more")
        return Text("確かめた", "confirmed") if self.is_known else Text("まだ確かめていない", "not confirmed")


class AuthorityRequest(models.Model):
    """What an authority asks, on its `basis`; whoever writes it locks this row first.

    `said` is who asks, its paper, its words and contact, sealed with the house's key, `rows` its list in its own columns, too;
    by `mark` the same paper is known again.  `received_at` is when it arrived: deadlines run from that day; `own_day` is the
    agency's own.  `joined` is another request of the same matter.  `published_on` is when the agency published that it
    requested.  `looked_at` is when a lead looked again at what was done upon one that was forged.
    """

    shown_at = ("/desk/requests/",)

    basis = models.CharField(max_length=24)
    channel = models.CharField(max_length=16)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    joined = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    said = models.BinaryField(null=True)
    rows = models.BinaryField(null=True)
    mark = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    own_day = models.DateField(null=True)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    verified_by = models.CharField(max_length=80, blank=True, default="")
    verified_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)
    looked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(REQUEST)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; found by its paper and by its day."""

        constraints = (
            *state_constraints(REQUEST, "safety_request"),
            models.CheckConstraint(
                condition=models.Q(basis__in=sorted(one.value for one in RequestBasis)),
                name="safety_request_basis",
            ),
        )
        indexes = (
            models.Index(fields=("mark",), name="safety_request_mark"),
            models.Index(fields=("received_at", "id"), name="safety_request_received"),
        )

    @property
    def rests_on(self) -> RequestBasis:
        """Return on what it rests."""
        return RequestBasis(self.basis)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return REQUEST.states[AuthorityState(self.state)]


class RequestLine(models.Model):
    """A row of the list: `number` is its place in the sealed list of its request, `missing` why nothing was found ("" where
    something was), `more` how many more than the named candidates fit."""

    request = models.ForeignKey(AuthorityRequest, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    missing = models.CharField(max_length=16, blank=True, default="")
    more = models.PositiveIntegerField(default=0)

    class Meta:
        """A row stands once."""

        constraints = (models.UniqueConstraint(fields=("request", "number"), name="safety_line_once"),)


class RequestHit(models.Model):
    """A listing that a line may mean, and `why`: meant or not is for a person to say (`meant_at`, `not_meant_at`).

    `way` is how it was acted upon: within the request, or on our own decision, "" not yet; `outcome` is what came
    of it, `clause` what it rests on, `finding` the enforcement's matter.  `done_at` is when the marketplace confirmed that it is
    hidden or removed, `undone_at` when it was to be shown again, `undone_read_at` when staff took note of that.
    """

    request = models.ForeignKey(AuthorityRequest, models.PROTECT, related_name="hits")
    line = models.ForeignKey(RequestLine, models.PROTECT, related_name="hits")
    listing_ref = models.CharField(max_length=64)
    seller_ref = models.CharField(max_length=64)
    category = models.CharField(max_length=500, blank=True, default="")
    why = models.CharField(max_length=16)
    judged_by = models.CharField(max_length=80, blank=True, default="")
    meant_at = models.DateTimeField(null=True)
    not_meant_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=8, blank=True, default="")
    outcome = models.CharField(max_length=16, blank=True, default="")
    clause = models.CharField(max_length=64, blank=True, default="")
    finding = models.PositiveBigIntegerField(null=True)
    acted_by = models.CharField(max_length=80, blank=True, default="")
    acted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_read_at = models.DateTimeField(null=True)

    class Meta:
        """A listing stands once on a line; it is meant or not, and acted upon only where it is meant; found by its finding."""

        constraints = (
            models.UniqueConstraint(fields=("line", "listing_ref"), name="safety_hit_once"),
            models.CheckConstraint(
                condition=models.Q(meant_at__isnull=True) | models.Q(not_meant_at__isnull=True),
                name="safety_hit_judged_once",
            ),
        )
        indexes = (
            models.Index(fields=("listing_ref",), name="safety_hit_listing"),
            models.Index(
                fields=("finding",), condition=models.Q(finding__isnull=False), name="safety_hit_finding"
            ),
        )

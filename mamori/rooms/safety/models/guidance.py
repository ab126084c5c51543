"""The tables of safe use: what buyers are told at a moment, who was told, and what the operator and buyers chose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.grammar.text import Text
from mamori.ground.declared.fields import StateField, state_constraints
from mamori.law.guidance import GUIDANCE, GoodsKind, Guidance, GuidanceMoment
from mamori.rooms.safety.lifecycle import GUIDANCE_CHART, GuidanceState

MOMENTS = {one.value: one for one in GuidanceMoment}


class GuidanceRound(models.Model):
    """Buyers are told at a moment, each once for a kind: one for all deliveries, one for each season and each piece of news.

    `on` is the first day of a season's month, `kind` and `words` are of news.  It goes through the orders in `turn`s and has
    `reached` one of them; `looked_at` is when it last began.  Whoever writes it locks this row first.
    """

    shown_at = ("/desk/guidance/",)

    moment = models.CharField(max_length=8)
    on = models.DateField(null=True)
    kind = models.CharField(max_length=16, blank=True, default="")
    words = models.JSONField(default=dict)
    written_by = models.CharField(max_length=80)
    looked_at = models.DateTimeField()
    reached = models.JSONField(default=list)
    turn = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    state = StateField(GUIDANCE_CHART)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states and moments; deliveries have one, and each season."""

        constraints = (
            *state_constraints(GUIDANCE_CHART, "safety_guidance"),
            models.CheckConstraint(condition=Q(moment__in=sorted(MOMENTS)), name="safety_guidance_moment"),
            models.UniqueConstraint(
                fields=("moment",), condition=Q(moment="delivery"), name="safety_guidance_delivery"
            ),
            models.UniqueConstraint(
                fields=("moment", "on"), condition=Q(moment="season"), name="safety_guidance_season"
            ),
        )

    @property
    def kinds(self) -> frozenset[GoodsKind]:
        """Return of which kinds buyers are told."""
        if self.kind:
            return frozenset({GoodsKind(self.kind)})
        return frozenset(
            one for one, told in GUIDANCE.items() if self.on is None or self.on.month in told.months
        )

    @property
    def moment_text(self) -> Text:
        """Say when buyers are told; of a season in which month."""
        said = MOMENTS[self.moment].text
        month = f"{self.on:%Y-%m}" if self.on else ""
        return Text(f"{said.ja}（{month}）", f"{said.en} ({month})") if month else said

    @property
    def kinds_text(self) -> Text:
        """Say of which kinds."""
        if len(self.kinds) == len(GUIDANCE):
            return Text("すべての種類", "all kinds")
        return Text.listed(one.text for one in GoodsKind if one in self.kinds)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return GUIDANCE_CHART.states[GuidanceState(self.state)]


class GuidanceTold(models.Model):
    """A buyer was told how to use goods of a kind, which `order_ref` brought, once in a round.

    The row is written in the transaction in which its notice is handed over.
    """

    round = models.ForeignKey(GuidanceRound, models.PROTECT, related_name="told")
    kind = models.CharField(max_length=16)
    buyer_ref = models.CharField(max_length=64)
    order_ref = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        """A buyer is told once; a buyer's own are found, and those of a time."""

        constraints = (
            models.UniqueConstraint(fields=("round", "buyer_ref", "kind"), name="safety_guidance_told_once"),
        )
        indexes = (
            models.Index(fields=("buyer_ref", "id"), name="safety_guidance_buyers"),
            models.Index(fields=("told_at",), name="safety_guidance_told_at"),
        )

    @property
    def guidance(self) -> Guidance:
        """Return what is told."""
        return GUIDANCE[GoodsKind(self.kind)]

    @property
    def is_off(self) -> bool:
        """Say whether this buyer has turned its kind off."""
        return GuidanceDeclined.objects.filter(buyer_ref=self.buyer_ref, kind=self.kind).exists()


class GuidanceCategory(models.Model):
    """To which kind a category of listings belongs, "" to none, as the operator says."""

    category = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=16, blank=True, default="")


class GuidanceOff(models.Model):
    """A kind of which nobody is told at a moment, as a lead says."""

    kind = models.CharField(max_length=16)
    moment = models.CharField(max_length=8)

    class Meta:
        """It is off once."""

        constraints = (models.UniqueConstraint(fields=("kind", "moment"), name="safety_guidance_off_once"),)


class GuidanceDeclined(models.Model):
    """A kind that is no matter of safety, and of which a buyer wants to hear no more."""

    buyer_ref = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        """It is turned off once."""

        constraints = (
            models.UniqueConstraint(fields=("buyer_ref", "kind"), name="safety_guidance_declined_once"),
        )

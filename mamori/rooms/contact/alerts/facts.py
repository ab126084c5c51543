"""What others may ask of an alert: how it stands, and how many were told, opened it, stopped using it, and are left to call."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Count, Q

from mamori.grammar.text import Text
from mamori.rooms.contact.alerts.lifecycle import LIVE, AlertState, ToldBy
from mamori.rooms.contact.lifecycle import RemedyState, TroubleState
from mamori.rooms.contact.models import Alert, AlertedBuyer
from mamori.rooms.contact.models.alerts import UNREACHED


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFact:
    """An alert: about which matter of the room above, of which listings, and how it stands."""

    number: int
    about: str
    goods: Text
    listings: tuple[str, ...]
    state: AlertState
    opened_at: datetime
    closed_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Say whether buyers are still being told, or looked for."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """How many buyers: told, by what; who of them opened it and said what; `to_call` = neither letter nor mail is left to try.

    `returning` reported a trouble about the order since, `made_good` are those of them who got their money or another remedy.
    Who was erased since counts as told.
    """

    told: int
    mail: int
    letter: int
    market: int
    nobody: int
    opened: int
    stopped: int
    returning: int
    made_good: int
    gone: int
    hurt: int
    unanswered: int
    to_call: int


_REFUNDED = Q(trouble__state=TroubleState.MADE_GOOD) | Q(trouble__remedy__state=RemedyState.DONE)
_COUNTED: dict[str, Q] = {
    "told": Q(),
    **{way.value: Q(way=way) for way in ToldBy},
    "opened": Q(opened_at__isnull=False),
    "stopped": Q(stopped_at__isnull=False),
    "returning": Q(trouble__isnull=False),
    "made_good": _REFUNDED,
    "gone": Q(gone_at__isnull=False),
    "hurt": Q(hurt_at__isnull=False),
    "unanswered": Q(state="waiting"),
    "to_call": UNREACHED,
}
assert {one.name for one in fields(Funnel)} == set(_COUNTED)


def funnel(alert: int) -> Funnel:
    """Count whom an alert told and what became of it, in one look."""
    counts = {name: Count("pk", filter=rule, distinct=True) for name, rule in _COUNTED.items()}
    return Funnel(**AlertedBuyer.objects.filter(alert=alert).aggregate(**counts))


def alert(number: int) -> AlertFact | None:
    """Return an alert, or None."""
    return _fact(Alert.objects.filter(pk=number).first())


def alert_about(about: str) -> AlertFact | None:
    """Return the alert about a matter of the room above ("safety.accident:3"), or None."""
    return _fact(Alert.objects.filter(about=about).first())


def _fact(row: Alert | None) -> AlertFact | None:
    if row is None:
        return None
    return AlertFact(
        number=row.pk,
        about=row.about,
        goods=row.goods,
        listings=tuple(row.listings.order_by("listing_ref").values_list("listing_ref", flat=True)),
        state=AlertState(row.state),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )

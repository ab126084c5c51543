"""The policy that is in force until the operator publishes its own.  It is never changed once released: houses stand on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mamori.rooms.enforcement.rules.table import FIELDS, Bands, Edges, Field, Row, Table

SINCE = date(2026, 11, 26)
"""The day on which it was declared."""
NUMBER = 0

ANY: Bands = ()
CURED, OPEN = ("cured",), ("open",)
MINOR, SERIOUS, GRAVE = ("minor",), ("serious",), ("grave",)
LESS = ("minor", "serious")
SELDOM, OFTEN = ("none", "few"), ("several", "many")
SAFE, DANGER = ("none", "money"), ("danger",)

CONDUCT = ("unanswered", "unreachable", "agreement-broken")
GOODS = ("unlawful-goods", "dangerous-goods", "counterfeit")
LURES = ("off-platform", "false-identity")

type _Line = tuple[Bands, Bands, Bands, Bands, Bands, str, int, int]
"""Breach, cure, severity, history, harm; measure, days, points."""

_LINES: tuple[_Line, ...] = (
    (CONDUCT, CURED, MINOR, ANY, ANY, "notice", 0, 2),
    (CONDUCT, CURED, SERIOUS, SELDOM, ANY, "notice", 0, 7),
    (CONDUCT, CURED, SERIOUS, OFTEN, ANY, "new-listings-stopped", 7, 7),
    (CONDUCT, CURED, GRAVE, SELDOM, ANY, "new-listings-stopped", 7, 20),
    (CONDUCT, CURED, GRAVE, OFTEN, ANY, "suspended", 7, 20),
    (CONDUCT, OPEN, MINOR, ("none",), ANY, "notice", 0, 5),
    (CONDUCT, OPEN, MINOR, ("few",), ANY, "correction", 14, 5),
    (CONDUCT, OPEN, MINOR, OFTEN, ANY, "new-listings-stopped", 14, 5),
    (CONDUCT, OPEN, SERIOUS, ("none",), ANY, "correction", 14, 15),
    (CONDUCT, OPEN, SERIOUS, ("few",), ANY, "new-listings-stopped", 14, 15),
    (CONDUCT, OPEN, SERIOUS, OFTEN, ANY, "suspended", 14, 15),
    (CONDUCT, OPEN, GRAVE, SELDOM, ANY, "new-listings-stopped", 30, 40),
    (CONDUCT, OPEN, GRAVE, ("several",), ANY, "suspended", 30, 40),
    (CONDUCT, OPEN, GRAVE, ("many",), ANY, "closed", 0, 40),
    (("recovery-refused",), CURED, ANY, ANY, ANY, "notice", 0, 2),
    (("recovery-refused",), OPEN, MINOR, ANY, ANY, "correction", 14, 5),
    (("recovery-refused",), OPEN, SERIOUS, ANY, ANY, "new-listings-stopped", 14, 15),
    (("recovery-refused",), OPEN, GRAVE, ANY, ANY, "new-listings-stopped", 30, 40),
    (("display",), CURED, LESS, ANY, ANY, "notice", 0, 2),
    (("display",), CURED, GRAVE, ANY, ANY, "notice", 0, 10),
    (("display",), OPEN, MINOR, SELDOM, SAFE, "correction", 14, 5),
    (("display",), OPEN, MINOR, OFTEN, SAFE, "listing-hidden", 14, 5),
    (("display",), OPEN, SERIOUS, SELDOM, SAFE, "listing-hidden", 14, 15),
    (("display",), OPEN, SERIOUS, OFTEN, SAFE, "new-listings-stopped", 14, 15),
    (("display",), OPEN, LESS, SELDOM, DANGER, "listing-removed", 0, 15),
    (("display",), OPEN, LESS, OFTEN, DANGER, "suspended", 14, 15),
    (("display",), OPEN, GRAVE, SELDOM, SAFE, "listing-removed", 0, 40),
    (("display",), OPEN, GRAVE, SELDOM, DANGER, "suspended", 30, 40),
    (("display",), OPEN, GRAVE, OFTEN, SAFE, "suspended", 30, 40),
    (("display",), OPEN, GRAVE, OFTEN, DANGER, "suspended", 60, 40),
    (GOODS, CURED, MINOR, ANY, ANY, "notice", 0, 2),
    (GOODS, CURED, SERIOUS, ANY, ANY, "notice", 0, 7),
    (GOODS, CURED, GRAVE, SELDOM, ANY, "notice", 0, 20),
    (GOODS, CURED, GRAVE, OFTEN, ANY, "suspended", 14, 20),
    (GOODS, OPEN, MINOR, SELDOM, SAFE, "listing-hidden", 14, 5),
    (GOODS, OPEN, MINOR, OFTEN, SAFE, "listing-removed", 0, 5),
    (GOODS, OPEN, MINOR, ANY, DANGER, "listing-removed", 0, 15),
    (GOODS, OPEN, SERIOUS, SELDOM, ANY, "listing-removed", 0, 15),
    (GOODS, OPEN, SERIOUS, OFTEN, SAFE, "category-closed", 30, 15),
    (GOODS, OPEN, SERIOUS, OFTEN, DANGER, "suspended", 30, 15),
    (GOODS, OPEN, GRAVE, SELDOM, SAFE, "suspended", 14, 40),
    (GOODS, OPEN, GRAVE, SELDOM, DANGER, "suspended", 30, 40),
    (GOODS, OPEN, GRAVE, ("several",), ANY, "suspended", 60, 40),
    (GOODS, OPEN, GRAVE, ("many",), ANY, "closed", 0, 40),
    (("fake-review",), CURED, LESS, ANY, ANY, "notice", 0, 2),
    (("fake-review",), CURED, GRAVE, ANY, ANY, "notice", 0, 20),
    (("fake-review",), OPEN, MINOR, SELDOM, ANY, "review-removed", 0, 5),
    (("fake-review",), OPEN, MINOR, OFTEN, ANY, "new-listings-stopped", 14, 5),
    (("fake-review",), OPEN, SERIOUS, SELDOM, ANY, "review-removed", 0, 15),
    (("fake-review",), OPEN, SERIOUS, OFTEN, ANY, "new-listings-stopped", 30, 15),
    (("fake-review",), OPEN, GRAVE, SELDOM, ANY, "new-listings-stopped", 30, 40),
    (("fake-review",), OPEN, GRAVE, OFTEN, ANY, "suspended", 30, 40),
    (LURES, CURED, LESS, ANY, ANY, "notice", 0, 5),
    (LURES, CURED, GRAVE, ANY, ANY, "new-listings-stopped", 7, 20),
    (LURES, OPEN, MINOR, SELDOM, ANY, "correction", 14, 5),
    (LURES, OPEN, MINOR, OFTEN, ANY, "new-listings-stopped", 14, 5),
    (LURES, OPEN, SERIOUS, SELDOM, ANY, "new-listings-stopped", 14, 15),
    (LURES, OPEN, SERIOUS, OFTEN, ANY, "suspended", 30, 15),
    (LURES, OPEN, GRAVE, SELDOM, ANY, "suspended", 30, 40),
    (LURES, OPEN, GRAVE, OFTEN, ANY, "closed", 0, 40),
    (("fraud",), CURED, LESS, ANY, ANY, "notice", 0, 7),
    (("fraud",), CURED, GRAVE, ANY, ANY, "suspended", 14, 20),
    (("fraud",), OPEN, MINOR, ANY, ANY, "payout-held", 14, 15),
    (("fraud",), OPEN, SERIOUS, SELDOM, ANY, "payout-held", 30, 20),
    (("fraud",), OPEN, SERIOUS, OFTEN, ANY, "suspended", 60, 20),
    (("fraud",), OPEN, GRAVE, SELDOM, ANY, "suspended", 60, 40),
    (("fraud",), OPEN, GRAVE, OFTEN, ANY, "closed", 0, 40),
)


def _rows() -> Iterator[Row]:
    for at, (breach, cure, severity, history, harm, measure, days, points) in enumerate(_LINES, start=1):
        by = {
            Field.BREACH: breach,
            Field.SEVERITY: severity,
            Field.HISTORY: history,
            Field.CURE: cure,
            Field.HARM: harm,
        }
        yield Row(
            name=str(at),
            when=tuple(by[field] for field in FIELDS),
            measure=measure,
            days=days,
            points=points,
        )


DECLARED = Table(rows=tuple(_rows()), edges=Edges(few=1, several=20, many=50), expires_days=365)

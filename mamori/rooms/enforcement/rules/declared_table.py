"""The policy that is in force until the operator publishes its own.  It is never changed once released: houses stand on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mamori.law.breaches import BREACHES, DISPLAYS
from mamori.rooms.enforcement.rules.table import BAND_TEXTS, FIELDS, Bands, Edges, Field, Row, Table

SINCE = date(2026, 11, 26)
"""The day on which it was declared."""
NUMBER = 0

ANY: Bands = ()
CURED, OPEN = ("cured",), ("open",)
MINOR, SERIOUS, GRAVE = ("minor",), ("serious",), ("grave",)
LESS, MORE = ("minor", "serious"), ("serious", "grave")
SELDOM, OFTEN = ("none", "few"), ("several", "many")
SAFE, DANGER = ("none", "money"), ("danger",)

CONDUCT = ("unanswered", "unreachable", "agreement-broken", "off-platform", "false-identity")
GOODS = tuple(one.code for one in BREACHES if one.of_goods)

type _Line = tuple[Bands, Bands, Bands, Bands, Bands, str, int, int, str, int]
"""Breach, cure, severity, history, harm; measure, days, points; the measure beside it and its days."""

_LINES: tuple[_Line, ...] = (
    (ANY, CURED, LESS, ANY, ANY, "notice", 0, 3, "", 0),
    (ANY, CURED, GRAVE, ANY, ANY, "notice", 0, 20, "", 0),
    ((*CONDUCT, "recovery-refused", "fake-review"), OPEN, MINOR, ANY, ANY, "correction", 14, 5, "", 0),
    (CONDUCT, OPEN, MORE, SELDOM, ANY, "new-listings-stopped", 14, 20, "", 0),
    (CONDUCT, OPEN, MORE, OFTEN, ANY, "suspended", 30, 40, "", 0),
    (("recovery-refused",), OPEN, MORE, ANY, ANY, "new-listings-stopped", 14, 20, "", 0),
    (("fake-review",), OPEN, MORE, ANY, ANY, "review-removed", 0, 20, "new-listings-stopped", 14),
    (DISPLAYS, OPEN, MINOR, ANY, SAFE, "correction", 14, 5, "", 0),
    (DISPLAYS, OPEN, SERIOUS, ANY, SAFE, "listing-hidden", 14, 15, "", 0),
    (DISPLAYS, OPEN, LESS, ANY, DANGER, "listing-removed", 0, 15, "", 0),
    (GOODS, OPEN, LESS, SELDOM, ANY, "listing-removed", 0, 15, "", 0),
    (GOODS, OPEN, LESS, OFTEN, ANY, "listing-removed", 0, 15, "new-listings-stopped", 30),
    ((*DISPLAYS, *GOODS), OPEN, GRAVE, ANY, ANY, "listing-removed", 0, 40, "suspended", 30),
    (("fraud",), OPEN, MINOR, ANY, ANY, "payout-held", 14, 15, "", 0),
    (("fraud",), OPEN, MORE, ANY, ANY, "payout-held", 30, 40, "suspended", 30),
)


def _rows() -> Iterator[Row]:
    for at, line in enumerate(_LINES, start=1):
        breach, cure, severity, history, harm, measure, days, points, beside, beside_days = line
        by = {
            Field.BREACH: tuple(code for code in BAND_TEXTS[Field.BREACH] if code in breach),
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
            beside=beside,
            beside_days=beside_days,
        )


DECLARED = Table(rows=tuple(_rows()), edges=Edges(few=1, several=20, many=50), expires_days=365)

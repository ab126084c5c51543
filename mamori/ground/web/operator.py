"""Who runs the marketplace, as every page shows it: name and telephone, read at most every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.ground.terms import facts as terms
from mamori.law.settings import OPERATOR_NAME, OPERATOR_PHONE

HOLDS = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator's name and the customer centre's telephone; empty where nothing is set."""

    name: str = ""
    phone: str = ""


_KNOWN: list[tuple[datetime, Operator]] = []


def operator(at: datetime) -> Operator:
    """Return the operator as set at `at`, or some seconds before."""
    if _KNOWN and timedelta() <= at - _KNOWN[0][0] < HOLDS:
        return _KNOWN[0][1]
    found = Operator(terms.setting(OPERATOR_NAME, at=at), terms.setting(OPERATOR_PHONE, at=at))
    _KNOWN[:] = [(at, found)]
    return found


def forget() -> None:
    """Read the operator anew at the next page: for tests, and after a change."""
    _KNOWN.clear()

"""Why a change of policy may bind without waiting its notice out: the listed exceptions."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.grounds import FRAUD_OR_SECURITY, REQUIRED_BY_LAW


class Haste(StrEnum):
    """A listed exception: the grounds of a short notice, and a change that harms no seller."""

    MILDER = "milder"
    LAW = "required-by-law"
    DANGER = "fraud-or-security"


HASTE_TEXTS = {
    Haste.MILDER: Text("どの場合にも出品者に不利にならない変更", "in no case to a seller's disadvantage"),
    Haste(REQUIRED_BY_LAW.code): REQUIRED_BY_LAW.title,
    Haste(FRAUD_OR_SECURITY.code): FRAUD_OR_SECURITY.title,
}

"""A decision in the fields of the EU's statement of reasons (Regulation 2022/2065, art. 17 and 24(5)), by their names there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.measure import Breach, Concerns, Measure
from mamori.japan.calendar import JAPAN
from mamori.rooms.enforcement.rules.reasons import Source

END_DATES = {
    "decision_visibility": "end_date_visibility_restriction",
    "decision_monetary": "end_date_monetary_restriction",
    "decision_provision": "end_date_service_restriction",
    "decision_account": "end_date_account_restriction",
}
"""Which field holds the end of a restriction; it is left out where none is set."""
PRODUCT, TEXT, OTHER = "CONTENT_TYPE_PRODUCT", "CONTENT_TYPE_TEXT", "CONTENT_TYPE_OTHER"
CONTENTS: dict[Concerns, tuple[str, str]] = {
    Concerns.LISTING: (PRODUCT, ""),
    Concerns.CATEGORY: (PRODUCT, ""),
    Concerns.REVIEW: (TEXT, ""),
    Concerns.SELLER: (OTHER, "the seller's account"),
    Concerns.MONEY: (OTHER, "the payout of the seller's proceeds"),
}
"""What kind of content a measure touches, in the EU's words; where these know none, in our own."""
OWN, NOTICE, ANOTHER = "SOURCE_VOLUNTARY", "SOURCE_ARTICLE_16", "SOURCE_TYPE_OTHER_NOTIFICATION"
SOURCES: dict[Source, tuple[str, str]] = {
    Source.CONTACT: (OWN, ""),
    Source.DISPLAY: (OWN, ""),
    Source.STAFF: (OWN, ""),
    Source.REPORT: (NOTICE, ""),
    Source.AUTHORITY: (ANOTHER, "a request of a public authority"),
    Source.MARKET: (OWN, ""),
    Source.REPEAT: (OWN, ""),
}
"""Whether the operator found it of its own accord or was told, and then by whom; a person who reported is never named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EuDecision:
    """What the fields are made of; `since` is when what the measure touches is known to have been there."""

    number: int
    measure: Measure
    breach: Breach
    by_law: bool
    basis: str
    facts: str
    source: Source
    automated: bool
    since: datetime
    starts_at: datetime
    ends_at: datetime | None


def fields(one: EuDecision) -> dict[str, Any]:
    """Return the fields; a notice or a request to correct restricts nothing and has none that names a restriction."""
    content, other = CONTENTS[one.measure.concerns]
    source, whose = SOURCES[one.source]
    return {
        "puid": f"enforcement-measure-{one.number}",
        **_restriction(one),
        **_ground(one),
        "decision_facts": one.facts,
        "content_type": [content],
        **({"content_type_other": other} if other else {}),
        "content_date": _day(one.since),
        "category": one.breach.dsa,
        "territorial_scope": [],
        "application_date": _day(one.starts_at),
        "source_type": source,
        **({"source_identity": whose} if whose else {}),
        "automated_detection": "Yes" if one.automated else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    }


def _restriction(one: EuDecision) -> dict[str, Any]:
    field, _, value = one.measure.dsa.partition(":")
    if not field:
        return {}
    end = {END_DATES[field]: _day(one.ends_at)} if one.ends_at else {}
    return {field: [value] if field == "decision_visibility" else value} | end


def _ground(one: EuDecision) -> dict[str, str]:
    if one.by_law:
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": one.basis,
            "illegal_content_explanation": one.breach.text.en,
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": one.basis,
        "incompatible_content_explanation": one.breach.text.en,
    }


def _day(at: datetime) -> str:
    return at.astimezone(JAPAN).date().isoformat()

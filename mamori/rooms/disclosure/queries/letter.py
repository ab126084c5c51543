"""The decision in words: why, element by element, as it goes out and is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.law.article5 import Element
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries.access import about
from mamori.rooms.disclosure.queries.known import found_now
from mamori.rooms.disclosure.rules.elements import EvidenceKind
from mamori.rooms.disclosure.rules.letter import reasons
from mamori.rooms.disclosure.rules.weighing import Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingShown:
    """What somebody once decided of an element, or that it was marked doubtful (no verdict), and why."""

    at: datetime
    element: Element
    verdict: Weighed | None
    evidence: EvidenceKind | None
    words: str = field(repr=False)


def reasons_of(row: SellerRequest) -> list[tuple[str, str, str]]:
    """Return of each element that is not met its code and why in both languages, as it is kept."""
    found = reasons(found_now(row), weighed_words(row))
    return [(element.value, why.ja, why.en) for element, why in found]


def weighed_words(row: SellerRequest) -> dict[Element, str]:
    """Return why a person decided on an element as it did, its newest word."""
    acts = _acts(row.pk, "weigh")
    return {Element(act.content["payload"]["element"]): act.content["reason"] for act in acts if act.content}


def weighings(row: SellerRequest) -> tuple[WeighingShown, ...]:
    """Return every mark of doubt and every decision on an element, the oldest first; one that was replaced stays."""
    acts = sorted(_acts(row.pk, "weigh", "doubt"), key=lambda act: act.number)
    return tuple(
        WeighingShown(
            at=act.at,
            element=Element(told["element"]),
            verdict=Weighed(told["verdict"]) if "verdict" in told else None,
            evidence=EvidenceKind(told["evidence"]) if "evidence" in told else None,
            words=act.content["reason"],
        )
        for act in acts
        if act.content
        for told in (act.content["payload"],)
    )


def asked_more(row: SellerRequest) -> str:
    """Return what staff asked for last, "" where nothing."""
    return _newest_reason(row.pk, "ask_more")


def proposed_why(row: SellerRequest) -> str:
    """Return why what is proposed was proposed, "" where nothing is."""
    return _newest_reason(row.pk, "propose", "propose_refusal") if row.outcome else ""


def receipt_of(number: int) -> str:
    """Return the address of the receipt of the decision, "" while there is none."""
    return next((act.address for act in _acts(number, "disclose", "disclose_partly", "refuse")), "")


def _newest_reason(number: int, *verbs: str) -> str:
    newest = max(_acts(number, *verbs), key=lambda act: act.number, default=None)
    return newest.content["reason"] if newest and newest.content else ""


def _acts(number: int, *verbs: str) -> list[ActFact]:
    """Return the acts of these verbs about a request, each verb's oldest first."""
    name = about(number)
    return [act for verb in verbs for act in ledger.acts_about(name, kind=f"disclosure.{verb}")]

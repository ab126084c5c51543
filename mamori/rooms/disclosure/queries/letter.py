"""The decision in words: why, element by element, as it goes out and is kept."""

from __future__ import annotations

from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.law.article5 import Element
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries.access import about
from mamori.rooms.disclosure.queries.known import found_now
from mamori.rooms.disclosure.rules.letter import reasons


def reasons_of(row: SellerRequest) -> list[tuple[str, str, str]]:
    """Return of each element that is not met its code and why in both languages, as it is kept."""
    found = reasons(found_now(row), weighed_words(row))
    return [(element.value, why.ja, why.en) for element, why in found]


def weighed_words(row: SellerRequest) -> dict[Element, str]:
    """Return why a person decided on an element as it did, its newest word."""
    acts = _acts(row.pk, "weigh")
    return {Element(act.content["payload"]["element"]): act.content["reason"] for act in acts if act.content}


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

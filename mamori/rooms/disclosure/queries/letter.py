"""The decision in words: why, element by element, as it goes out and is kept."""

from __future__ import annotations

from mamori.ground.ledger import facts as ledger
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
    name = about(row.pk)
    acts = ledger.acts_of([name], kind="disclosure.weigh").get(name, [])
    contents = [act.content for act in acts if act.content]
    return {Element(one["payload"]["element"]): one["reason"] for one in contents}


def asked_more(row: SellerRequest) -> str:
    """Return what staff asked for last, "" where nothing."""
    name = about(row.pk)
    acts = ledger.acts_of([name], kind="disclosure.ask_more").get(name, [])
    return next((act.content["reason"] for act in reversed(acts) if act.content), "")


def proposed_why(row: SellerRequest) -> str:
    """Return why what is proposed was proposed, "" where nothing is."""
    if not row.outcome:
        return ""
    name, kinds = about(row.pk), ("disclosure.propose", "disclosure.propose_refusal")
    acts = [act for kind in kinds for act in ledger.acts_of([name], kind=kind).get(name, [])]
    newest = max(acts, key=lambda act: act.number, default=None)
    return newest.content["reason"] if newest and newest.content else ""


def receipt_of(number: int) -> str:
    """Return the address of the receipt of the decision, "" while there is none."""
    name = about(number)
    for kind in ("disclose", "disclose_partly", "refuse"):
        for act in ledger.acts_of([name], kind=f"disclosure.{kind}").get(name, []):
            return act.address
    return ""

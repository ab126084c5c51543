"""Sellers and buyers as they are told: each part sealed with the rest of its person, and who refuses what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.refs import leads_elsewhere
from mamori.ground.market import persons
from mamori.ground.market.events import SellerChanged, SellerRegistered
from mamori.ground.market.line import Line
from mamori.ground.market.lines import BuyerLine
from mamori.ground.market.models import Buyer, Seller
from mamori.ground.market.outcomes import (
    ENDED_BEFORE,
    HALF,
    NAMELESS,
    UNFIT_METHOD,
    Change,
    DateAhead,
    Outcome,
    PersonErased,
    PrivateUnclear,
    ReferenceUnknown,
    RefLeadsElsewhere,
    VerificationUnclear,
)
from mamori.ground.market.rows import upsert
from mamori.ground.market.sellerlines import ContactsLine, SellerLine, SellerState, VerificationLine
from mamori.ground.market.verification import method_over
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import facts as seals
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.japan.identifiers.corporate import NoInvoiceNumber, invoice_number
from mamori.law.identification import METHODS, Registrant


def write_sellers(hand: Hand, lines: Sequence[SellerLine]) -> list[Outcome]:
    """Write sellers and the clauses they accepted."""
    refused = {line.ref: fault for line in lines if (fault := _fault_of(line, hand.at)) is not None}
    told = _write_persons(Seller, [line for line in lines if line.ref not in refused], hand)
    _tell_changed(told, hand)
    outcomes = told.outcomes | refused
    for line in lines:
        if not isinstance(outcomes[line.ref], Change):
            continue
        news = [
            terms.accept(
                seller_ref=line.ref,
                clause=accepted.clause,
                version=accepted.version,
                at=accepted.at,
                source="market",
                hand=hand,
            )
            for accepted in line.accepted
        ]
        if any(news):
            terms.catch_up(seller_ref=line.ref, at=hand.at)
        if any(news) and outcomes[line.ref] is Change.UNCHANGED:
            outcomes[line.ref] = Change.CHANGED
    return [outcomes[line.ref] for line in lines]


def write_verifications(hand: Hand, lines: Sequence[VerificationLine]) -> list[Outcome]:
    """Write who known sellers are in the registers; whose check of a registered name is news, is told upward.

    A name that nobody says to have checked is nobody's news, nor what it is changed to.
    """
    refused = {line.ref: fault for line in lines if (fault := _fault_of_check(line, hand.at)) is not None}
    told = _write_persons(Seller, [line for line in lines if line.ref not in refused], hand)
    for ref, after in told.afters.items():
        before = told.befores[ref]
        is_checked = before.verified_by is not None or after.verified_by is not None
        if is_checked and before.registered != after.registered:
            outbox.publish(SellerRegistered(subject=f"market.seller:{ref}", seller_ref=ref), at=hand.at)
    _tell_changed(told, hand)
    outcomes = told.outcomes | refused
    return [outcomes[line.ref] for line in lines]


def write_contacts(hand: Hand, lines: Sequence[ContactsLine]) -> list[Outcome]:
    """Write how known sellers are reached."""
    told = _write_persons(Seller, lines, hand)
    _tell_changed(told, hand)
    return [told.outcomes[line.ref] for line in lines]


def _tell_changed(told: _Persons, hand: Hand) -> None:
    """Tell upward of whom something else is registered now; where nothing was, nothing changed."""
    for ref, after in told.afters.items():
        before = told.befores[ref]
        if ref in told.turned or (any(before.compared) and before.compared != after.compared):
            outbox.publish(SellerChanged(subject=f"market.seller:{ref}", seller_ref=ref), at=hand.at)


def _fault_of(line: SellerLine, at: datetime) -> Refusal | None:
    """Return what is wrong with what a seller accepted, or with what is said of its being private."""
    if any(accepted.at > at for accepted in line.accepted):
        return DateAhead(field="accepted.at")
    if line.private_since is not None and line.private_since > at:
        return DateAhead(field="private_since")
    is_half = line.private is None and (line.private_since is not None or line.private_by is not None)
    return PrivateUnclear() if is_half else None


def _fault_of_check(line: VerificationLine, at: datetime) -> Refusal | None:
    """Return what is wrong with how a seller was verified, or with its numbers."""
    if line.verified_at is not None and line.verified_at > at:
        return DateAhead(field="verified_at")
    if (why := _unclear(line)) is not None:
        return VerificationUnclear(why=why)
    if (over := method_over(line)) is not None:
        return over
    if line.invoice_number and line.registered_as is Registrant.COMPANY:
        try:
            invoice_number(line.invoice_number, is_sole_trader=False)
        except NoInvoiceNumber as refusal:
            return refusal
    return None


def _unclear(line: VerificationLine) -> Text | None:
    """Return what is not whole in what is told of a verification, or why its method does not serve for whom is registered."""
    if line.verified_by is None or line.verified_at is None:
        is_empty = line.verified_by is None and line.verified_at is None and line.verified_until is None
        return None if is_empty else HALF
    if line.verified_until is not None and line.verified_until < line.verified_at.astimezone(JAPAN).date():
        return ENDED_BEFORE
    if not line.legal_name.strip():
        return NAMELESS
    return None if line.registered_as in METHODS[line.verified_by].serves else UNFIT_METHOD


def write_buyers(hand: Hand, lines: Sequence[BuyerLine]) -> list[Outcome]:
    """Write buyers."""
    told = _write_persons(Buyer, lines, hand)
    return [told.outcomes[line.ref] for line in lines]


@dataclass(frozen=True, slots=True)
class _Persons:
    """What became of lines about persons: the outcome of each, and what was known of those taken in, before and after.

    `turned` are those whose account was closed, or is open again.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    befores: dict[str, persons.Contact] = field(default_factory=dict)
    afters: dict[str, persons.Contact] = field(default_factory=dict)
    turned: set[str] = field(default_factory=set)


def _write_persons(
    model: type[Seller] | type[Buyer], lines: Sequence[persons.PersonLine], hand: Hand
) -> _Persons:
    """Write them; of a part of a seller the seller itself must be known."""
    found: Any = (
        model._default_manager.select_for_update()
        .order_by("ref")
        .filter(ref__in=[line.ref for line in lines])
    )
    known: dict[str, Any] = {row.ref: row for row in found}
    opener = seals.Opener().fetch(bytes(row.sealed) for row in known.values())
    told = _Persons()
    news: dict[str, Any] = {}
    for line in lines:
        row = known.get(line.ref)
        before = persons.opened(row, opener) if row is not None else None
        if fault := _refused(line, row, before):
            told.outcomes[line.ref] = fault
            continue
        contact = told.afters[line.ref] = persons.contact_of(line, before, hand)
        told.befores[line.ref] = before or persons.Contact()
        plain = {name: getattr(line, name) for name in _PLAIN.get(type(line), ())}
        if before == contact and all(getattr(row, name) == value for name, value in plain.items()):
            told.outcomes[line.ref] = Change.UNCHANGED
            continue
        told.outcomes[line.ref] = Change.CHANGED if row else Change.ADDED
        if row is not None and _turns(row, plain):
            told.turned.add(line.ref)
        news[line.ref] = row = row or model(ref=line.ref)
        row.has_contact = contact.is_reachable
        for name, value in plain.items():
            setattr(row, name, value)
    owner: persons.Owner = "seller" if model is Seller else "buyer"
    sealed = persons.seal_all(owner, {ref: told.afters[ref] for ref in news})
    for ref, row in news.items():
        row.sealed = sealed[ref]
    upsert(model, list(news.values()))
    return told


def _turns(row: Any, plain: Mapping[str, Any]) -> bool:
    """Say whether an account is closed by what is told, or open again."""
    is_told = "state" in plain and row.state != plain["state"]
    return is_told and SellerState.CLOSED in {row.state, plain["state"]}


def _refused(line: persons.PersonLine, row: Any, before: persons.Contact | None) -> Refusal | None:
    """Return why a line about a person is not taken in, if so."""
    if row is not None:
        return PersonErased(ref=line.ref) if before is None else None
    if isinstance(line, VerificationLine | ContactsLine):
        return ReferenceUnknown(what=SellerLine.title, ref=line.ref)
    return RefLeadsElsewhere(ref=line.ref) if leads_elsewhere(line.ref) else None


_PLAIN: dict[type[Line], tuple[str, ...]] = {SellerLine: ("state", "unpaid", "country")}
"""What is kept unsealed, as it says nothing of a person."""

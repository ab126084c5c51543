"""Sellers and buyers: who they are and how they are reached, sealed with their own key; what is said of them, as it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import msgspec

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import CLOCKS_DIFFER, leads_elsewhere
from mamori.ground.market.events import SellerChanged, SellerRegistered
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
    upsert,
)
from mamori.ground.market.sellerlines import (
    ContactsLine,
    Line,
    SellerLine,
    SellerState,
    VerificationLine,
    WhoSaid,
)
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.japan.identifiers.numbers import NoInvoiceNumber, invoice_number
from mamori.law.identification import METHODS, Method, Registrant


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One word: that the seller is no business, that it is one, or (None) that it is not told any longer.

    `by` is whose word it is, `told_by` who told us of it; both are empty of what was told before words were dated.
    """

    private: bool | None
    since: datetime
    said_at: datetime
    by: WhoSaid | None = None
    told_by: str = ""


def statuses_of(line: SellerLine, before: tuple[Status, ...], actor: Actor) -> tuple[Status, ...]:
    """Return the words with what a line adds; what it leaves out takes the last word back, from now on."""
    last = before[-1] if before else None
    is_other = line.private is not (last.private if last else None)
    tells_more = last is not None and (
        not (line.private_since is None or _is_same(line.private_since, last))
        or line.private_by not in (None, last.by)
    )
    if not is_other and not tells_more:
        return before
    since = line.private_since or (actor.at if is_other or last is None else last.since)
    by = line.private_by or (None if is_other or last is None else last.by)
    word = Status(private=line.private, since=since, said_at=actor.at, by=by, told_by=actor.by)
    return (*before, word)


def _is_same(since: datetime, last: Status) -> bool:
    """Say whether a word is said to hold since when the last one does, or since what was then ahead of our clock."""
    grace = CLOCKS_DIFFER if last.since == last.said_at else timedelta(0)
    return last.since <= since <= last.since + grace


def dated(undated_at: datetime | None) -> tuple[Status, ...]:
    """Return the one word of before words were dated: private, and known to hold since the house was told to ask."""
    if undated_at is None:
        return ()
    return (Status(private=True, since=undated_at, said_at=undated_at),)


def private_at(statuses: Iterable[Status], at: datetime) -> bool | None:
    """Return whether the seller was no business at a moment: by the last word that reaches back to it, None = not told."""
    found = None
    for word in statuses:
        if word.since <= at:
            found = word.private
    return found


# Who a seller or buyer is and how they are reached: sealed with their own key, opened for a fact.


type Owner = Literal["seller", "buyer"]
type PersonLine = SellerLine | VerificationLine | ContactsLine | BuyerLine


MOST_FORMER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A mail address that is out of use, and until when it was the one."""

    mail: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Names and ways to reach somebody; what the marketplace did not tell is empty.

    `former` are the mail addresses before the present one: somebody who took over an account changes it first, and twice.
    `statuses` is all that was said of whether a seller is a business, the last word last; `private` is that word, and all
    that a contact says that was sealed before words were dated.
    """

    name: str = ""
    person: str = ""
    mail: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    returns_to: str = ""
    legal_name: str = ""
    support: str = ""
    private: bool = False
    lang: str = ""
    fax: str = ""
    support_hours: str = ""
    administrator: str = ""
    administrator_address: str = ""
    administrator_phone: str = ""
    law_page: str = ""
    protected: bool = False
    representative: str = ""
    corporate_number: str = ""
    invoice_number: str = ""
    legal_kana: str = ""
    registered_as: Registrant | None = None
    verified_by: Method | None = None
    verified_at: datetime | None = None
    verified_until: date | None = None
    former: tuple[Former, ...] = ()
    statuses: tuple[Status, ...] = ()

    def former_since(self, moment: datetime) -> tuple[Former, ...]:
        """Return the addresses that were in use after a moment and are not the present one, the newest first."""
        return tuple(one for one in self.former if one.until > moment and one.mail != self.mail)

    @property
    def registered(self) -> tuple[object, ...]:
        """Return what is registered, and how that was verified, to be compared."""
        verified = (self.verified_by, self.verified_at, self.verified_until)
        return (self.legal_name, self.legal_kana, self.registered_as, *verified)

    @property
    def compared(self) -> tuple[object, ...]:
        """Return what others compare with what a seller shows: who it is, how it is reached, whether it is a business."""
        reached = (self.mail, self.phone, self.support, self.fax, self.address)
        return (self.legal_name, self.representative, self.registered_as, *reached, self.statuses)

    @property
    def is_reachable(self) -> bool:
        """Say whether there is a mail address or a telephone number at all."""
        return bool(self.mail.strip() or self.phone.strip())


_TOLD = frozenset(field.name for field in fields(Contact)) - {"former", "statuses", "private", "protected"}


def contact_of(line: PersonLine, before: Contact | None, actor: Actor) -> Contact:
    """Return what is sealed once a line has told: its own part replaced whole, the rest as it was.

    A mail address that is replaced is kept among the former ones: notices on money go to them, too.
    """
    before = before or Contact()
    told: dict[str, Any] = {name: getattr(line, name) for name in line.__struct_fields__ if name in _TOLD}
    if isinstance(line, SellerLine):
        statuses = statuses_of(line, before.statuses, actor)
        told |= {"statuses": statuses, "private": bool(statuses and statuses[-1].private)}
    if isinstance(line, ContactsLine) and line.protected is not None:
        told["protected"] = line.protected
    if before.mail.strip() and told.get("mail", before.mail) != before.mail:
        told["former"] = (Former(mail=before.mail, until=actor.at), *before.former)[:MOST_FORMER]
    return replace(before, **told)


def seal_all(owner: Owner, contacts: Mapping[str, Contact]) -> dict[str, bytes]:
    """Return each contact sealed with the key of its seller or buyer, by the ref; new keys are made all at once."""
    values = [
        sealing.Plain(subject=f"{owner}:{ref}", place=_place(owner, ref), plain=msgspec.json.encode(contact))
        for ref, contact in contacts.items()
    ]
    return dict(zip(contacts, sealing.seal_many(values), strict=True))


def unseal(
    owner: Owner, ref: str, sealed: bytes | memoryview[int], opener: seals.Opener | None = None
) -> Contact | None:
    """Return the contact, or None when its key has been destroyed; an `opener` has fetched many keys at once."""
    try:
        plain = (opener or seals.Opener()).unseal(
            subject=f"{owner}:{ref}", place=_place(owner, ref), sealed=bytes(sealed)
        )
    except seals.Shredded:
        return None
    return msgspec.json.decode(plain, type=Contact)


def person_opened(row: Seller | Buyer, opener: seals.Opener | None = None) -> Contact | None:
    """Return the contact of a row, or None when its key has been destroyed; a word without a date gets the day it was kept."""
    owner: Owner = "seller" if isinstance(row, Seller) else "buyer"
    contact = unseal(owner, row.ref, row.sealed, opener)
    if contact is None or not isinstance(row, Seller) or contact.statuses or not contact.private:
        return contact
    return replace(contact, statuses=dated(row.undated_at))


def _place(owner: Owner, ref: str) -> seals.Place:
    return seals.Place(f"market_{owner}", ref, "sealed")


class MethodOver(Refusal, code="method-over", status=422):
    """Given when a seller is told to be verified by a method on a day on which it verifies nobody any more."""

    text = Text(
        "「{method}」で確かめたものとして受け取れるのは、確かめた日が{last}までのものだけです。その後は、ICチップや公的個人認証など、"
        "ほかの方法で確かめてください。",
        "“{method}” is taken for a verification up to {last} only. For later days please verify by another method, such as the "
        "chip of a document or its signature certificate.",
    )


def method_over(line: VerificationLine) -> MethodOver | None:
    """Return why the method that a seller is told to be verified by cannot be taken for that day; None where it can."""
    if line.verified_by is None or line.verified_at is None:
        return None
    method = METHODS[line.verified_by]
    if method.last is None or not method.is_over(line.verified_at.astimezone(JAPAN).date()):
        return None
    return MethodOver(method=method.text, last=day_text(method.last))


# Sellers and buyers as they are told: each part sealed with the rest of its person, and who refuses what.


def write_sellers(actor: Actor, lines: Sequence[SellerLine]) -> list[Outcome]:
    """Write sellers and the clauses they accepted."""
    refused = {line.ref: fault for line in lines if (fault := _fault_of(line, actor.at)) is not None}
    told = _write_persons(Seller, [line for line in lines if line.ref not in refused], actor)
    _notify_changed(told, actor)
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
                actor=actor,
            )
            for accepted in line.accepted
        ]
        if any(news):
            terms.catch_up(seller_ref=line.ref, at=actor.at)
        if any(news) and outcomes[line.ref] is Change.UNCHANGED:
            outcomes[line.ref] = Change.CHANGED
    return [outcomes[line.ref] for line in lines]


def write_verifications(actor: Actor, lines: Sequence[VerificationLine]) -> list[Outcome]:
    """Write who known sellers are in the registers; whose check of a registered name is news, is told upward.

    A name that nobody says to have checked is nobody's news, nor what it is changed to.
    """
    refused = {line.ref: fault for line in lines if (fault := _fault_of_check(line, actor.at)) is not None}
    told = _write_persons(Seller, [line for line in lines if line.ref not in refused], actor)
    for ref, after in told.afters.items():
        before = told.befores[ref]
        is_checked = before.verified_by is not None or after.verified_by is not None
        if is_checked and before.registered != after.registered:
            outbox.publish(SellerRegistered(subject=f"market.seller:{ref}", seller_ref=ref), at=actor.at)
    _notify_changed(told, actor)
    outcomes = told.outcomes | refused
    return [outcomes[line.ref] for line in lines]


def write_contacts(actor: Actor, lines: Sequence[ContactsLine]) -> list[Outcome]:
    """Write how known sellers are reached."""
    told = _write_persons(Seller, lines, actor)
    _notify_changed(told, actor)
    return [told.outcomes[line.ref] for line in lines]


def _notify_changed(told: _Persons, actor: Actor) -> None:
    """Tell upward of whom something else is registered now; where nothing was, nothing changed."""
    for ref, after in told.afters.items():
        before = told.befores[ref]
        if ref in told.turned or (any(before.compared) and before.compared != after.compared):
            outbox.publish(SellerChanged(subject=f"market.seller:{ref}", seller_ref=ref), at=actor.at)


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


def write_buyers(actor: Actor, lines: Sequence[BuyerLine]) -> list[Outcome]:
    """Write buyers."""
    told = _write_persons(Buyer, lines, actor)
    return [told.outcomes[line.ref] for line in lines]


@dataclass(frozen=True, slots=True)
class _Persons:
    """What became of lines about persons: the outcome of each, and what was known of those taken in, before and after.

    `turned` are those whose account was closed, or is open again.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    befores: dict[str, Contact] = field(default_factory=dict)
    afters: dict[str, Contact] = field(default_factory=dict)
    turned: set[str] = field(default_factory=set)


def _write_persons(model: type[Seller] | type[Buyer], lines: Sequence[PersonLine], actor: Actor) -> _Persons:
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
        before = person_opened(row, opener) if row is not None else None
        if fault := _refused(line, row, before):
            told.outcomes[line.ref] = fault
            continue
        contact = told.afters[line.ref] = contact_of(line, before, actor)
        told.befores[line.ref] = before or Contact()
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
    owner: Owner = "seller" if model is Seller else "buyer"
    sealed = seal_all(owner, {ref: told.afters[ref] for ref in news})
    for ref, row in news.items():
        row.sealed = sealed[ref]
    upsert(model, list(news.values()))
    return told


def _turns(row: Any, plain: Mapping[str, Any]) -> bool:
    """Say whether an account is closed by what is told, or open again."""
    is_told = "state" in plain and row.state != plain["state"]
    return is_told and SellerState.CLOSED in {row.state, plain["state"]}


def _refused(line: PersonLine, row: Any, before: Contact | None) -> Refusal | None:
    """Return why a line about a person is not taken in, if so."""
    if row is not None:
        return PersonErased(ref=line.ref) if before is None else None
    if isinstance(line, VerificationLine | ContactsLine):
        return ReferenceUnknown(what=SellerLine.title, ref=line.ref)
    return RefLeadsElsewhere(ref=line.ref) if leads_elsewhere(line.ref) else None


_PLAIN: dict[type[Line], tuple[str, ...]] = {SellerLine: ("state", "unpaid", "country")}
"""What is kept unsealed, as it says nothing of a person."""

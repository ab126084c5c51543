"""Accounts, proposals, keys and delegates as others see them: frozen values, never a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from mamori.grammar.actor import ROLE_TEXTS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.people import persons, tokens
from mamori.ground.people.actions.entering import claim_of
from mamori.ground.people.models import IS_HERE, Account, Delegate, Invitation, Key, Proposal, SignInCode
from mamori.ground.people.presence import Factors, every_factor, factors_of
from mamori.ground.people.rules import Awaits, Matter, awaited


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFact:
    """Somebody with an account; `by_company` whether the company signs them in."""

    number: int
    who: str
    name: str
    email: str
    role: Role
    is_active: bool
    awaits: Awaits
    factors: Factors
    invited_until: datetime | None
    by_company: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFact:
    """Something that waits for others, or for time to pass."""

    number: int
    matter: Matter
    about: str
    name: str
    role: Role | None
    reason: str
    by: str
    at: datetime
    needs: int
    agreed: tuple[str, ...]
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFact:
    """A key, without its secret."""

    name: str
    generation: int
    prefix: str
    kind: str
    scopes: tuple[str, ...]
    added_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None

    def holds(self, at: datetime) -> bool:
        """Say whether it lets anybody in at `at`."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateFact:
    """Somebody who acts, or acted, for a seller."""

    name: str
    person: str
    mail: str
    added_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAskedFact:
    """What somebody claimed who asked for a code."""

    number: int
    role: Role
    ref: str
    claim: bytes
    expires_at: datetime


def accounts(*, at: datetime) -> tuple[AccountFact, ...]:
    """Return every account, those who may come in first."""
    has = every_factor()
    open_ = Q(invitations__used_at__isnull=True, invitations__expires_at__gt=at)
    rows = Account.objects.annotate(invited_until=Max("invitations__expires_at", filter=open_))
    return tuple(
        _account(row, has.get(row.pk, Factors(passkey=False, totp=False)), row.invited_until)
        for row in rows.order_by("-is_active", "id")[:1000]
    )


def names() -> dict[int, str]:
    """Return the name of every account, in one look: for pages that only name who did something."""
    return dict(Account.objects.order_by("id").values_list("pk", "name")[:1000])


def called(who: str, among: Mapping[int, str]) -> str:
    """Return the name of one of the staff ("lead:7", "staff:7") by such a table, “—” where it has none; "" of anybody else.

    "buyer:5" is the marketplace's fifth buyer, never the account of that number.
    """
    side, _, number = who.rpartition(":")
    return among.get(int(number), "—") if number.isdecimal() and side in {*persons.SIDES, "staff"} else ""


def named(who: str, among: Mapping[int, str]) -> Text:
    """Say who did something or has something: staff by name or role alone, everybody else by role and reference."""
    kind, _, rest = who.partition(":")
    if kind == "machine" or not kind:
        return ROLE_TEXTS[Role.MACHINE] if kind else Text("—", "—")
    if (name := called(who, among)) not in ("", "—"):
        return Text(name, name)
    role = ROLE_TEXTS.get(Role(kind)) if kind in set(Role) else None
    if role is None:
        return Text("担当者", "staff") if kind == "staff" else Text(who, who)
    if Role(kind) in STAFF | {Role.COUNSELLOR}:
        return role  # whoever is none of ours by now is told by the role alone, and who a counsellor is stands on the matter
    return Text(f"{role.ja} {rest}", f"{role.en} {rest}") if rest else role


def account(number: int, *, at: datetime) -> AccountFact | None:
    """Return one account, or None."""
    row = Account.objects.filter(pk=number).first()
    if row is None:
        return None
    until = (
        Invitation.objects.filter(account=row, used_at__isnull=True, expires_at__gt=at)
        .values_list("expires_at", flat=True)
        .first()
    )
    return _account(row, factors_of(row.pk), until)


def account_by_mail(email: str, *, at: datetime) -> AccountFact | None:
    """Return the account of that mail address, or None."""
    number = Account.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    return account(number, at=at) if number is not None else None


def open_proposals(*, limit: int = 100, about: str = "") -> tuple[ProposalFact, ...]:
    """Return what waits, the oldest first; with `about` only what is about a thing whose name begins so."""
    rows = (
        Proposal.objects.filter(IS_OPEN, about__startswith=about)
        .select_related("account")
        .order_by("id")[:limit]
    )
    return tuple(_proposal(row) for row in rows.prefetch_related("approvals"))


def every_key() -> tuple[KeyFact, ...]:
    """Return every key by name, the newest generation of each first."""
    return tuple(
        KeyFact(
            name=row.name,
            generation=row.generation,
            prefix=row.prefix,
            kind=row.kind,
            scopes=tuple(row.scopes),
            added_at=row.added_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            used_at=row.used_at,
        )
        for row in Key.objects.order_by("name", "-generation")[:1000]
    )


def delegates(seller_ref: str) -> tuple[DelegateFact, ...]:
    """Return who acts or acted for the seller, those who still do first."""
    rows = sorted(
        Delegate.objects.filter(seller_ref=seller_ref).order_by("id"),
        key=lambda row: row.ended_at is not None,
    )
    return tuple(_delegate(row) for row in rows)


def delegate_by_mail(*, seller_ref: str, claim: bytes) -> str | None:
    """Return the short name of the seller's delegate whose address that keyed digest is of, or None."""
    secret = tokens.house_secret(tokens.CODES)
    for row in Delegate.objects.filter(IS_HERE, seller_ref=seller_ref).order_by("id"):
        person = persons.unseal(row)
        if person.mail and claim_of(person.mail, secret=secret) == claim:
            return row.name
    return None


def is_claimed(mail: str, *, claim: bytes) -> bool:
    """Say whether a keyed digest is of that address."""
    return bool(mail.strip()) and claim_of(mail, secret=tokens.house_secret(tokens.CODES)) == claim


def code_asked(number: int) -> CodeAskedFact | None:
    """Return what was claimed by whoever asked for a code, or None once that is answered or forgotten."""
    row = SignInCode.objects.filter(pk=number, who="").first()
    if row is None:
        return None
    return CodeAskedFact(
        number=row.pk, role=Role(row.role), ref=row.ref, claim=bytes(row.claim), expires_at=row.expires_at
    )


def address_of(who: str) -> tuple[str, str] | None:
    """Return name and mail address of staff ("agent:7") or of a delegate ("seller:S-1/hanako"), for who writes to them.

    None for everybody else: buyers and sellers are the marketplace's to tell.
    """
    kind, _, rest = who.partition(":")
    if kind == "seller":
        whose, slash, name = rest.rpartition("/")
        row = Delegate.objects.filter(IS_HERE, seller_ref=whose, name=name).first() if slash else None
        person = persons.unseal(row) if row else None
        return (person.name, person.mail) if person and person.mail else None
    if kind in persons.SIDES and rest.isdecimal():
        found = Account.objects.filter(pk=int(rest), is_active=True).first()
        return (found.name, found.email) if found else None
    return None


def _account(row: Account, factors: Factors, invited_until: datetime | None) -> AccountFact:
    return AccountFact(
        number=row.pk,
        who=row.who,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        is_active=row.is_active,
        awaits=awaited(
            has_passkey=factors.passkey, has_totp=factors.totp, totp_allowed=row.totp_allowed_at is not None
        ),
        factors=factors,
        invited_until=invited_until,
        by_company=row.company is not None,
    )


def _proposal(row: Proposal) -> ProposalFact:
    return ProposalFact(
        number=row.pk,
        matter=Matter(row.matter),
        about=row.about,
        name=row.account.name if row.account else row.about,
        role=Role(row.role) if row.role else None,
        reason=row.reason,
        by=row.by,
        at=row.at,
        needs=row.needs,
        agreed=tuple(sorted(approval.by for approval in row.approvals.all())),
        due_at=row.due_at,
    )


def _delegate(row: Delegate) -> DelegateFact:
    person = persons.unseal(row)
    return DelegateFact(
        name=row.name, person=person.name, mail=person.mail, added_at=row.added_at, ended_at=row.ended_at
    )

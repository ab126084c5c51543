"""Who is the same person and who another, by name, by the company's word and as a second person; and who a delegate is."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from mamori.grammar.actor import INSIDE, Actor, Role
from mamori.ground.declared import memory
from mamori.ground.people.models import Account, Delegate, Introduction
from mamori.ground.people.rules import Profile
from mamori.ground.seal import actions as sealing, facts as seals

# What the operator's company says of its people when they sign in there, and what role follows from it here: pure decisions.


BY_COMPANY = "machine:company"
"""Who adds an account and gives a role when the company's groups say so."""
ELSEWHERE = "_claim_names"
"""Where a provider says that a claim was too long to be sent along."""


class GroupsUnreadable(ValueError):
    """Says which part of the setting that gives groups their roles cannot be read."""


class GroupsNotSent(ValueError):
    """Says that the provider left the groups out because there are too many: nobody loses a role by that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRules:
    """The operator's choices: where the groups stand, which gives what role, how long a word of the company holds.

    `roles` go from the first to the last, and the first that somebody is in decides.  Without any the company says who
    somebody is, and roles are given here.  `by_itself` is the role of whoever is in none of them, None where they get none.
    """

    claim: str
    roles: tuple[tuple[str, Role], ...]
    by_itself: Role | None
    holds: timedelta
    acr: tuple[str, ...] = ()

    def role_of(self, groups: Iterable[str]) -> Role | None:
        """Return the role that these groups give."""
        has = frozenset(groups)
        return next((role for group, role in self.roles if group in has), self.by_itself)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyWord:
    """What the company says of one person: who it is, for ever, by issuer and subject; name, address and groups as of today.

    `proved_at` is when they last showed there who they are, None where the company does not say.
    """

    issuer: str
    subject: str
    mail: str
    name: str
    groups: tuple[str, ...]
    proved_at: datetime | None = None
    visit: str = ""


def roles_read(written: str) -> tuple[tuple[str, Role], ...]:
    """Return which group gives which role, from `group=role; group=role`; a group's own name may have `=` and commas.

    :raises GroupsUnreadable: for a part without a role, or with one that the company cannot give.
    """
    return tuple(_role_read(part.strip()) for part in written.split(";") if part.strip())


def _role_read(part: str) -> tuple[str, Role]:
    group, _, role = part.rpartition("=")
    if not group.strip() or role.strip() not in {one.value for one in INSIDE}:
        raise GroupsUnreadable(part)
    return group.strip(), Role(role.strip())


def word_of(claims: Mapping[str, Any], *, claim: str) -> CompanyWord:
    """Return what verified claims say; an address that the provider itself calls unverified is none."""
    name = next((n for n in (_text(claims, "name"), _text(claims, "preferred_username")) if n), "")
    mail = "" if claims.get("email_verified") in (False, "false") else _text(claims, "email")
    return CompanyWord(
        issuer=_text(claims, "iss"),
        subject=_text(claims, "sub"),
        mail=mail.lower(),
        name=(name or mail.partition("@")[0])[:100].strip(),
        groups=groups_in(claims, claim),
        proved_at=moment_in(claims, "auth_time"),
        visit=_text(claims, "sid"),
    )


def groups_in(claims: Mapping[str, Any], claim: str) -> tuple[str, ...]:
    """Return the groups that the claim names; `realm_access.roles` looks into a claim where none is called just that."""
    left_out = claims.get(ELSEWHERE)
    if isinstance(left_out, Mapping) and claim in left_out:
        raise GroupsNotSent(claim)
    found: Any = claims.get(claim)
    if found is None:
        found = claims
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def moment_in(claims: Mapping[str, Any], name: str) -> datetime | None:
    """Return the moment that a claim names in seconds, None where it names none."""
    seconds = claims.get(name)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) and value.isprintable() else ""


# Who is another person than somebody, and counts as one: neither brought the other in, and both were here before today.


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """That somebody added or invited an account: "staff:7", or "machine:command/root" for the command line."""

    whom: str
    by: str
    at: datetime

    @property
    def by_staff(self) -> bool:
        """Say whether one of the staff did: the command line stands for who owns the house, and is nobody's friend."""
        return self.by.startswith("staff:")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """When each account ("staff:7") was added, who brought whom in, and after how long somebody counts."""

    added: Mapping[str, datetime]
    introductions: tuple[BroughtIn, ...]
    after: timedelta

    def brought_in_by(self, who: str) -> frozenset[str]:
        """Return whom somebody brought in: directly whenever it was, and through others who did not count yet themselves.

        Whoever was here long enough to count brings people in on their own account.
        """
        found: set[str] = set()
        ahead = [who]
        while ahead:
            by = ahead.pop()
            for one in self.introductions:
                if one.by != by or not one.by_staff or one.whom in found or one.whom == who:
                    continue
                if by == who or one.at < self.counts_from(by):
                    found.add(one.whom)
                    ahead.append(one.whom)
        return frozenset(found)

    def who_brought(self, whom: str) -> frozenset[str]:
        """Return everybody who brought somebody in."""
        return frozenset(who for who in self.added if whom in self.brought_in_by(who))

    def is_another(self, who: str, *, than: str) -> bool:
        """Say whether two are two people: not the same, and neither brought the other in."""
        return who != than and who not in self.brought_in_by(than) and than not in self.brought_in_by(who)

    def counts_from(self, who: str) -> datetime:
        """Return from when an account counts as a second person.

        A house that begins has only new accounts: those that the command line added in its first days count at once, and
        not those that the company sent: nobody of the house has seen yet that they are people beside each other.
        """
        added = self.added[who]
        by_machine = any(
            one.whom == who and not one.by_staff and one.by != BY_COMPANY and one.at == added
            for one in self.introductions
        )
        is_founder = by_machine and added < min(self.added.values()) + self.after
        return added if is_founder else added + self.after

    def is_second(self, who: str, *, than: str, at: datetime) -> bool:
        """Say whether somebody counts as a second person beside `than` at `at`."""
        return self.is_another(who, than=than) and (who not in self.added or self.counts_from(who) <= at)


HAVE_ACCOUNTS = INSIDE | {Role.OFFICER, Role.HOLDER}
"""The roles of those who sign in."""
SIDES = frozenset(role.value for role in HAVE_ACCOUNTS)
"""What stands before their number; "buyer:5" is the marketplace's fifth buyer, never the account of that number."""


def subject_of(actor: Actor) -> str:
    """Return "staff:7" for whoever has an account; otherwise what the actor says of itself."""
    _, colon, number = actor.by.partition(":")
    return f"staff:{number}" if colon and actor.role in HAVE_ACCOUNTS else actor.by


def house(profile: Profile) -> House:
    """Return who was added when and who brought whom in."""
    return memory.on_page("people.house", profile.counts_after, lambda: _house(profile))


def _house(profile: Profile) -> House:
    each = ("pk", "added_at", "introductions__by", "introductions__at")
    rows = list(Account.objects.order_by("pk", "introductions__pk").values_list(*each))
    return House(
        added={f"staff:{pk}": added for pk, added, _, _ in rows},
        introductions=tuple(
            BroughtIn(whom=f"staff:{pk}", by=by, at=at) for pk, _, by, at in rows if at is not None
        ),
        after=profile.counts_after,
    )


def able(roles: Collection[Role]) -> frozenset[str]:
    """Return who may come in and has one of these roles."""
    rows = Account.objects.filter(is_active=True, role__in=sorted(roles)).order_by("pk")
    return frozenset(f"staff:{pk}" for pk in rows.values_list("pk", flat=True))


def others(*, than: Collection[str], roles: Collection[Role], profile: Profile) -> frozenset[str]:
    """Return who of these roles is another person than all of `than`; also those who do not count yet, but will."""
    here = house(profile)
    return frozenset(who for who in able(roles) if all(here.is_another(who, than=one) for one in than))


def is_second(who: str, *, than: str, profile: Profile, at: datetime) -> bool:
    """Say whether somebody counts as a second person beside `than`."""
    return house(profile).is_second(who, than=than, at=at)


def note_introduction(actor: Actor, account: Account) -> None:
    """Write down that somebody brought an account in."""
    Introduction.objects.get_or_create(account=account, by=subject_of(actor), defaults={"at": actor.at})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A delegate's name and mail address; empty once erased."""

    name: str = ""
    mail: str = ""


def seal(*, seller_ref: str, name: str, person: Person) -> bytes:
    """Return the person sealed."""
    plain = json.dumps({"name": person.name, "mail": person.mail}, ensure_ascii=False).encode()
    return sealing.seal(subject=f"seller:{seller_ref}", place=_place(seller_ref, name), plain=plain)


def unseal(row: Delegate) -> Person:
    """Return the person, empty when the seller's key has been destroyed."""
    try:
        plain = seals.unseal(
            subject=f"seller:{row.seller_ref}",
            place=_place(row.seller_ref, row.name),
            sealed=bytes(row.sealed),
        )
    except seals.Shredded:
        return Person()
    return Person(**json.loads(plain))


def _place(seller_ref: str, name: str) -> seals.Place:
    return seals.Place("people_delegate", f"{seller_ref}/{name}", "sealed")

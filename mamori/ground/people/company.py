"""What the operator's company says of its people when they sign in there, and what role follows from it here: pure decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from mamori.grammar.hand import INSIDE, Role

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
    """Return what verified claims say; an address that the provider itself calls unverified is none.

    :raises GroupsNotSent: when the groups were too many to be sent.
    """
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
    """Return the groups that the claim names; `realm_access.roles` looks into a claim where none is called just that.

    :raises GroupsNotSent: when the groups were too many to be sent.
    """
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

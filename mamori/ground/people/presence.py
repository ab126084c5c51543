"""Who stands at the door, and what they prove it by: one value, made from a session or a key, that each page asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator

from mamori.grammar.actor import INSIDE, STAFF, Actor, Role, party
from mamori.ground.people.models import IS_HERE, Account, Delegate
from mamori.ground.people.rules import Awaits, Over, Stay, awaited, is_over, is_vouched_for
from mamori.ground.seal import facts as seals


@dataclass(frozen=True, slots=True)
class Factors:
    """Whether somebody has a passkey, and codes from an app."""

    passkey: bool
    totp: bool


def factors_of(account: int) -> Factors:
    """Return what the account has."""
    types = set(Authenticator.objects.filter(user_id=account).values_list("type", flat=True))
    return Factors(
        passkey=Authenticator.Type.WEBAUTHN.value in types, totp=Authenticator.Type.TOTP.value in types
    )


def remove_factors(account: int) -> None:
    """Take away every factor of the account."""
    Authenticator.objects.filter(user_id=account).delete()


def every_factor() -> dict[int, Factors]:
    """Return what each account has that has anything."""
    types: dict[int, set[str]] = {}
    for account, kind in Authenticator.objects.values_list("user_id", "type"):
        types.setdefault(account, set()).add(kind)
    return {
        account: Factors(
            passkey=Authenticator.Type.WEBAUTHN.value in has, totp=Authenticator.Type.TOTP.value in has
        )
        for account, has in types.items()
    }


# Who stands at the door: one value, made from a session or a key, that every page and endpoint asks.


VISITOR = "visitor"
RETURN_URL = "mamori_return_url"
"""Where a visit remembers the shop's page that leads back."""
BEGUN = "begun_at"
COMPANY = "company"
"""How allauth's record calls a sign-in at the company; `proved_at` in it is when the person was seen there, 0 if nobody says."""
RECORDS = "account_authentication_methods"
"""Where allauth writes down how and when somebody proved in this session who they are."""


VISITS = ("django_session", "usersessions_usersession")
"""The tables of visits: no backup holds their rows, and none comes back with a restore."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who is here.  `who` is what `Actor.by` will say ("buyer:B-1", "seller:S-1/hanako", "agent:3"); empty when unknown.

    Staff who still lack a factor are nobody yet: anonymous, with `awaits` and `account` saying who wants to come in.
    `over` says why a stay has just ended; `company` whether somebody is of those whom the company signs in; `places` are those
    that somebody of the staff opened.
    """

    who: str = ""
    role: Role = Role.ANONYMOUS
    name: str = ""
    scopes: frozenset[str] = frozenset()
    stepped_up_at: datetime | None = None
    account: int | None = None
    awaits: Awaits = Awaits.NOTHING
    over: Over = Over.NOT_YET
    company: bool = False
    places: frozenset[str] = frozenset()

    @property
    def is_staff(self) -> bool:
        """Say whether one of the operator's staff is here."""
        return self.role in STAFF

    @property
    def subject(self) -> str:
        """Return a name that stays whatever role somebody has: "staff:7"; otherwise the same as `who`."""
        return f"staff:{self.account}" if self.account is not None else self.who

    def actor(self, *, at: datetime, via: str, request: str = "") -> Actor:
        """Return the actor for this presence."""
        return Actor(by=self.who or "anonymous", role=self.role, at=at, via=via, request=request)


ANONYMOUS = Presence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """How long staff and visitors may stay, and whether staff come in by the company alone."""

    staff: Stay
    visitors: Stay
    company_only: bool = False


def presence_of(
    session: Mapping[str, Any],
    account: object,
    *,
    stays: Callable[[datetime], Stays],
    seen_at: datetime | None,
    at: datetime,
) -> Presence:
    """Return who a web session belongs to: staff who signed in, a visitor who came by link or code, or nobody.

    `seen_at` is when the browser was here last, as it can prove.  `stays` is asked only where somebody may be here: what is
    open to everybody must answer while nothing can be asked.
    """
    signed_in = account if isinstance(account, Account) and account.is_active else None
    if signed_in is None and VISITOR not in session:
        return ANONYMOUS
    begun_at = _moment(session.get(BEGUN))
    choices = stays(at)
    stay = choices.staff if signed_in else choices.visitors
    over = is_over(stay, begun_at=begun_at, seen_at=seen_at, at=at)
    if over is not Over.NOT_YET:
        return Presence(over=over)
    if signed_in is None:
        return _visiting(session[VISITOR])
    return _signed_in(signed_in, session, company_only=choices.company_only, at=at)


def _signed_in(account: Account, session: Mapping[str, Any], *, company_only: bool, at: datetime) -> Presence:
    role = Role(account.role)
    is_known = account.company is not None
    by_company = is_known and any(r.get("method") == COMPANY for r in _records(session))
    if role in INSIDE and not is_vouched_for(
        vouched_until=account.vouched_until, by_company=by_company, company_only=company_only, at=at
    ):
        return Presence(over=Over.COMPANY)
    if role in INSIDE and not by_company:
        has = factors_of(account.pk)
        awaits = awaited(
            has_passkey=has.passkey, has_totp=has.totp, totp_allowed=account.totp_allowed_at is not None
        )
        if awaits is not Awaits.NOTHING:
            return Presence(name=account.name, account=account.pk, awaits=awaits, company=is_known)
    # A passkey or code, here or at the company: a password alone is no proof for a sensitive look.
    proofs = [record for record in _records(session) if record.get("method") in ("mfa", COMPANY)]
    moments = [moment for record in proofs if (moment := record.get("proved_at", record["at"]))]
    return Presence(
        who=account.who,
        role=role,
        name=account.name,
        account=account.pk,
        stepped_up_at=datetime.fromtimestamp(max(moments), UTC) if moments else None,
        company=is_known,
        places=frozenset(account.places),
    )


def _records(session: Mapping[str, Any]) -> list[dict[str, Any]]:
    records = session.get(RECORDS)
    return records if isinstance(records, list) else []


def _visiting(visitor: Mapping[str, str]) -> Presence:
    role, who = Role(visitor["role"]), visitor["who"]
    if is_erased(role, who) or (role is Role.DELEGATE and not is_delegate(who)):
        return ANONYMOUS
    return Presence(who=who, role=role, name=visitor.get("name", ""))


def is_erased(role: Role, who: str) -> bool:
    """Say whether the party was erased whom somebody is or acts for: their visits are over, and none begins."""
    return bool(seals.erased([party(role, who)]))


def is_delegate(who: str) -> bool:
    """Say whether `who` ("seller:S-1/hanako") acts for that seller now."""
    whose, _, name = who.rpartition("/")
    ref = whose.removeprefix("seller:")
    return Delegate.objects.filter(IS_HERE, seller_ref=ref, name=name).exists()


def _moment(written: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None

"""Who may enter where, how long a stay lasts, and where a second pair of eyes is asked: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.actor import INSIDE, STAFF, Role
from mamori.grammar.businesstime import Duration
from mamori.grammar.text import Text
from mamori.law.settings import COUNTS_AFTER

STEP_UP_HOLDS = timedelta(minutes=10)
INVITATION_HOURS = 24
INVITATION_HOLDS = timedelta(hours=INVITATION_HOURS)
CODE_MINUTES = 10
CODE_HOLDS = timedelta(minutes=CODE_MINUTES)
LINK_MINUTES = 10
LINK_HOLDS = timedelta(minutes=LINK_MINUTES)
CLOCKS_MAY_DIFFER = timedelta(seconds=60)
"""How far the marketplace's clock may go before ours when it signs."""


class DoorVerdict(StrEnum):
    """What the door says."""

    ENTER = "enter"
    SIGN_IN = "sign_in"
    ENROL = "enrol"
    STEP_UP = "step_up"
    REFUSED = "refused"


class Awaits(StrEnum):
    """What somebody who signed in still lacks before any desk page opens."""

    NOTHING = "nothing"
    FACTOR = "factor"  # neither passkey nor TOTP
    APPROVAL = "approval"  # TOTP without a passkey, and nobody else has agreed yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a page or endpoint asks of whoever comes: a role, a fresh proof for sensitive looks, a key's scope.

    `enrolling` opens a page also to staff who signed in and still lack a factor or an approval.
    """

    roles: frozenset[Role]
    step_up: bool = False
    scope: str = ""
    enrolling: bool = False


def may_enter(
    access: Access,
    *,
    role: Role,
    scopes: frozenset[str],
    stepped_up_at: datetime | None,
    at: datetime,
    awaits: Awaits = Awaits.NOTHING,
) -> DoorVerdict:
    """Decide whether somebody of `role` enters.

    A machine needs the scope that the endpoint names; staff need a fresh proof where it asks for one.  Whoever still
    lacks a factor is nobody yet, and sees what anybody sees.
    """
    if role not in access.roles:
        if awaits is not Awaits.NOTHING and INSIDE & access.roles:
            return DoorVerdict.ENTER if access.enrolling else DoorVerdict.ENROL
        return DoorVerdict.SIGN_IN if role is Role.ANONYMOUS else DoorVerdict.REFUSED
    if role is Role.MACHINE and access.scope and access.scope not in scopes:
        return DoorVerdict.REFUSED
    if access.step_up and role in INSIDE and not is_fresh(stepped_up_at, at):
        return DoorVerdict.STEP_UP
    return DoorVerdict.ENTER


def is_fresh(stepped_up_at: datetime | None, at: datetime) -> bool:
    """Say whether a proof is young enough for a sensitive look."""
    return stepped_up_at is not None and timedelta() <= at - stepped_up_at < STEP_UP_HOLDS


def is_vouched_for(
    *, vouched_until: datetime | None, by_company: bool, company_only: bool, at: datetime
) -> bool:
    """Say whether somebody of the operator may be here: whom the company signs in, while its word holds, however they came."""
    if vouched_until is not None and at >= vouched_until:
        return False
    return by_company or not company_only


def awaited(*, has_passkey: bool, has_totp: bool, totp_allowed: bool) -> Awaits:
    """Decide what somebody of the staff still lacks."""
    if has_passkey or (has_totp and totp_allowed):
        return Awaits.NOTHING
    return Awaits.APPROVAL if has_totp else Awaits.FACTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long one visit may last: without a sign of life, and in all."""

    idle: timedelta
    whole: timedelta


class Over(StrEnum):
    """Why a stay has ended."""

    NOT_YET = ""
    IDLE = "idle"
    WHOLE = "whole"
    COMPANY = "company"  # the company's word is too old, or only the company lets in


def is_over(stay: Stay, *, begun_at: datetime | None, seen_at: datetime | None, at: datetime) -> Over:
    """Decide whether a visit is over; one of which nobody knows when it began is."""
    if begun_at is None or at - begun_at >= stay.whole or begun_at - at > CLOCKS_MAY_DIFFER:
        return Over.WHOLE
    last = max(begun_at, seen_at) if seen_at is not None and seen_at <= at + CLOCKS_MAY_DIFFER else begun_at
    return Over.IDLE if at - last >= stay.idle else Over.NOT_YET


class Size(StrEnum):
    """How many people run the centre: for what needs another person, that decides whether there is one."""

    ONE = "1"
    THREE = "3"
    TWENTY = "20"


class Matter(StrEnum):
    """What one person alone does not decide."""

    GIVE_ROLE = "give_role"
    RESET_FACTORS = "reset_factors"
    ALLOW_TOTP = "allow_totp"
    READ_AFTERWARDS = "read_afterwards"
    ERASE_PERSON = "erase_person"
    CHANGE_TERMS = "change_terms"
    RELEASE_PAYOUT = "release_payout"

    @property
    def text(self) -> Text:
        """Return what it is, for people."""
        return MATTER_TEXTS[self]


MATTER_TEXTS = {
    Matter.GIVE_ROLE: Text("責任者または法務担当にする", "make somebody lead or counsel"),
    Matter.RESET_FACTORS: Text(
        "サインインの手段をはじめからやり直させる", "let somebody set up their sign-in anew"
    ),
    Matter.ALLOW_TOTP: Text(
        "パスキーなしで確認アプリの使用を認める", "allow codes from an app without a passkey"
    ),
    Matter.READ_AFTERWARDS: Text("緊急時の閲覧をあとから確かめる", "look afterwards at an urgent reading"),
    Matter.ERASE_PERSON: Text("購入者・出品者の内容を消去する", "erase a buyer or a seller"),
    Matter.CHANGE_TERMS: Text("出品者の規約を公表・変更する", "publish or change the terms for sellers"),
    Matter.RELEASE_PAYOUT: Text("待っている売上金を支払う", "pay proceeds that are waiting"),
}

TRUSTED = frozenset({Role.LEAD, Role.COUNSEL})
"""Roles that one person alone does not give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The operator's choices that decisions of people rest on: size, delay, who outside reads along, who is too new."""

    size: Size
    delay: Duration
    reader: str = ""
    counts_after: timedelta = timedelta(days=COUNTS_AFTER.default)


@dataclass(frozen=True, slots=True)
class Way:
    """How a matter comes about: by so many others of these roles, or by waiting in everybody's sight."""

    needs: int
    roles: frozenset[Role]
    waits: bool


def way(matter: Matter, *, size: Size, somebody_could: bool) -> Way:
    """Decide how a matter comes about.

    Where nobody else could agree, whatever the size, time and an outside reader take the place of another person; only
    the app's codes do not wait then: whoever works alone would stand before a locked door.
    """
    if size is Size.ONE or not somebody_could:
        return Way(needs=0, roles=frozenset(), waits=matter is not Matter.ALLOW_TOTP)
    return Way(needs=1, roles=agreeing(matter, size=size), waits=False)


def agreeing(matter: Matter, *, size: Size) -> frozenset[Role]:
    """Return the roles whose agreement counts."""
    if size is Size.TWENTY:
        return frozenset({Role.LEAD}) if matter is Matter.ALLOW_TOTP else TRUSTED
    return STAFF


def may_agree(matter: Matter, *, size: Size, role: Role, who: str, proposer: str, concerned: str) -> bool:
    """Decide whether somebody may agree: neither who proposed it nor whom it concerns, and of a role that counts.

    `who`, `proposer` and `concerned` are subjects ("staff:7"), which stay the same whatever role somebody has.
    """
    return role in agreeing(matter, size=size) and who not in (proposer, concerned)


def may_withdraw(matter: Matter, *, who: str, proposer: str) -> bool:
    """Decide whether somebody may take back what they proposed: a wish, but never a look that was taken already."""
    return who == proposer and matter is not Matter.READ_AFTERWARDS


def needs_agreement(role: Role, former: Role | None) -> bool:
    """Say whether giving `role` is more than one person decides."""
    return role in TRUSTED and former is not role

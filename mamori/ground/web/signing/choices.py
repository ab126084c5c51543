"""The operator's choices that every request needs: asked of `terms` once in a few seconds, not each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.people.facts import CompanyRules, Profile, Size, Stay, Stays, roles_read
from mamori.ground.terms import facts as terms
from mamori.law.company import (
    COMPANY_ACR,
    COMPANY_ASK,
    COMPANY_GROUPS,
    COMPANY_NAME,
    COMPANY_NAME_EN,
    COMPANY_ONLY,
    COMPANY_OTHERS,
    COMPANY_ROLES,
    COMPANY_STAY,
)
from mamori.law.deadlines import LONE_DELAY
from mamori.law.settings import (
    COUNTS_AFTER,
    OUTSIDE_READER,
    PEOPLE_SIZE,
    STAFF_IDLE,
    STAFF_STAY,
    VISITOR_IDLE,
    VISITOR_STAY,
)

FRESH = timedelta(seconds=5)


@dataclass(slots=True)
class _Cached:
    stays: Stays | None = None
    at: datetime | None = None


_CACHED = _Cached()


def stays(at: datetime) -> Stays:
    """Return how long staff and visitors may stay, as the operator has set it."""
    if _CACHED.stays is None or _CACHED.at is None or not timedelta() <= at - _CACHED.at < FRESH:
        _CACHED.stays, _CACHED.at = _asked(at), at
    return _CACHED.stays


def forget() -> None:
    """Ask again at the next request; tests begin with it."""
    _CACHED.stays = None


def is_company_used() -> bool:
    """Say whether staff may sign in by the company."""
    return bool(settings.COMPANY_ISSUER and settings.COMPANY_CLIENT)


def company_name(at: datetime) -> Text:
    """Return what the company is called, in words for everybody where it was not said."""
    ja, en = terms.setting(COMPANY_NAME, at=at), terms.setting(COMPANY_NAME_EN, at=at)
    return Text(ja or en or "会社", en or ja or "your company")


def company_ask(at: datetime) -> Text:
    """Return whom somebody without a role is told to ask."""
    ask = terms.setting(COMPANY_ASK, at=at)
    return Text(ask or "社内のアカウントの担当", ask or "whoever tends the company's accounts")


def company_rules(at: datetime) -> CompanyRules:
    """Return what follows from what the company says of somebody.

    :raises GroupsUnreadable: when the setting that gives groups their roles cannot be read.
    """
    return CompanyRules(
        claim=terms.setting(COMPANY_GROUPS, at=at),
        roles=roles_read(terms.setting(COMPANY_ROLES, at=at)),
        by_itself=Role.READER if terms.setting(COMPANY_OTHERS, at=at) == "reader" else None,
        holds=timedelta(hours=terms.setting(COMPANY_STAY, at=at)),
        acr=tuple(terms.setting(COMPANY_ACR, at=at).split()),
    )


def profile(at: datetime) -> Profile:
    """Return the operator's size, delay, outside reader, and after how long somebody counts."""
    return Profile(
        size=Size(terms.setting(PEOPLE_SIZE, at=at)),
        delay=terms.duration(LONE_DELAY, at=at),
        reader=terms.setting(OUTSIDE_READER, at=at),
        counts_after=timedelta(days=terms.setting(COUNTS_AFTER, at=at)),
    )


def _asked(at: datetime) -> Stays:
    return Stays(
        staff=Stay(
            idle=timedelta(minutes=terms.setting(STAFF_IDLE, at=at)),
            whole=timedelta(hours=terms.setting(STAFF_STAY, at=at)),
        ),
        visitors=Stay(
            idle=timedelta(minutes=terms.setting(VISITOR_IDLE, at=at)),
            whole=timedelta(hours=terms.setting(VISITOR_STAY, at=at)),
        ),
        company_only=is_company_used() and terms.setting(COMPANY_ONLY, at=at),
    )

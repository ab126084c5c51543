"""Who may enter where: the one decision behind every page and endpoint, as a pure function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.hand import STAFF, Role

STEP_UP_HOLDS = timedelta(minutes=10)


class Verdict(StrEnum):
    """What the door says."""

    ENTER = "enter"
    SIGN_IN = "sign_in"
    STEP_UP = "step_up"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a page or endpoint asks of whoever comes: a role, a fresh proof for sensitive looks, a key's scope."""

    roles: frozenset[Role]
    step_up: bool = False
    scope: str = ""


def may_enter(
    access: Access, *, role: Role, scopes: frozenset[str], stepped_up_at: datetime | None, at: datetime
) -> Verdict:
    """Decide whether somebody of `role` enters.

    A machine needs the scope that the endpoint names; staff need a fresh proof where it asks for one.
    """
    if role not in access.roles:
        return Verdict.SIGN_IN if role is Role.ANONYMOUS else Verdict.REFUSED
    if role is Role.MACHINE and access.scope and access.scope not in scopes:
        return Verdict.REFUSED
    if access.step_up and role in STAFF:
        fresh = stepped_up_at is not None and timedelta() <= at - stepped_up_at < STEP_UP_HOLDS
        if not fresh:
            return Verdict.STEP_UP
    return Verdict.ENTER

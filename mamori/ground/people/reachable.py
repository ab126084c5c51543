"""Under which address those who have an account are written to."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.grammar.hand import STAFF, Role
from mamori.ground.people.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """Somebody with an account, as mail reaches them."""

    who: str
    name: str
    mail: str = field(repr=False)


def reachable(who: str) -> Reachable | None:
    """Return how `who` is reached (“agent:3”); None when that is no account, or one that was closed."""
    role, _, number = who.partition(":")
    if role not in {member.value for member in STAFF} or not number.isdecimal():
        return None
    account = Account.objects.filter(pk=int(number), role=role, is_active=True).first()
    return _of(account) if account else None


def staff_of(role: Role) -> tuple[Reachable, ...]:
    """Return everybody who has the role and may sign in."""
    return tuple(_of(one) for one in Account.objects.filter(role=role.value, is_active=True).order_by("pk"))


def _of(account: Account) -> Reachable:
    return Reachable(who=account.who, name=account.name, mail=account.email)

"""Who of the staff there is beside somebody, and who counts as a second person: the table asked, the rule applied."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.declared import memory
from mamori.ground.people import subjects
from mamori.ground.people.independence import BroughtIn, House
from mamori.ground.people.models import Account, Introduction
from mamori.ground.people.rules import Profile


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


def note(hand: Hand, account: Account) -> None:
    """Write down that somebody brought an account in."""
    Introduction.objects.get_or_create(account=account, by=subjects.of(hand), defaults={"at": hand.at})

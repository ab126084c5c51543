"""Who may use which ground to read, and which look asks for a second reader."""

from __future__ import annotations

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import STAFF, Role
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, PARTY_SHARE, WARRANT

_TRUSTED = frozenset({Role.LEAD, Role.COUNSEL})

READERS = {BUYER_CONSENT: STAFF, PARTY_SHARE: STAFF, WARRANT: _TRUSTED, EMERGENCY: STAFF}
"""Which roles may read on which ground."""


def may_use(ground: Ground, role: Role) -> bool:
    """Say whether `role` may read on this ground, if it holds."""
    return role in READERS.get(ground, frozenset())


def needs_second_reader(ground: Ground) -> bool:
    """Say whether another person has to look at this look afterwards."""
    return ground is EMERGENCY


def needs_reason(ground: Ground) -> bool:
    """Say whether the ground holds only with a written reason."""
    return ground in (WARRANT, EMERGENCY)

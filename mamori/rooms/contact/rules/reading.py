"""Who may read the words of a thread, and on what ground: secrecy of communications comes first."""

from __future__ import annotations

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import HEADS, STAFF, Role
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, PARTY_SHARE, WARRANT

READERS = {BUYER_CONSENT: STAFF, PARTY_SHARE: STAFF, WARRANT: HEADS, EMERGENCY: STAFF}
"""Which roles may read on which ground."""
REASONED = frozenset({WARRANT, EMERGENCY})
"""The grounds that hold only with a written reason."""


def may_read(
    ground: Ground, role: Role, *, consented: bool, shared: bool, mediated: bool, reason: str = ""
) -> bool:
    """Say whether `role` may read on this ground.

    The buyer's consent is for the case that the centre helps, so it opens the thread only once mediation has begun.
    """
    if role not in READERS.get(ground, frozenset()):
        return False
    if ground is BUYER_CONSENT:
        return consented and mediated
    return shared if ground is PARTY_SHARE else bool(reason.strip())


def is_told_of_look(ground: str, role: Role) -> bool:
    """Say whether this party finds a look among its records: both one after a share, neither one by a warrant.

    A look by the buyer's consent is the buyer's to see: the seller would learn from it that the buyer agreed.
    """
    if ground == BUYER_CONSENT.code:
        return role is Role.BUYER
    return ground == PARTY_SHARE.code

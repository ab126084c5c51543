"""Who may read the words of a thread, and on what ground: secrecy of communications comes first."""

from __future__ import annotations

from datetime import timedelta

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import Role
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, PARTY_SHARE, WARRANT

SITTING = timedelta(hours=1)
"""How long somebody goes on reading a matter on a ground that they gave for it, each look recorded by itself."""


def may_read(ground: Ground, *, consented: bool, shared: bool, mediated: bool, reason: str) -> bool:
    """Say whether staff may read on this ground.

    The buyer's consent is for the case that the centre helps, so it opens the thread only once mediation has
    begun; a warrant or an emergency needs a written reason.
    """
    if ground is BUYER_CONSENT:
        return consented and mediated
    if ground is PARTY_SHARE:
        return shared
    return ground in (WARRANT, EMERGENCY) and bool(reason.strip())


def is_told_of_look(ground: str, role: Role) -> bool:
    """Say whether this party sees that staff read: both after a share, never after a warrant.

    A look by the buyer's consent is the buyer's to see: the seller would learn from it that the buyer agreed.
    """
    if ground == BUYER_CONSENT.code:
        return role is Role.BUYER
    return ground == PARTY_SHARE.code

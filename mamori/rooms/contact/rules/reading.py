"""Who may read the words of a thread, and what a case asks of the centre, the most pressing first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mamori.grammar.actor import HEADS, STAFF, Role
from mamori.grammar.declaration import Ground
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


# What a case asks of the centre: several things at once, each until it is so no more or was looked at; one is shown first.


DANGER = "danger"
"""What a case asks before all else, open or closed, until the buyer was reached or the danger ruled out."""
OF_CALLS = ("call-owed", "call-overdue")
"""What a case asks while a call waits to be made."""
LOOK_WAITS = "second-reader"
"""What a case asks, open or closed, while an emergency look at its words waits for another person."""
UNTAKEN = "mediation-asked"
"""What a case asks while nobody has taken its mediation on."""
OWED = (
    LOOK_WAITS,
    "call-overdue",
    "call-owed",
    "centre-asked",
    "inspect-return",
    "decide-remedy",
    "decide-recovery",
    "give-back-stalled",
    UNTAKEN,
)
"""What somebody at the centre has to do, the most pressing first: no act but the one that does it ends it."""
OVERDUE = ("answer-missed", "resolution-missed")
"""What is overdue while the matter stands so; whoever acts has seen it, so that it is not shown first any more."""
COMPUTED = frozenset(OWED) - {LOOK_WAITS} | set(OVERDUE) | {DANGER}
"""What follows from how the matter stands, and is never kept by hand."""
UNREACHED = frozenset({"unreachable", "not-reached"})
"""What a seller who acts settles by that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a case asks first, and in all."""

    first: str | None = None
    all: frozenset[str] = frozenset()


def asked(
    before: Asked,
    *,
    computed: Collection[str],
    new: str | None = None,
    settles: Collection[str] = (),
    by_staff: bool = False,
) -> Asked:
    """Return what a case asks after an act.

    `computed` follows from how the matter stands; a danger among it stays first, whatever is new.  What else was asked
    stays until it is settled or staff act; an act that is a mere look says so by a `new` of "".
    """
    noted = before.all - COMPUTED - set(settles)
    if by_staff and new is None:
        noted &= {LOOK_WAITS}
    now = noted | set(computed) | ({new} if new else set())
    first = new or _first(before.first, now, by_staff=by_staff and new is None)
    return Asked(first=DANGER if DANGER in now else first, all=frozenset(now))


def asked_when_over(
    before: Asked, *, in_danger: bool, new: str | None = None, settles: Collection[str] = ()
) -> Asked:
    """Return what a case asks whose matter is over: that somebody looks at a look, and that a danger is not left."""
    now = {LOOK_WAITS} & before.all - set(settles) | ({new} if new else set())
    if in_danger:
        return Asked(first=DANGER, all=frozenset({DANGER, *now}))
    return Asked(first=new or next(iter(now), None), all=frozenset(now))


def _first(before: str | None, now: Collection[str], *, by_staff: bool) -> str | None:
    if before in now and not (by_staff and before in OVERDUE):
        return before
    left = [one for one in OWED if one in now] + sorted(set(now) - COMPUTED - {LOOK_WAITS})
    return left[0] if left else None

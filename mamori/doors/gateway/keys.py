"""Who calls: a machine by its API key, and a party whose token the marketplace signed."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.doors.gateway.refusals import (
    KeyNeeded,
    KeyNotGood,
    PartyNeeded,
    PartyNotAsked,
    PartyNotGood,
    ScopeMissing,
)
from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Access, DoorVerdict, Presence
from mamori.ground.web.signs import Visit

PARTY = "Mamori-Party"
AUDIENCE = "mamori/api"
"""What a party's token names as its audience, so that a link that somebody saw is no token."""
PARTIES = SELLERS | {Role.BUYER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The machine, and the party that it speaks for, if any."""

    machine: Presence
    party: Presence | None

    @property
    def presence(self) -> Presence:
        """Return who acts: the party where there is one."""
        return self.party or self.machine

    def actor(self, request: Visit) -> Actor:
        """Return the actor; `via` says which machine carried it."""
        via = f"api/{self.machine.who}" if self.party else "api"
        return self.presence.actor(at=request.received_at, via=via, request=request.number)


def caller_of(request: Visit) -> Caller:
    """Return who calls; a session's cookie counts for nothing here."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise KeyNeeded
    machine = people.machine_of(token.strip(), at=request.came_at)
    if machine is None:
        raise KeyNotGood
    return Caller(machine=machine, party=_party_of(request))


def _party_of(request: Visit) -> Presence | None:
    if PARTY not in request.headers:
        return None
    try:
        return people.party_of(request.headers[PARTY].strip(), at=request.came_at, audience=AUDIENCE)
    except people.BadToken as bad:
        raise PartyNotGood(bad.flaw) from None


def admit(caller: Caller, access: Access, request: Visit) -> None:
    """Let the caller in where the table says so."""
    if access.scope not in caller.machine.scopes:
        raise ScopeMissing(scope=access.scope)
    here = caller.presence
    verdict = people.may_enter(
        access, role=here.role, scopes=here.scopes, stepped_up_at=None, at=request.came_at
    )
    if verdict is DoorVerdict.ENTER:
        return
    if caller.party is None:
        raise PartyNeeded
    raise PartyNotAsked(role=here.role.text)

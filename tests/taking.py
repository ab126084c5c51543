"""Somebody takes a case, and the mediation goes with it, as on the page of the case."""

from __future__ import annotations

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import actions as cases
from mamori.rooms.contact import actions as contact


def take(by: Actor, trouble: int) -> None:
    """Take the case of a trouble."""
    cases.take(by, about=f"contact.trouble:{trouble}")
    machine = Actor(by="machine:cases", role=Role.MACHINE, at=by.at, via="test")
    contact.follow_case(machine, trouble=trouble, to=by.by)

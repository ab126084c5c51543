"""How what is done about what everybody reads is recorded: of nobody, under the name of the thing."""

from __future__ import annotations

from typing import Any

from mamori.grammar.actor import Actor
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.performance import Performance


def record(actor: Actor, verb: str, about: str, *, reason: str = "", **told: Any) -> int:
    """Record an act of this room that is about no party, and return its number."""
    return ledger.record(
        actor, kind=f"disclosure.{verb}", subject=ledger.MARKET, about=about, reason=reason, payload=told
    )


def record_version(act: Performance[Any], verb: str, reason: str = "", **told: Any) -> int:
    """Record what an actor did to a matter, which is another version from then on, and return the act's number."""
    act.matter.version += 1
    act.save("version")
    return record(act.actor, verb, act.kind.case(act.matter), reason=reason, **told)

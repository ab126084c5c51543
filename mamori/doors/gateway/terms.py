"""The terms over JSON: what was published, what binds the seller who asks, and its acceptance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared.records import Count, Part, says
from mamori.ground.ledger.ids import RECEIPT
from mamori.ground.terms import actions, facts
from mamori.ground.terms.facts import By


class Wording(Schema):
    """A title or text in both languages."""

    ja: str
    en: str


class Bound(Schema):
    """The version that binds the seller who asks: since when, and how it came to."""

    version: int
    since: datetime
    by: By
    receipt: Annotated[str, Field(pattern=RECEIPT.pattern)] | None


class ClauseShown(Schema):
    """A published clause in its newest version; `bound` is told to the seller alone, null when nothing binds it."""

    clause: str
    version: int
    title: Wording
    text: Wording
    announced_at: datetime
    binds_on: date
    bound: Bound | None


class Terms(Schema):
    """Every published clause."""

    items: list[ClauseShown]


class TermsAccepted(Schema):
    """An acceptance, with the number of its receipt."""

    clause: str
    version: int
    receipt: Annotated[str, Field(pattern=RECEIPT.pattern)]


class Acceptance(Part, frozen=True, kw_only=True):
    """Which version the seller has read and accepts."""

    version: Annotated[Count, says("読んで同意する版", "the version that was read and is accepted")]


def list_terms(actor: Actor) -> Status[Terms]:
    """Return the newest version of every clause, and what binds the seller who asks."""
    newest = {one.clause: one for one in facts.versions()}
    ref = actor.whose.removeprefix("seller:")
    bound = {} if actor.role is Role.MACHINE else facts.bindings(ref, newest, actor.at)
    items = [
        ClauseShown(
            clause=one.clause,
            version=one.version,
            title=Wording(ja=one.title.ja, en=one.title.en),
            text=Wording(ja=one.text.ja, en=one.text.en),
            announced_at=one.announced_at,
            binds_on=one.binds_on,
            bound=_bound(bound.get(one.clause)),
        )
        for one in newest.values()
    ]
    return Status(200, Terms(items=items))


def accept_terms(actor: Actor, clause: str, body: Acceptance) -> Status[TermsAccepted]:
    """Accept the newest version of a clause, as the seller itself."""
    act = actions.agree(actor, clause=clause, version=body.version)
    return Status(200, TermsAccepted(clause=clause, version=body.version, receipt=RECEIPT.of(act)))


def _bound(found: facts.Binding | None) -> Bound | None:
    if found is None:
        return None
    return Bound(
        version=found.version,
        since=found.since,
        by=found.by,
        receipt=RECEIPT.of(found.act) if found.act else None,
    )

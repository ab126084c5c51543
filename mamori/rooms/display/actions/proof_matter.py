"""The kind of matter of a proof: found locked by its channel and whose contact it is, recorded and settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mamori.grammar.event import Event
from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.law.display import DISPLAY_HINDERS
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.lifecycle import PROOF
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.queries.proofs import name_of, parts_of
from mamori.rooms.display.rules.proofs import ProofChannel
from mamori.rooms.display.rules.standing import of_proof


def about_proof(one: ContactProof) -> str:
    """Return the name under which acts and clocks know a proof."""
    return f"display.proof:{name_of(ProofChannel(one.channel), one.seller_ref)}"


def settle_proofs(proofs: Iterable[ContactProof], *, at: datetime, why: str) -> None:
    """Let stand about proofs that are locked what should."""
    hinders = terms.setting(DISPLAY_HINDERS, at=at)
    should = {about_proof(one): tuple(of_proof(one, hinders=hinders)) for one in proofs}
    settlement.settle(should, at=at, why=why, hindering=list(should))


def _record(act: Performance[ContactProof], verb: str, *events: Event, **told: Any) -> int:
    proof = act.matter
    for event in events:
        outbox.publish(event, at=act.hand.at)
    return ledger.record(
        act.hand,
        kind=f"display.{verb}",
        subject=f"seller:{proof.seller_ref}",
        about=about_proof(proof),
        payload={"channel": proof.channel, "state": proof.state, "turn": proof.turn, **told},
    )


def _settle(act: Performance[ContactProof]) -> None:
    settle_proofs([act.matter], at=act.hand.at, why=act.verb)


def _find(hand: Hand, name: str, version: int | None) -> ContactProof:
    """Return a proof, locked; it is made where there was none.

    :raises NoSuchShop: when its seller is none of this hand's.
    """
    del version
    channel, seller_ref = parts_of(name)
    if hand.role is not Role.MACHINE and hand.role not in STAFF and not hand.is_sellers(seller_ref):
        raise NoSuchShop
    row = ContactProof(seller_ref=seller_ref, channel=channel.value)
    ContactProof.objects.bulk_create([row], ignore_conflicts=True)
    return ContactProof.objects.select_for_update().get(seller_ref=seller_ref, channel=channel.value)


PROOFS: Kind[ContactProof, str] = Kind(
    chart=PROOF,
    find=_find,
    case=about_proof,
    record=_record,
    settle=_settle,
)

"""The kind of matter of a proof: found locked by its channel and whose contact it is, recorded and settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mamori.grammar.event import Event
from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.matters.performance import Kind, Performance
from mamori.rooms.display.actions.matter import NoSuchShop, keep_act, settle_rows
from mamori.rooms.display.lifecycle import PROOF
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.rules.proofs import proof_parts
from mamori.rooms.display.rules.standing import of_proof


def about_proof(one: ContactProof) -> str:
    """Return the name under which acts and clocks know a proof."""
    return f"display.proof:{one.name}"


def settle_proofs(proofs: Iterable[ContactProof], *, at: datetime, why: str) -> None:
    """Let stand about proofs what should."""
    settle_rows(proofs, about_proof, of_proof, at=at, why=why)


def _record(act: Performance[ContactProof], verb: str, *events: Event, **told: Any) -> int:
    proof = act.matter
    payload = {"channel": proof.channel, "state": proof.state, "turn": proof.turn, **told}
    return keep_act(act, verb, events, about=about_proof(proof), payload=payload)


def _settle(act: Performance[ContactProof]) -> None:
    settle_proofs([act.matter], at=act.hand.at, why=act.verb)


def _find(hand: Hand, name: str, version: int | None) -> ContactProof:
    """Return a proof, locked; it is made where there was none."""
    del version
    channel, seller_ref = proof_parts(name)
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

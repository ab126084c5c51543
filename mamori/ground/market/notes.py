"""What the marketplace adds to its answer on an instruction: a reference or a reason, sealed like all that people write."""

from __future__ import annotations

from collections.abc import Iterable

from mamori.ground.market.kinds import OF_SELLERS
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.models import Instruction
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place

_OF_SELLERS = frozenset(kind.code for kind in OF_SELLERS)


def concerned(row: Instruction) -> str:
    """Return whom an instruction concerns: a deduction and a measure are no business of a buyer's."""
    if row.order is not None and row.kind not in _OF_SELLERS:
        return f"buyer:{row.order.buyer_id}"
    return f"seller:{row.seller_id}"


def sealed(row: Instruction, note: str) -> bytes | None:
    """Return what the marketplace added, sealed; None where it added nothing."""
    if not note.strip():
        return None
    return sealing.seal(subject=concerned(row), place=_place(row), plain=note.strip().encode())


def refused_because(refs: Iterable[str]) -> str:
    """Return what the marketplace added to the newest refusal among these; "" where nothing, or nobody can read it."""
    asked = Instruction.objects.select_related("order").filter(
        pk__in=[ref for ref in refs if ref], state=InstructionState.REFUSED.value
    )
    row = asked.order_by("-closed_at", "-ref").first()
    if row is None or row.note is None:
        return ""
    try:
        plain = seals.unseal(subject=concerned(row), place=_place(row), sealed=bytes(row.note))
    except seals.Shredded:
        return ""
    return plain.decode()


def _place(row: Instruction) -> Place:
    return Place("market_instruction", row.pk, "note")

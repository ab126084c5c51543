"""The receipt: everything that an outsider needs to check one act, in one JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import addresses, log
from mamori.ground.ledger.content import canonical, place_of
from mamori.ground.ledger.log import LogDamaged
from mamori.ground.ledger.merkle import includes, inclusion, leaf_hash
from mamori.ground.ledger.models import Act, ActContent, Checkpoint, Leaf
from mamori.ground.seal import facts as seal

FORMAT = "mamori-receipt/1"


class NoSuchAct(Refusal, code="ledger.no_such_act", status=404):
    """No act has the number."""

    text = Text(
        "受付番号 {number} の記録はありません。番号を確かめてください。",
        "There is no act {number}. Check the number on your receipt.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One act with the proof of its place; `content` and `salt` are None when not asked for, or erased."""

    number: int
    leaf: dict[str, int | str]
    content: dict[str, Any] | None
    salt: str | None
    index: int
    size: int
    proof: tuple[str, ...]
    checkpoint: str
    key: str

    @property
    def address(self) -> str:
        """Return where this receipt stands for whoever was given it: "12-k5x7…"."""
        return addresses.address_of(self.number, bytes.fromhex(str(self.leaf["commitment"])))

    def as_dict(self) -> dict[str, Any]:
        """Return the receipt as JSON-ready values."""
        return {
            "format": FORMAT,
            "number": self.number,
            "leaf": self.leaf,
            "content": self.content,
            "salt": self.salt,
            "index": self.index,
            "size": self.size,
            "proof": list(self.proof),
            "checkpoint": self.checkpoint,
            "key": self.key,
        }

    def as_json(self) -> str:
        """Return the receipt as the text of a file."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"


def receipt(number: int, *, opened: bool = True) -> Receipt | None:
    """Return the receipt of an act, None while its place is not signed yet."""
    if not Act.objects.filter(pk=number).exists():
        raise NoSuchAct(number=number)
    leaf = Leaf.objects.select_related("act").filter(act=number).first()
    last = Checkpoint.objects.order_by("-number").first()
    if leaf is None or last is None or leaf.index >= last.size:
        return None
    store = log.store()
    try:
        proof = inclusion(lambda height, at: store.node(height, at, size=last.size), leaf.index, last.size)
    except (OSError, ValueError):
        raise LogDamaged(place="tile") from None
    hashed = leaf_hash(canonical(leaf.act.entry))
    if not includes(leaf=hashed, index=leaf.index, size=last.size, proof=proof, root=bytes(last.root)):
        raise LogDamaged(place=f"act {number}")
    content, salt = content_of(number) if opened else (None, None)
    return Receipt(
        number=number,
        leaf=leaf.act.entry,
        content=content,
        salt=salt,
        index=leaf.index,
        size=last.size,
        proof=tuple(step.hex() for step in proof),
        checkpoint=last.note,
        key=log.signer().verifier.vkey,
    )


def content_of(number: int) -> tuple[dict[str, Any] | None, str | None]:
    """Return what an act says and its salt, or None twice when it was erased."""
    return opened(ActContent.objects.get(pk=number), seal.Opener())


def opened(row: ActContent, opener: seal.Opener) -> tuple[dict[str, Any] | None, str | None]:
    """Return what a content says and its salt, or None twice when it was erased."""
    try:
        plain = opener.unseal(subject=row.subject, place=place_of(row.pk), sealed=bytes(row.sealed))
    except seal.Shredded:
        return None, None
    content = json.loads(plain)
    return content, content.pop("salt")

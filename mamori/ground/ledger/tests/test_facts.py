"""Receipts that prove their act by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings

from mamori.ground.ledger import facts
from mamori.ground.ledger.formats import Verifier, includes, leaf_hash, read_head
from mamori.ground.ledger.log import canonical, commitment_to


def test_a_receipt_proves_its_act_by_itself(log: list[int]) -> None:
    receipt = facts.receipt(log[120])

    assert receipt is not None
    data = json.loads(receipt.as_json())
    head = read_head(data["checkpoint"], Verifier.read(data["key"]))
    proof = [bytes.fromhex(step) for step in data["proof"]]
    leaf = leaf_hash(canonical(data["leaf"]))
    assert includes(leaf=leaf, index=data["index"], size=head.size, proof=proof, root=head.root)
    assert commitment_to(bytes.fromhex(data["salt"]), data["content"]).hex() == data["leaf"]["commitment"]
    assert data["content"]["reason"] == "理由120"
    assert data["key"] == facts.key()


def test_a_receipt_shows_what_the_act_says_only_when_asked(log: list[int]) -> None:
    receipt = facts.receipt(log[0], opened=False)

    assert receipt is not None
    assert (receipt.content, receipt.salt) == (None, None)


@pytest.mark.django_db
def test_a_number_that_was_never_given_is_refused() -> None:
    for never in (9_999_999, 10**20):
        with pytest.raises(facts.NoSuchAct):
            facts.receipt(never)


def test_a_damaged_log_gives_no_receipt(log: list[int]) -> None:
    tile = Path(settings.LOG) / "tile/0/000"
    good = tile.read_bytes()

    for bad in (b"\0" * 32 + good[32:], b""):
        tile.write_bytes(bad)
        with pytest.raises(facts.LogDamaged):
            facts.receipt(log[1])

"""What was signed is built upon; what was changed is not signed, and what was lost is written anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from mamori.ground.ledger import actions
from mamori.ground.ledger.formats import leaf_hash, read_head, root_of
from mamori.ground.ledger.log import LogDamaged, canonical, the_signer, the_store
from mamori.ground.ledger.models import Act, Checkpoint, Leaf, Pending
from mamori.ground.ledger.tests.conftest import NOON, Write
from mamori.ground.seal import keystore
from mamori.ground.seal.facts import KeyWrong

type Superuser = Callable[..., None]


def shown() -> str:
    return (Path(settings.LOG) / "checkpoint").read_text()


def test_acts_get_consecutive_places_in_their_order_and_a_signed_head(log: list[int]) -> None:
    head = read_head(shown(), the_signer().verifier)

    assert list(Leaf.objects.order_by("index").values_list("index", "act")) == list(enumerate(log))
    assert not Pending.objects.exists()
    entries = [canonical(act.entry) for act in Act.objects.order_by("pk")]
    assert (head.size, head.root) == (300, root_of(map(leaf_hash, entries)))
    assert [*the_store().entries(0, size=300), *the_store().entries(1, size=300)] == entries
    assert list(Checkpoint.objects.order_by("number").values_list("number", "size")) == [
        (1, 1),
        (2, 100),
        (3, 256),
        (4, 300),
    ]


def test_a_lost_folder_is_written_anew_from_the_tables(log: list[int], write: Write) -> None:
    before = shown()
    settings.LOG = Path(settings.LOG).parent / "empty"

    actions.sequence(at=NOON)
    assert shown() == before
    write()
    actions.sequence(at=NOON)

    assert read_head(shown(), the_signer().verifier).size == 301
    assert len(the_store().entries(0, size=301)) == 256


def test_a_log_changed_on_disk_is_not_signed(log: list[int], write: Write) -> None:
    tile = Path(settings.LOG) / "tile/0/001.p/44"
    tile.write_bytes(b"\0" * 32 + tile.read_bytes()[32:])
    write()

    with pytest.raises(LogDamaged, match="checkpoint 4"):
        actions.sequence(at=NOON)


def test_a_shortened_tile_is_not_signed(log: list[int], write: Write) -> None:
    (Path(settings.LOG) / "tile/0/001.p/44").write_bytes(b"short")
    write()

    with pytest.raises(LogDamaged, match="too short"):
        actions.sequence(at=NOON)


def test_an_entry_changed_on_disk_is_not_signed(log: list[int], write: Write) -> None:
    bundle = Path(settings.LOG) / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes()[:-1] + b" ")
    write()

    with pytest.raises(LogDamaged, match="tile, checkpoint 4"):
        actions.sequence(at=NOON)


def test_tables_changed_while_the_folder_is_lost_are_not_signed(
    log: list[int], write: Write, superuser: Superuser
) -> None:
    superuser("UPDATE ledger_act SET kind = 'other' WHERE id = %s", log[5])
    settings.LOG = Path(settings.LOG).parent / "empty"
    write()

    with pytest.raises(LogDamaged, match="act, leaf"):
        actions.sequence(at=NOON)


def test_a_gap_among_the_leaves_is_named(log: list[int], write: Write, superuser: Superuser) -> None:
    superuser('INSERT INTO ledger_leaf ("index", act_id) VALUES (400, %s)', write())

    with pytest.raises(LogDamaged, match="leaf 300"):
        actions.sequence(at=NOON)


def test_a_head_whose_columns_were_changed_is_not_built_upon(log: list[int], superuser: Superuser) -> None:
    superuser("UPDATE ledger_checkpoint SET root = %s WHERE number = 4", b"0" * 32)

    with pytest.raises(LogDamaged, match="checkpoint 4"):
        actions.sequence(at=NOON)


def test_another_key_does_not_go_on_signing(log: list[int], tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "stranger"
    for key in keystore.Key:
        keystore.make(key)

    with pytest.raises(KeyWrong, match=r"log\.key"):
        actions.sequence(at=NOON)


def test_a_moment_is_signed_with_the_head(log: list[int]) -> None:
    last = Checkpoint.objects.get(number=4)

    assert (
        read_head(last.note, the_signer().verifier).at
        == last.at
        == datetime.fromisoformat("2026-09-18T07:59:00Z")
    )

"""Receipts with what a buyer saw: proved as they were given, and each exchange, change or stranger is found."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verifier import mamori_verify
from verifier.test_mamori_verify import SECRET, canonical, note, path, sha, tree, vkey

STRANGER = Ed25519PrivateKey.from_private_bytes(b"8" * 32)
AT = "2026-09-18T03:00:00.000000Z"
SALT = b"c" * 32
SHOWN = {"items": [{"item": "shipping", "said": "全国一律 800円"}], "text": ""}

type Files = dict[str, Any]


def files(secret: Ed25519PrivateKey = SECRET, *, bound: bool = True) -> Files:
    """Return what both files hold, made from a log of three acts: a display kept, an order and a screen told."""
    payload = {"version": 3} | ({"content": sha(SALT + canonical(SHOWN)).hex()} if bound else {})
    kept = {"at": AT, "kind": "display.keep", "subject": "seller:S-1", "payload": payload}
    told = [
        ("display", kept),
        *((of, {"at": AT, "kind": "market.put", "of": of}) for of in ("order", "screen")),
    ]
    salts = [bytes([place]) * 32 for place in range(3)]
    leaves = [
        {"act": place, "at": AT, "commitment": sha(salt + canonical(one)).hex(), "kind": one["kind"]}
        for place, ((_, one), salt) in enumerate(zip(told, salts, strict=True))
    ]
    hashes = [sha(b"\0" + canonical(leaf)) for leaf in leaves]
    receipts = [
        {
            "format": "mamori-receipt/1",
            "number": place,
            "leaf": leaf,
            "content": kept if place == 0 else None,
            "salt": salts[0].hex() if place == 0 else None,
            "index": place,
            "size": 3,
            "proof": [step.hex() for step in path(place, hashes)],
            "checkpoint": note(3, tree(hashes), secret),
            "key": vkey(secret),
        }
        for place, leaf in enumerate(leaves)
    ]
    things = {
        of: {"receipt": mamori_verify.address(leaf)} for (of, _), leaf in zip(told, leaves, strict=True)
    }
    things["display"] |= {"seller": "S-1", "version": 3, "salt": SALT.hex(), "content": SHOWN}
    entries = [{"of": of, "receipt": one} for (of, _), one in zip(told, receipts, strict=True)]
    return {"seen": things, "receipts": entries}


def run(folder: Path, made: Files, *options: str, seen: bytes | None = None, digest: str = "") -> int:
    text = json.dumps(made["seen"], ensure_ascii=False).encode()
    (folder / "seen.json").write_bytes(text if seen is None else seen)
    told = {
        "format": "mamori-receipts/1",
        "seen_sha256": digest or sha(text).hex(),
        "receipts": made["receipts"],
    }
    (folder / "receipts.json").write_text(json.dumps(told))
    return mamori_verify.main([str(folder / "receipts.json"), "--seen", str(folder / "seen.json"), *options])


def test_what_is_true_is_proved_and_what_is_not_proved_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, files(), "--key", vkey()) == 0

    said = capsys.readouterr().out
    assert said.count("Proved: of ") == 3
    assert "What was shown is what was recorded." in said
    assert "Not proved" in said
    assert "Beware" not in said


def test_without_the_data_or_without_a_binding_time_alone_is_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, files(bound=False), "--key", vkey()) == 0
    assert "its time alone" in capsys.readouterr().out

    run(tmp_path, files(), "--key", vkey())
    capsys.readouterr()
    assert mamori_verify.main([str(tmp_path / "receipts.json"), "--key", vkey()]) == 0
    assert "was not compared" in capsys.readouterr().out


def test_every_changed_byte_of_the_data_is_found_whoever_corrects_the_digest(tmp_path: Path) -> None:
    made = files()
    text = json.dumps(made["seen"], ensure_ascii=False).encode()
    start = text.index(b'"content"')

    for place in range(0, len(text), 3):
        changed = bytearray(text)
        changed[place] ^= 0x01
        assert run(tmp_path, made, "--key", vkey(), seen=bytes(changed)) in (1, 2), place
        if place > start and text[place : place + 1].isalnum():
            corrected = sha(bytes(changed)).hex()
            assert run(tmp_path, made, "--key", vkey(), seen=bytes(changed), digest=corrected) in (1, 2)


def _swap(made: Files, one: int, other: int) -> None:
    entries = made["receipts"]
    entries[one]["receipt"], entries[other]["receipt"] = entries[other]["receipt"], entries[one]["receipt"]


def _show(made: Files, **changed: Any) -> None:
    made["seen"]["display"] |= changed


FAULTS: dict[str, Callable[[Files], object]] = {
    "a receipt of another log": lambda made: made["receipts"][1].update(files(STRANGER)["receipts"][1]),
    "the display's receipt of another log": lambda made: made["receipts"][0].update(
        files(STRANGER)["receipts"][0]
    ),
    "the display's receipt and the order's": lambda made: _swap(made, 0, 1),
    "the order's receipt and the screen's": lambda made: _swap(made, 1, 2),
    "one receipt twice": lambda made: made["receipts"][2].update(receipt=made["receipts"][1]["receipt"]),
    "another seller": lambda made: _show(made, seller="S-2"),
    "another version": lambda made: _show(made, version=2),
    "another salt": lambda made: _show(made, salt="00" * 32),
    "no salt": lambda made: _show(made, salt=""),
    "other words": lambda made: _show(made, content=SHOWN | {"text": "送料無料"}),
    "no words": lambda made: made["seen"]["display"].pop("content"),
    "no display": lambda made: made["receipts"].pop(0),
    "the display twice": lambda made: made["receipts"].append(made["receipts"][0]),
    "an unknown thing": lambda made: made["receipts"][1].update(of="payment"),
    "a thing that the data lacks": lambda made: made["seen"].pop("screen"),
    "no receipt": lambda made: made["receipts"][1].update(receipt={}),
    "another kind of value": lambda made: made["receipts"].append(7),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    made = copy.deepcopy(files())
    FAULTS[fault](made)

    assert run(tmp_path, made, "--key", vkey()) in (1, 2)


def test_a_display_without_proof_yet_is_not_called_proved(tmp_path: Path) -> None:
    made = files()
    made["receipts"][0]["receipt"] = None

    assert run(tmp_path, made, "--key", vkey()) == 2
    assert run(tmp_path, made) == 2


def test_an_order_without_proof_yet_leaves_the_display_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = files()
    made["receipts"][1]["receipt"] = None

    assert run(tmp_path, made, "--key", vkey()) == 0
    assert "no proof yet of the order" in capsys.readouterr().out


def test_a_whole_bundle_of_a_stranger_is_refuted_under_the_published_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, files(STRANGER), "--key", vkey()) == 1
    assert run(tmp_path, files(STRANGER)) == 0
    assert "proves little" in capsys.readouterr().out


def test_a_head_that_was_kept_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "kept.txt"

    kept.write_text(files()["receipts"][0]["receipt"]["checkpoint"])
    assert run(tmp_path, files(), "--key", vkey(), "--checkpoint", str(kept)) == 0
    assert "it agrees" in capsys.readouterr().out

    kept.write_text(note(3, b"r" * 32))
    assert run(tmp_path, files(), "--key", vkey(), "--checkpoint", str(kept)) == 1

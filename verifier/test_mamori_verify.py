"""The one-file verifier: proves what is true, refutes every changed byte, and never breaks on garbage."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings, strategies as st

from verifier import mamori_verify

FILE = Path(mamori_verify.__file__)
SECRET = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
NAME = "market.example/log"


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def vkey(secret: Ed25519PrivateKey = SECRET, name: str = NAME) -> str:
    public = b"\x01" + secret.public_key().public_bytes_raw()
    return f"{name}+{sha(name.encode() + b'\n' + public)[:4].hex()}+{base64.b64encode(public).decode()}"


def note(size: int | str, root: bytes, secret: Ed25519PrivateKey = SECRET, name: str = NAME) -> str:
    text = f"{name}\n{size}\n{base64.b64encode(root).decode()}\nat 2026-09-18T03:00:00.000000Z\n"
    id_ = bytes.fromhex(vkey(secret, name).split("+")[1])
    return f"{text}\n— {name} {base64.b64encode(id_ + secret.sign(text.encode())).decode()}\n"


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def tree(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\1" + tree(hashes[:k]) + tree(hashes[k:]))


def path(index: int, hashes: list[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    k = 1 << (len(hashes) - 1).bit_length() - 1
    if index < k:
        return [*path(index, hashes[:k]), tree(hashes[k:])]
    return [*path(index - k, hashes[k:]), tree(hashes[:k])]


def receipt(size: int = 7, index: int = 4, **changes: Any) -> dict[str, Any]:
    content = {
        "at": "2026-09-18T03:00:00.000000Z",
        "by": "sato",
        "kind": "contact.asked",
        "reason": "返事がない",
    }
    salt = b"s" * 32
    commitment = sha(salt + canonical(content)).hex()
    leaf = {"act": 12, "at": content["at"], "commitment": commitment, "kind": "contact.asked"}
    hashes = [sha(b"\0" + (canonical(leaf) if i == index else b"%d" % i)) for i in range(size)]
    return {
        "format": "mamori-receipt/1",
        "number": 12,
        "leaf": leaf,
        "content": content,
        "salt": salt.hex(),
        "index": index,
        "size": size,
        "proof": [step.hex() for step in path(index, hashes)],
        "checkpoint": note(size, tree(hashes)),
        "key": vkey(),
    } | changes


def run(folder: Path, text: str | bytes, *options: str) -> int:
    file = folder / "receipt.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return mamori_verify.main([str(file), *options])


@pytest.mark.parametrize("size", range(1, 20))
def test_a_true_receipt_of_any_place_is_proved(tmp_path: Path, size: int) -> None:
    for index in range(size):
        assert run(tmp_path, json.dumps(receipt(size, index)), "--key", vkey()) == 0


def test_both_languages_are_spoken_and_one_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, json.dumps(receipt()))
    both = capsys.readouterr().out
    run(tmp_path, json.dumps(receipt()), "--lang", "en")
    one = capsys.readouterr().out

    assert "確かめました" in both
    assert "Proved" in both
    assert "確かめました" not in one


def test_a_key_taken_from_the_receipt_is_said_to_prove_little(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, json.dumps(receipt())) == 0
    assert "proves little" in capsys.readouterr().out

    assert run(tmp_path, json.dumps(receipt()), "--key", vkey()) == 0
    assert "proves little" not in capsys.readouterr().out


def test_every_changed_byte_is_refused_unless_the_meaning_is_the_same(tmp_path: Path) -> None:
    text = json.dumps(receipt(), ensure_ascii=False).encode()
    meaning = json.loads(text)

    tried = 0
    for index in range(len(text)):
        for flip in (0x01, 0x20, 0x80):
            changed = bytearray(text)
            changed[index] ^= flip
            try:
                if json.loads(bytes(changed)) == meaning:
                    continue
            except ValueError:
                pass
            assert run(tmp_path, bytes(changed), "--key", vkey()) in (1, 2), (
                index,
                bytes(changed[index - 9 : index + 9]),
            )
            tried += 1

    assert tried > 2 * len(text)


def test_what_is_signed_or_named_absurdly_is_told_and_breaks_nothing(tmp_path: Path) -> None:
    endless = note("1" * 5_000, b"\0" * 32)
    half = "\ud800" + vkey()[len(NAME) :]

    assert run(tmp_path, json.dumps(receipt(checkpoint=endless)), "--key", vkey()) == 1
    assert run(tmp_path, json.dumps(receipt(key=half))) == 2


@pytest.mark.parametrize("field", sorted(mamori_verify.FIELDS))
@pytest.mark.parametrize(
    "value", [None, 0, 1, -1, True, 1 << 70, "", "x", [], {}, ["00"], [None], {"act": []}]
)
def test_no_value_of_another_kind_passes_or_breaks_it(tmp_path: Path, field: str, value: Any) -> None:
    changed = receipt() | {field: value}
    if field == "content" and value is None:
        changed["content"] = 7

    assert run(tmp_path, json.dumps(changed), "--key", vkey()) in (1, 2)


@pytest.mark.parametrize("field", sorted(mamori_verify.FIELDS))
def test_a_field_that_lacks_is_refused(tmp_path: Path, field: str) -> None:
    changed = receipt()
    del changed[field]

    assert run(tmp_path, json.dumps(changed), "--key", vkey()) in (1, 2)
    assert run(tmp_path, json.dumps(changed)) in (1, 2)


def test_a_receipt_without_content_is_proved_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, json.dumps(receipt(content=None, salt=None)), "--key", vkey()) == 0
    assert "does not show the content" in capsys.readouterr().out


def test_a_content_for_another_kind_of_act_is_refuted(tmp_path: Path) -> None:
    content = {"at": "2026-09-18T03:00:00.000000Z", "kind": "other"}
    salt = b"s" * 32
    forged = receipt()
    forged["leaf"]["commitment"] = sha(salt + canonical(content)).hex()
    leaf = sha(b"\0" + canonical(forged["leaf"]))

    alone = forged | {
        "content": content, "index": 0, "size": 1, "proof": [], "checkpoint": note(1, leaf)
    }  # fmt: skip

    assert run(tmp_path, json.dumps(alone), "--key", vkey()) == 1


def test_a_receipt_of_a_stranger_is_refuted_under_the_published_key(tmp_path: Path) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"8" * 32)
    true = receipt()
    size, root, _ = mamori_verify.head_of(true["checkpoint"], mamori_verify.Key(vkey()))

    forged = receipt(checkpoint=note(size, root, stranger), key=vkey(stranger))

    assert run(tmp_path, json.dumps(forged)) == 0
    assert run(tmp_path, json.dumps(forged), "--key", vkey()) == 1
    assert run(tmp_path, json.dumps(forged | {"key": vkey()}), "--key", vkey()) == 1


def test_a_head_of_another_log_is_refuted(tmp_path: Path) -> None:
    _, root, _ = mamori_verify.head_of(receipt()["checkpoint"], mamori_verify.Key(vkey()))
    other = note(7, root).replace(f"{NAME}\n7", "elsewhere\n7")

    assert run(tmp_path, json.dumps(receipt(checkpoint=other)), "--key", vkey()) == 1


def test_a_kept_head_agrees_forks_or_cannot_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    true = json.dumps(receipt())
    kept = tmp_path / "kept.txt"
    options = "--key", vkey(), "--checkpoint", str(kept)

    kept.write_text(receipt()["checkpoint"])
    assert run(tmp_path, true, *options) == 0
    assert "it agrees" in capsys.readouterr().out

    kept.write_text(note(9, b"r" * 32))
    assert run(tmp_path, true, *options) == 0
    assert "cannot be compared" in capsys.readouterr().out

    kept.write_text(note(7, b"r" * 32))
    assert run(tmp_path, true, *options) == 1
    assert "fork" in capsys.readouterr().out

    kept.write_text("no note at all")
    assert run(tmp_path, true, *options) == 1
    kept.unlink()
    assert run(tmp_path, true, *options) == 2


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = json.dumps(receipt())

    assert run(tmp_path, text[:-1] + ', "number": 12}', "--key", vkey()) == 1


@pytest.mark.parametrize(
    "key", ["", "x", "a+b+c", "a+00000000+AAAA", vkey()[:-1], " " + vkey(), vkey(name="a b")]
)
def test_an_unusable_key_is_said_to_be_so(tmp_path: Path, key: str) -> None:
    assert run(tmp_path, json.dumps(receipt()), f"--key={key}") == 2


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{",
        b"1e999",
        b"[" * 100_000,
        b"9" * 5000,
        b'{"a":"\\ud800"}',
        b"x" * (5 << 20),
    ],
)
def test_garbage_is_said_to_be_unreadable(tmp_path: Path, text: bytes) -> None:
    assert run(tmp_path, text) in (1, 2)


def test_half_a_character_in_the_leaf_is_refuted(tmp_path: Path) -> None:
    changed = receipt()
    changed["leaf"]["kind"] = "\ud800"

    assert run(tmp_path, json.dumps(changed), "--key", vkey()) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    )
)
def test_no_json_value_anywhere_breaks_it(tmp_path: Path, value: Any) -> None:
    for field in mamori_verify.FIELDS - {"content"}:
        if receipt()[field] != value:
            assert run(tmp_path, json.dumps(receipt() | {field: value})) in (1, 2)


def test_the_file_alone_runs_as_a_program_and_needs_nothing_of_mamori(tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "verify.py").write_bytes(FILE.read_bytes())
    (alone / "receipt.json").write_text(json.dumps(receipt()))

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "verify.py", "receipt.json", "--key", vkey()],
        cwd=alone,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert "確かめました" in done.stdout.decode()
    assert "import mamori" not in FILE.read_text()
    assert "from mamori" not in FILE.read_text()


def test_without_the_library_it_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [
            sys.executable,
            "-c",
            f"import sys; sys.modules['cryptography'] = None; exec(open({str(FILE)!r}).read())",
        ],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 2
    assert b"pip install cryptography" in done.stderr

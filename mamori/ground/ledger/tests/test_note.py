"""Notes and checkpoints against the examples of the C2SP specifications, and against tampering."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mamori.ground.ledger.formats import Head, NoteBroken, Signer, Verifier, open_note, read_head

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
SIGNER = Signer("market.example/log", b"7" * 32)
HEAD = Head("market.example/log", 3, b"r" * 32, NOON)
KNOWN_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
KNOWN_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_a_note_that_other_software_signed_opens() -> None:
    assert open_note(KNOWN_NOTE, Verifier.read(KNOWN_KEY)) == "This is an example message.\n"


def test_a_checkpoint_is_read_back_by_its_key() -> None:
    note = SIGNER.sign(HEAD.text)

    assert note.split("\n")[:2] == ["market.example/log", "3"]
    assert read_head(note, SIGNER.verifier) == HEAD
    assert Verifier.read(SIGNER.verifier.vkey) == SIGNER.verifier


def test_other_signatures_beside_ours_are_passed_over() -> None:
    witness = Signer("witness.example/w", b"8" * 32)
    line = witness.sign(HEAD.text).rsplit("\n\n", 1)[1]

    assert read_head(SIGNER.sign(HEAD.text) + line, SIGNER.verifier) == HEAD
    assert read_head(SIGNER.sign(HEAD.text) + line, Verifier("market.example/log", SIGNER.verifier.public))


def test_every_changed_character_is_refused() -> None:
    note = SIGNER.sign(HEAD.text)

    for index, letter in enumerate(note):
        changed = note[:index] + ("x" if letter != "x" else "y") + note[index + 1 :]
        with pytest.raises(NoteBroken):
            read_head(changed, SIGNER.verifier)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        "text only\n",
        "text\n\nnot a signature\n",
        "text\n\n— n AAA\n",
        "te\txt\n\n— n AAAA\n",
        "t\n\n— n AAAA",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(NoteBroken):
        open_note(note, SIGNER.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "o\n3\n",
        "market.example/log\n03\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\nat 2026-09-18T03:00:00.000000Z\n",
        "market.example/log\n3\ncnI=\nat 2026-09-18T03:00:00.000000Z\n",
        "elsewhere.example/log\n3\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\nat 2026-09-18T03:00:00.000000Z\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_of_this_log_is_refused(text: str) -> None:
    with pytest.raises(NoteBroken):
        read_head(SIGNER.sign(text), SIGNER.verifier)


@pytest.mark.parametrize(
    "vkey", ["", "a+b", "a+00000000+AAAA", "a+00000000+!!", KNOWN_KEY.replace("530d", "531d")]
)
def test_a_broken_key_is_refused(vkey: str) -> None:
    with pytest.raises(NoteBroken):
        Verifier.read(vkey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", " a"])
def test_a_log_name_with_a_space_or_plus_is_refused(name: str) -> None:
    with pytest.raises(NoteBroken):
        Signer(name, b"7" * 32)

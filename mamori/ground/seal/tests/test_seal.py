"""Sealing for a subject, refusing what was moved or changed, shredding, and a key-store kept private."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError

from mamori.ground.seal import actions, facts, keystore, sealing
from mamori.ground.seal.facts import Key, KeyLost, KeyMissing, KeyOpen, KeyWrong, Place, SealBroken, Shredded
from mamori.ground.seal.models import SubjectKey

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
HERE = Place("thread_message", 7, "words")


def sealed_for(subject: str, plain: bytes = "商品が届きません".encode()) -> bytes:
    return actions.seal(subject=subject, place=HERE, plain=plain)


@pytest.mark.django_db
def test_what_is_sealed_for_a_buyer_opens_at_its_place() -> None:
    sealed = sealed_for("buyer:B-1")

    opened = facts.unseal(subject="buyer:B-1", place=HERE, sealed=sealed)

    assert opened.decode() == "商品が届きません"
    assert "商品".encode() not in sealed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "place"),
    [
        ("buyer:B-1", Place("thread_message", 8, "words")),
        ("buyer:B-1", Place("thread_message", 7, "title")),
        ("buyer:B-1", Place("other", 7, "words")),
        ("buyer:B-2", HERE),
    ],
)
def test_a_sealed_value_opens_nowhere_else_and_for_nobody_else(subject: str, place: Place) -> None:
    sealed = sealed_for("buyer:B-1")
    sealed_for("buyer:B-2")

    with pytest.raises(SealBroken) as refusal:
        facts.unseal(subject=subject, place=place, sealed=sealed)

    assert "ledger verify" in refusal.value.sentence.ja


@pytest.mark.django_db
def test_every_flipped_bit_is_refused_the_version_and_key_number_included() -> None:
    sealed = sealed_for("buyer:B-1", b"words")

    refused = 0
    for index in range(len(sealed)):
        changed = bytearray(sealed)
        changed[index] ^= 0x81
        with pytest.raises(SealBroken):
            facts.unseal(subject="buyer:B-1", place=HERE, sealed=bytes(changed))
        refused += 1

    assert refused == len(sealed)


@pytest.mark.django_db
def test_a_number_that_another_living_key_bears_does_not_open_it() -> None:
    sealed = sealed_for("buyer:B-1")
    actions.shred(subject="buyer:B-1", at=NOON)
    second = sealed_for("buyer:B-1")

    swapped = second[:9] + sealed[9:]

    with pytest.raises(SealBroken):
        facts.unseal(subject="buyer:B-1", place=HERE, sealed=swapped)


@pytest.mark.django_db
def test_shredding_leaves_the_row_without_its_key_and_nothing_opens_any_more() -> None:
    sealed = sealed_for("buyer:B-1")

    number = actions.shred(subject="buyer:B-1", at=NOON)

    row = SubjectKey.objects.get(pk=number)
    assert (row.wrapped, row.shredded_at) == (None, NOON)
    with pytest.raises(Shredded):
        facts.unseal(subject="buyer:B-1", place=HERE, sealed=sealed)


@pytest.mark.django_db
def test_a_shredded_buyer_who_comes_back_gets_a_key_of_their_own() -> None:
    first = sealed_for("buyer:B-1")
    actions.shred(subject="buyer:B-1", at=NOON)

    again = sealed_for("buyer:B-1", b"again")

    assert facts.key_of(again) != facts.key_of(first)
    assert facts.unseal(subject="buyer:B-1", place=HERE, sealed=again) == b"again"


@pytest.mark.django_db
def test_shredding_somebody_without_a_key_says_so() -> None:
    assert actions.shred(subject="buyer:nobody", at=NOON) is None


def test_a_value_that_was_never_sealed_has_no_key_number() -> None:
    assert facts.key_of(b"plain words that somebody put here") is None
    assert facts.key_of(b"") is None


@pytest.fixture
def own_keys(tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


@pytest.mark.django_db
def test_keys_are_made_once_and_private(own_keys: Path) -> None:
    made = actions.prepare_keys()
    before = facts.key(Key.SUBJECTS)

    again = actions.prepare_keys()

    assert (set(made), again) == (set(Key), ())
    assert facts.key(Key.SUBJECTS) == before
    assert own_keys.stat().st_mode & 0o777 == 0o700
    assert keystore.path_of(Key.LOG).stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in own_keys.iterdir()) == ["index.key", "log.key", "subjects.key"]


@pytest.mark.django_db
def test_a_lost_key_is_not_quietly_replaced_while_values_depend_on_it() -> None:
    sealed_for("buyer:B-1")
    former, settings.KEYS = settings.KEYS, settings.KEYS.parent / "lost"

    with pytest.raises(KeyMissing):
        actions.prepare_keys()

    settings.KEYS = former


@pytest.mark.django_db
@pytest.mark.parametrize("key", [Key.LOG, Key.INDEX])
def test_a_lost_key_by_which_the_house_lives_is_not_made_anew(own_keys: Path, key: Key) -> None:
    actions.prepare_keys()
    actions.mark_keys(NOON)
    facts.keys_must_fit()
    keystore.path_of(key).unlink()

    with pytest.raises(KeyLost) as refusal:
        actions.prepare_keys()

    assert not keystore.path_of(key).exists()
    assert "mamori restore --keys" in refusal.value.sentence.ja
    assert "mamori restore --keys" in refusal.value.sentence.en


@pytest.mark.django_db
@pytest.mark.parametrize("key", list(Key))
def test_what_a_house_is_said_to_live_by_is_refused_before_any_key_is_made(own_keys: Path, key: Key) -> None:
    with pytest.raises(KeyLost):
        actions.prepare_keys([key])

    assert not own_keys.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", list(Key))
def test_another_houses_key_is_named(own_keys: Path, key: Key) -> None:
    actions.prepare_keys()
    actions.mark_keys(NOON)
    sealed_for("buyer:B-1")
    keystore.path_of(key).write_text("ab" * 32)
    actions.mark_keys(NOON)  # what is noted stays

    with pytest.raises(KeyWrong) as refusal:
        facts.keys_must_fit()

    assert f"{key}.key" in refusal.value.sentence.en


@pytest.mark.django_db
def test_a_missing_key_is_refused_with_what_to_do(own_keys: Path) -> None:
    with pytest.raises(KeyMissing) as refusal:
        sealed_for("buyer:B-1")

    assert "mamori setup" in refusal.value.sentence.en


@pytest.mark.django_db
@pytest.mark.parametrize(("which", "mode"), [("file", 0o640), ("folder", 0o750)])
def test_a_key_that_others_can_reach_is_refused(own_keys: Path, which: str, mode: int) -> None:
    actions.prepare_keys()
    (keystore.path_of(Key.SUBJECTS) if which == "file" else own_keys).chmod(mode)

    with pytest.raises(KeyOpen) as refusal:
        sealed_for("buyer:B-1")

    assert "chmod" in refusal.value.sentence.ja


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["", "not hexadecimal", "ab" * 31, "日本"])
def test_a_damaged_key_file_is_refused(own_keys: Path, content: str) -> None:
    actions.prepare_keys()
    keystore.path_of(Key.SUBJECTS).write_text(content)

    with pytest.raises(KeyWrong):
        sealed_for("buyer:B-1")


@pytest.mark.django_db
def test_a_key_of_another_house_neither_opens_nor_seals(tmp_path: Path) -> None:
    sealed = sealed_for("buyer:B-1")
    settings.KEYS = tmp_path / "stranger"
    for key in Key:
        keystore.make(key)

    for attempt in (
        lambda: facts.unseal(subject="buyer:B-1", place=HERE, sealed=sealed),
        lambda: sealed_for("buyer:B-1"),
        lambda: sealed_for("buyer:new"),
    ):
        with pytest.raises(KeyWrong):
            attempt()


@pytest.mark.django_db
def test_a_wrapped_key_that_was_changed_in_the_database_is_refused() -> None:
    sealed_for("buyer:B-1")
    row = SubjectKey.objects.get(subject="buyer:B-1")
    row.wrapped = b"\0" * 40
    row.save()

    with pytest.raises(KeyWrong):
        sealed_for("buyer:B-1")


def test_two_processes_that_make_a_key_at_once_end_with_one(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keystore.make(Key.LOG)
    first = facts.key(Key.LOG)
    shutil.copytree(own_keys, own_keys.parent / "kept")
    monkeypatch.setattr(Path, "exists", lambda self: False)

    made = keystore.make(Key.LOG)

    assert made is False
    assert facts.key(Key.LOG) == first


@pytest.mark.django_db
def test_two_who_seal_first_for_a_subject_end_with_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_for("buyer:B-1")
    look, looks = sealing._living, []

    def looked_too_early(subject: str) -> SubjectKey | None:
        looks.append(subject)
        return None if len(looks) == 1 else look(subject)

    monkeypatch.setattr(sealing, "_living", looked_too_early)

    again = sealed_for("buyer:B-1")

    assert SubjectKey.objects.filter(subject="buyer:B-1").count() == 1
    assert facts.unseal(subject="buyer:B-1", place=HERE, sealed=again)


@pytest.mark.django_db
def test_a_key_that_can_neither_be_found_nor_made_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_for("buyer:B-1")
    monkeypatch.setattr(sealing, "_living", lambda subject: None)

    with pytest.raises(IntegrityError):
        sealed_for("buyer:B-1")

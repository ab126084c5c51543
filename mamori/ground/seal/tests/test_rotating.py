"""A new key of keys while the house is open: everything opens before, during and after, and a kill costs nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from mamori.ground.seal import actions, facts, keyrows, keystore
from mamori.ground.seal.actions import RotationUnfinished
from mamori.ground.seal.facts import Key, KeyWrong, Place, Shredded
from mamori.ground.seal.models import SubjectKey

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
HERE = Place("contact_message", 7, "sealed")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "KEYS", tmp_path / "keys")
    actions.prepare_keys()


def sealed_for(*subjects: str) -> dict[str, bytes]:
    return {one: actions.seal(subject=one, place=HERE, plain=one.encode()) for one in subjects}


def all_open(sealed: dict[str, bytes]) -> bool:
    return all(
        facts.unseal(subject=one, place=HERE, sealed=value) == one.encode() for one, value in sealed.items()
    )


def test_everything_opens_before_during_and_after_and_the_logs_key_stays() -> None:
    sealed, log = sealed_for(*(f"buyer:B-{n}" for n in range(25))), facts.key(Key.LOG)

    new = actions.begin()
    assert new is not None
    assert all_open(sealed)
    sealed |= sealed_for("buyer:during")
    count = actions.rewrap()
    sealed |= sealed_for("buyer:after")

    assert count == 25
    assert all_open(sealed)
    assert facts.key(Key.LOG) == log
    assert [one.keys for one in facts.generations()] == [27, 0]


def test_a_killed_rotation_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyrows, "BATCH", 4)
    sealed = sealed_for(*(f"buyer:B-{n}" for n in range(10)))
    actions.begin()

    def killed(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rewrap(killed)
    assert [one.keys for one in facts.generations()] == [4, 6]
    assert all_open(sealed)

    assert actions.begin() is None
    assert actions.rewrap() == 6
    assert all_open(sealed)
    assert len(facts.generations()) == 2


def test_an_old_key_goes_only_when_nothing_needs_it_and_time_has_passed() -> None:
    sealed = sealed_for("buyer:B-1")
    assert actions.retire(at=NOON) == ()
    actions.begin()
    begun = max(one.made_at for one in facts.generations())
    later = begun + timedelta(minutes=11)
    with pytest.raises(RotationUnfinished):
        actions.retire(at=later)
    actions.rewrap()
    with pytest.raises(RotationUnfinished):
        actions.retire(at=begun + timedelta(minutes=9))

    gone = actions.retire(at=later)

    assert gone == (keystore.path_of(Key.SUBJECTS),)
    assert not gone[0].exists()
    assert all_open(sealed)
    assert actions.prepare_keys() == ()


def test_what_was_shredded_is_not_brought_back_by_a_rotation() -> None:
    sealed = sealed_for("buyer:B-1", "buyer:B-2")
    actions.shred(subject="buyer:B-1", at=NOON)
    actions.begin()

    assert actions.rewrap() == 1

    with pytest.raises(Shredded):
        facts.unseal(subject="buyer:B-1", place=HERE, sealed=sealed["buyer:B-1"])


def test_a_key_that_was_shredded_while_its_batch_was_computed_stays_shredded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealed = sealed_for("buyer:B-1")
    actions.begin()
    wrap = keyrows.aes_key_wrap

    def meanwhile(secret: bytes, key: bytes) -> bytes:
        actions.shred(subject="buyer:B-1", at=NOON)
        return wrap(secret, key)

    monkeypatch.setattr(keyrows, "aes_key_wrap", meanwhile)

    assert actions.rewrap() == 0

    with pytest.raises(Shredded):
        facts.unseal(subject="buyer:B-1", place=HERE, sealed=sealed["buyer:B-1"])


def test_a_lost_generation_is_counted_and_refused_not_replaced() -> None:
    sealed = sealed_for("buyer:B-1")
    actions.begin()
    keystore.path_of(Key.SUBJECTS).rename(settings.KEYS / "lost")

    assert facts.orphans() == 1
    with pytest.raises(KeyWrong):
        all_open(sealed)
    with pytest.raises(KeyWrong):
        sealed_for("buyer:B-2")


def test_files_of_other_names_are_no_generations() -> None:
    for name in ("subjects.0.key", "subjects.01.key", "subjects.x.key", "subjects.2.key.bak"):
        (settings.KEYS / name).write_text("x")

    assert keystore.numbers() == [1]


def test_many_are_sealed_with_few_questions_and_open_like_one(
    django_assert_max_num_queries: object,
) -> None:
    first = sealed_for("buyer:B-0")
    values = [
        actions.Plain(subject=f"buyer:B-{n % 40}", place=Place("t", n, "c"), plain=str(n).encode())
        for n in range(80)
    ]

    with django_assert_max_num_queries(4):  # type: ignore[operator]
        sealed = actions.seal_many(values)

    opener = facts.Opener().fetch(sealed)
    with django_assert_max_num_queries(0):  # type: ignore[operator]
        opened = [
            opener.unseal(subject=value.subject, place=value.place, sealed=one)
            for value, one in zip(values, sealed, strict=True)
        ]
    assert opened == [value.plain for value in values]
    assert SubjectKey.objects.count() == 40
    assert facts.key_of(sealed[0]) == facts.key_of(first["buyer:B-0"])
    assert actions.seal_many([]) == []

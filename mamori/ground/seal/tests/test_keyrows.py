"""The wrapped keys are kept apart from the main backup, and a shredding outlives every restore."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mamori.ground.seal import actions, facts
from mamori.ground.seal.actions import KeyRowsDiffer
from mamori.ground.seal.facts import Place, Shredded
from mamori.ground.seal.models import SubjectKey

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
HERE = Place("contact_message", 7, "sealed")

pytestmark = pytest.mark.django_db


def sealed_for(subject: str) -> bytes:
    return actions.seal(subject=subject, place=HERE, plain="商品が届きません".encode())


def test_the_rows_bring_every_key_back_and_new_keys_go_on_above_them() -> None:
    one, two = sealed_for("buyer:B-1"), sealed_for("buyer:B-2")
    rows = list(facts.key_rows())
    SubjectKey.objects.all().delete()

    put = actions.put_back_keys(rows)
    three = sealed_for("buyer:B-3")

    assert put == 2
    assert facts.unseal(subject="buyer:B-1", place=HERE, sealed=one) == "商品が届きません".encode()
    assert facts.unseal(subject="buyer:B-2", place=HERE, sealed=two)
    assert (facts.key_of(three) or 0) > max(row.number for row in rows)
    assert actions.put_back_keys(facts.key_rows()) == 0


def test_a_key_made_after_older_keys_came_back_has_no_number_of_one_that_is_not_here() -> None:
    sealed_for("buyer:B-1")
    last_week = list(facts.key_rows())
    lost = sealed_for("buyer:B-2")
    SubjectKey.objects.all().delete()

    actions.put_back_keys(last_week)
    new = sealed_for("buyer:B-3")

    assert (facts.key_of(new) or 0) > (facts.key_of(lost) or 0)


def test_who_was_shredded_after_last_weeks_backup_stays_unreadable_with_the_keys_of_today() -> None:
    last_week = sealed_for("buyer:B-1")
    actions.shred(subject="buyer:B-1", at=NOON)
    today = list(facts.key_rows())
    SubjectKey.objects.all().delete()  # last week's main backup comes back: it holds no keys

    actions.put_back_keys(today)

    with pytest.raises(Shredded):
        facts.unseal(subject="buyer:B-1", place=HERE, sealed=last_week)


def test_older_rows_never_undo_a_shredding_and_newer_rows_carry_it_over() -> None:
    sealed = sealed_for("buyer:B-1")
    before = list(facts.key_rows())
    actions.shred(subject="buyer:B-1", at=NOON)
    after = list(facts.key_rows())

    actions.put_back_keys(before)
    with pytest.raises(Shredded):
        facts.unseal(subject="buyer:B-1", place=HERE, sealed=sealed)

    SubjectKey.objects.all().delete()
    actions.put_back_keys(before)
    actions.put_back_keys(after)
    with pytest.raises(Shredded):
        facts.unseal(subject="buyer:B-1", place=HERE, sealed=sealed)


def test_rows_of_another_database_are_refused_as_a_whole() -> None:
    sealed_for("buyer:B-1")
    [row] = facts.key_rows()
    SubjectKey.objects.filter(pk=row.number).update(subject="seller:S-9")

    with pytest.raises(KeyRowsDiffer):
        actions.put_back_keys([row])

    assert SubjectKey.objects.get().subject == "seller:S-9"

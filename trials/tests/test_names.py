"""The measurement of names keeps count honestly, and a missed fault would break its promises."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from mamori.japan.names.lattice import shipped
from trials.names import Person, Rates, judged, named, rates, relatives, strangers

PEOPLE = [
    Person(("高橋", "タカハシ"), ("健", "ケン")),
    Person(("山田", "ヤマダ"), ("花子", "ハナコ")),
    Person(("佐藤", "サトウ"), ("翼", "ツバサ")),
]
GOOD = Rates(pairs=60_000, match=98.0, mismatch=0.5, microseconds=100)
KEPT = dict.fromkeys(("sellers", "sellers_nowhere", "known_persons", "companies"), GOOD) | dict.fromkeys(
    ("same_surname", "same_surname_nowhere", "strangers", "planted"), replace(GOOD, match=0.0)
)


@pytest.mark.parametrize(
    ("whose", "broken"),
    [
        ("sellers", {"match": 94.9}),
        ("sellers", {"mismatch": 1.1}),
        ("sellers", {"microseconds": 151}),
        ("sellers_nowhere", {"match": 94.9}),
        ("known_persons", {"match": 94.0}),
        ("same_surname_nowhere", {"match": 0.71}),
        ("strangers", {"match": 0.006}),
        ("companies", {"match": 96.9}),
        ("companies", {"microseconds": 1_501}),
        ("planted", {"match": 95.0}),
    ],
)
def test_each_promise_is_broken_by_its_own_figure(whose: str, broken: dict[str, float]) -> None:
    changed = KEPT | {whose: replace(KEPT[whose], **broken)}  # type: ignore[arg-type]

    assert judged(KEPT, 27).broken == []
    assert len(judged(changed, 27).broken) == 1
    assert len(judged(KEPT, 121).broken) == 1


def test_verdicts_are_counted_in_per_cent_of_the_pairs() -> None:
    found = rates([*named(PEOPLE), ("山田花子", "スズキタロウ")], shipped())

    assert (found.pairs, found.match, found.mismatch) == (4, 75.0, 25.0)
    assert found.microseconds > 0


def test_relatives_and_strangers_are_other_people() -> None:
    kin = relatives(PEOPLE, Random(1), 3)
    assert {kana for _, kana in kin}.isdisjoint(person.kana for person in PEOPLE)
    assert all(any(p.name == name and kana.startswith(p.surname[1]) for p in PEOPLE) for name, kana in kin)
    apart = strangers(PEOPLE, Random(1), 50)
    assert len(apart) == 50
    assert all((name, kana) not in {(p.name, p.kana) for p in PEOPLE} for name, kana in apart)

"""The measurement of names keeps count honestly, and a missed fault would break its promises."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from mamori.japan.names import Holder
from mamori.japan.names.table import shipped
from trials.names import measure, promises
from trials.names.people import Person, look_alikes, relatives, strangers, without_forms

PEOPLE = [
    Person(("高橋", "タカハシ"), ("健", "ケン")),
    Person(("山田", "ヤマダ"), ("花子", "ハナコ")),
    Person(("佐藤", "サトウ"), ("翼", "ツバサ")),
]


def figures() -> measure.Named:
    """Return figures that keep every promise."""
    good = measure.Rates(pairs=60_000, match=98.0, mismatch=0.5, microseconds=100)
    none = replace(good, match=0.0)
    return measure.Named(
        table_mib=27,
        table_seconds=0.3,
        sellers=good,
        sellers_nowhere=good,
        known_persons=good,
        same_surname=none,
        same_surname_nowhere=none,
        same_surname_known=none,
        strangers=none,
        strangers_matched=3,
        companies=good,
        companies_shuffled=none,
        companies_look_alike=none,
        planted_one_reading=17.0,
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"sellers": measure.Rates(60_000, 94.9, 0.5, 100)},
        {"sellers": measure.Rates(60_000, 98.0, 1.1, 100)},
        {"sellers": measure.Rates(60_000, 98.0, 0.5, 151)},
        {"sellers_nowhere": measure.Rates(60_000, 90.0, 1.1, 100)},
        {"known_persons": measure.Rates(60_000, 94.0, 0.5, 100)},
        {"sellers_nowhere": measure.Rates(60_000, 94.9, 0.5, 100)},
        {"same_surname_nowhere": measure.Rates(60_000, 0.71, 90.0, 100)},
        {"same_surname": measure.Rates(60_000, 0.71, 90.0, 100)},
        {"strangers_matched": 4},
        {"companies": measure.Rates(3_000, 96.9, 0.5, 100)},
        {"companies": measure.Rates(3_000, 98.0, 0.5, 1_501)},
        {"table_mib": 121},
        {"planted_one_reading": 95.0},
    ],
)
def test_each_promise_is_broken_by_its_own_figure(broken: dict[str, object]) -> None:
    assert all(promises(figures()).values())
    assert not all(promises(replace(figures(), **broken)).values())  # type: ignore[arg-type]


def test_verdicts_are_counted_in_per_cent_of_the_pairs() -> None:
    own = [(person.name, person.kana) for person in PEOPLE]
    mixed = [*own, ("山田花子", "スズキタロウ")]

    found = measure.rates(mixed, shipped(), Holder.PERSON)

    assert (found.pairs, found.match, found.mismatch) == (4, 75.0, 25.0)
    assert found.microseconds > 0


def test_relatives_and_strangers_are_other_people() -> None:
    kin = relatives(PEOPLE, Random(1), 3)
    assert {kana for _, kana in kin}.isdisjoint(person.kana for person in PEOPLE)
    assert all(any(p.name == name and kana.startswith(p.surname[1]) for p in PEOPLE) for name, kana in kin)
    apart = strangers(PEOPLE, Random(1), 50)
    assert len(apart) == 50
    assert all((name, kana) not in {(p.name, p.kana) for p in PEOPLE} for name, kana in apart)


def test_look_alikes_are_near_and_not_the_same() -> None:
    pairs = [("株式会社アクメ", "ｶ)ｱｸﾒ"), ("株式会社アクネ", "ｶ)ｱｸﾈ"), ("東京都水道局", "ﾄｳｷﾖｳﾄｽｲﾄﾞｳｷﾖｸ")]

    assert set(look_alikes(pairs)) == {("株式会社アクメ", "ｶ)ｱｸﾈ"), ("株式会社アクネ", "ｶ)ｱｸﾒ")}
    assert without_forms([("株式会社丸井", "カブシキガイシヤ マルイ"), *pairs[:1]]) == [
        ("丸井", "マルイ"),
        ("アクメ", "アクメ"),
    ]

"""How the table learns: from names laid along their kana, and only what more than one of them says."""

from __future__ import annotations

from collections import Counter

from mamori.japan.names.lattice import KanjiKind, Spot, column
from tools.readings.blocks import kanji, names
from tools.readings.sources import tenth
from tools.readings.training import align, beginning, count_words, learn
from tools.readings.variants import plain, sounded

DICTIONARY = [
    ("山", "やま"),
    ("山", "サン"),
    ("田", "た"),
    ("光", "ひか.る"),
    ("国", "コク"),
    ("太", "タ"),
    ("郎", "ロウ"),
]


def test_a_dictionarys_reading_is_known_with_and_without_its_ending() -> None:
    assert plain(["ひか.る"]) == {"ヒカ", "ヒカル", "ヒカリ"}
    assert plain(["た.べる"]) == {"タ", "タベル", "タベリ", "タベ"}
    assert plain(["-ジ"]) == {"ジ"}


def test_a_reading_sounds_otherwise_behind_another() -> None:
    assert set(sounded("タ", is_first=False)) == {"タ", "ダ"}
    assert set(sounded("ハ", is_first=False)) == {"ハ", "バ", "パ"}
    assert set(sounded("オウ", is_first=False)) == {"オウ", "ノウ"}
    assert set(sounded("コク", is_first=True)) == {"コク", "コツ"}


def test_names_are_counted_where_their_kanji_stand() -> None:
    model = beginning(DICTIONARY)

    fitting, taken = learn(
        model, [(("山田", "ヤマダ"), KanjiKind.SURNAME), (("太郎", "タロウ"), KanjiKind.GIVEN)]
    )

    assert (fitting, taken) == (2, 0)
    assert model.counts["田"]["ダ"][column(Spot.LAST, KanjiKind.SURNAME)] == 1
    assert model.counts["太"]["タ"][column(Spot.FIRST, KanjiKind.GIVEN)] == 1


def test_a_reading_is_taken_up_when_two_names_agree_on_it_and_not_before() -> None:
    alone, agreed = beginning(DICTIONARY), beginning(DICTIONARY)
    odd = [(("光太", "アキタ"), KanjiKind.GIVEN), (("光郎", "アキロウ"), KanjiKind.GIVEN)]

    assert learn(alone, odd[:1]) == (0, 0)
    assert learn(agreed, odd) == (0, 1)
    assert align(alone, "光山", "アキヤマ", KanjiKind.GIVEN) is None
    assert align(agreed, "光山", "アキヤマ", KanjiKind.GIVEN) == ([("光", "アキ"), ("山", "ヤマ")], -1)


def test_a_word_that_is_not_read_letter_by_letter_is_kept_whole() -> None:
    model = beginning(DICTIONARY)

    assert count_words(model, [("山国", "ヤマグニ"), ("国山", "コクサン")]) == [("山国", "ヤマグニ")]
    assert "国\tコク,,,,,,,,,1\n" in kanji(model, DICTIONARY).decode()


def test_a_line_holds_a_names_readings_as_surname_and_as_given_name() -> None:
    assert (
        names({("光", "ヒカリ")}, {("光", "ヒカル"), ("光", "アキラ")}).decode()
        == "光\tヒカリ\tアキラ ヒカル\n"
    )


def test_the_split_is_the_names_own_and_even() -> None:
    found = Counter(tenth((chr(0x4E00 + at), "ヨミ")) for at in range(5_000))

    assert tenth(("太郎", "タロウ")) == tenth(("太郎", "タロウ"))
    assert set(found) == set(range(10))
    assert max(found.values()) < 1.25 * min(found.values())


def test_readings_are_tried_in_order_so_that_every_machine_builds_the_same_table() -> None:
    model = beginning(
        [("生", reading) for reading in ("セイ", "い.きる", "なま", "お.う", "き", "ショウ", "ふ")]
    )

    tried = [reading for reading, _ in model.options("生", 1, 2, KanjiKind.GIVEN)]

    assert len(tried) > 10
    assert tried == sorted(tried)

"""Persons: a usual reading passes, a doubtful one goes to a person, another name is another."""

from __future__ import annotations

import pytest

from mamori.japan.names import Answer, Holder, Piece, Verdict, compare, cut
from mamori.japan.names.persons import without_long_vowels


def asked(name: str, kana: str, furigana: str = "") -> Answer:
    """Ask about a person."""
    return compare(name=name, kana=kana, kind=Holder.PERSON, furigana=furigana)


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("髙橋健", "ﾀｶﾊｼｹﾝ"),
        ("髙橋健", "ﾀｶﾊｼ ﾀｹｼ"),
        ("山﨑裕子", "ﾔﾏｻﾞｷﾋﾛｺ"),
        ("小鳥遊翼", "タカナシツバサ"),
        ("東海林太郎", "ｼﾖｳｼﾞﾀﾛｳ"),
        ("月見里咲", "ﾔﾏﾅｼｻｷ"),
        ("鈴木心愛", "ｽｽﾞｷｺｺｱ"),
        ("田中希空", "ﾀﾅｶﾉｱ"),
        ("王偉", "ｵｳｲ"),
        ("渡邉𠮷子", "ﾜﾀﾅﾍﾞ ﾖｼｺ"),
        ("関ケ原一", "ｾｷｶﾞﾊﾗ ﾊｼﾞﾒ"),
        ("関ヶ原 一", "ｾｷｶﾞﾊﾗ ﾊｼﾞﾒ"),
        ("佐々木さくら", "ｻｻｷｻｸﾗ"),
        ("島津千鶴", "シマヅ チヅル"),
        ("大野花", "ｵｵﾉﾊﾅ"),
        ("林 真理", "ﾊﾔｼ ﾏﾘ"),
        ("さとうみなみ", "ｻﾄｳﾐﾅﾐ"),
    ],
)
def test_a_usual_reading_passes(name: str, kana: str) -> None:
    answer = asked(name, kana)

    assert answer.verdict is Verdict.MATCH, answer.reason.en


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("山田太郎", "ﾔﾏﾀﾞﾊﾅｺ"),
        ("髙橋健", "ｽｽﾞｷ ｻﾌﾞﾛｳ"),
        ("佐々木さくら", "ｻｻｷ ﾓﾓｶ"),
        ("ジョン・スミス", "ｼﾞﾖﾝ ｼﾞﾖ-ﾝｽﾞ"),
        ("JOHN SMITH", "JOHN SMYTHE"),
        ("山田太郎", "ﾔ"),
    ],
)
def test_another_name_is_another(name: str, kana: str) -> None:
    answer = asked(name, kana)

    assert (answer.verdict, answer.why) == (Verdict.MISMATCH, "other")


@pytest.mark.parametrize(
    ("name", "kana", "why"),
    [
        ("大野花", "ｵ-ﾉﾊﾅ", "unexplained"),
        ("山田光", "ﾔﾏﾀﾞｺｳﾐﾂ", "unexplained"),
        ("優花", "ﾕ-ｶ", "unexplained"),
        ("ユウカ", "ﾕｶ", "long-vowel"),
        ("ジョン ポール スミス", "ｼﾞﾖﾝ ｽﾐｽ", "part"),
        ("John Smith", "ｼﾞﾖﾝ ｽﾐｽ", "latin"),
        ("Иван Петров", "ｲﾜﾝ ﾍﾟﾄﾛﾌ", "letter"),
        ("山田\ue000郎", "ﾔﾏﾀﾞﾀﾛｳ", "letter"),
        ("김철수", "ｷﾑﾁﾖﾙｽ", "letter"),
        ("山田太郎", "山田太郎", "account-letter"),
        ("山田太郎", "ﾔﾏﾀﾞ?", "account-letter"),
        ("山" * 151, "ﾔﾏ", "long"),
        ("", "ﾔﾏﾀﾞ", "missing"),
        ("山田太郎", " ・ ", "missing"),
    ],
)
def test_what_is_in_doubt_goes_to_a_person_with_a_plain_reason(name: str, kana: str, why: str) -> None:
    answer = asked(name, kana)

    assert (answer.verdict, answer.why) == (Verdict.REVIEW, why)
    assert answer.reason.ja.endswith("。")
    assert answer.reason.en.endswith(".")
    assert "{" not in answer.reason.ja + answer.reason.en


@pytest.mark.parametrize(
    ("name", "kana", "why"),
    [
        ("ジョン・スミス", "ｼﾞﾖﾝ ｽﾐｽ", "same"),
        ("ジョン・スミス", "ｽﾐｽ ｼﾞﾖﾝ", "same-order"),
        ("John Smith", "SMITH JOHN", "same-order"),
        ("SMITH JOHN", "smith john", "same"),
        ("José García", "GARCIA JOSE", "same-order"),
        ("マリア デ ラ クルス", "ﾃﾞ ﾗ ｸﾙｽ ﾏﾘｱ", "same-order"),
    ],
)
def test_a_foreign_name_is_compared_in_either_order(name: str, kana: str, why: str) -> None:
    answer = asked(name, kana)

    assert (answer.verdict, answer.why) == (Verdict.MATCH, why)


def test_a_long_foreign_name_may_be_cut_at_thirty_bytes_only() -> None:
    name, whole = "アレクサンドラ クリストファーソン ウィリアムズ ジュニア", "ｱﾚｸｻﾝﾄﾞﾗ ｸﾘｽﾄﾌｱ-ｿﾝ ｳｲﾘｱﾑｽﾞ ｼﾞﾕﾆｱ"

    assert len(whole) > 30
    assert asked(name, cut(whole)).why == "cut"
    assert asked(name, cut(whole, 28)).verdict is not Verdict.MATCH


@pytest.mark.parametrize(
    ("kana", "trade"),
    [
        ("ｹｲﾖｳｶｲ ﾀﾞｲﾋﾖｳ ｹｲﾖｳﾀﾛｳ", "ケイヨウカイ"),
        ("ｹｲﾖｳｶｲﾀﾞｲﾋﾖｳｹｲﾖｳﾀﾛｳ", "ケイヨウカイ"),
        ("ｱｵｿﾞﾗｼﾖｳﾃﾝ ｹｲﾖｳﾀﾛｳ", "アオゾラシヨウテン"),
        ("ｱｵｿﾞﾗ ｼﾖｳﾃﾝ ｹｲﾖｳ ﾀﾛｳ", "アオゾラ シヨウテン"),
        ("ｱｵｿﾞﾗ ﾀﾞｲﾋﾖｳｼﾔ ｹｲﾖｳ ﾀﾛｳ", "アオゾラ"),
    ],
)
def test_a_sole_traders_account_ends_with_the_whole_personal_name(kana: str, trade: str) -> None:
    answer = asked("慶葉太郎", kana)

    assert (answer.verdict, answer.why, answer.trade_name) == (Verdict.MATCH, "trade-name", trade)
    assert trade in answer.reason.ja


@pytest.mark.parametrize("kana", ["ｱｵｿﾞﾗｹｲﾖｳﾀﾛｳ", "ｱｵｿﾞﾗ ﾀﾛｳ", "ｹｲﾖｳﾀﾛｳ ｼﾖｳﾃﾝ", "ｱｵｿﾞﾗ ﾀﾞｲﾋﾖｳ", "ｱｵｿﾞﾗ ｹｲﾖｳﾊﾅｺ"])
def test_a_trade_name_without_the_whole_person_behind_it_does_not_pass(kana: str) -> None:
    assert asked("慶葉太郎", kana).verdict is not Verdict.MATCH


def test_both_gates_must_hold_where_a_reading_was_declared() -> None:
    assert asked("山田太郎", "ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ たろう").verdict is Verdict.MATCH
    assert asked("山田太郎", "ﾔﾏﾀﾞﾔ ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダタロウ").verdict is Verdict.MATCH
    assert asked("ジョン・スミス", "ｽﾐｽ ｼﾞﾖﾝ", "ジョン スミス").verdict is Verdict.MATCH
    assert asked("山田太郎", "ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ じろう").why == "furigana"
    assert asked("山田太郎", "ｽｽﾞｷ ﾊﾅｺ", "すずき はなこ").verdict is Verdict.MISMATCH
    assert asked("優花", "ﾕ-ｶ", "ゆーか").verdict is Verdict.REVIEW


def test_a_blank_in_the_registered_name_says_where_the_surname_ends() -> None:
    together, parted = asked("森永久", "ﾓﾘﾅｶﾞﾋｻｼ"), asked("森 永久", "ﾓﾘﾅｶﾞﾋｻ")

    assert together.verdict is Verdict.MATCH
    assert sum(len(piece.written) for piece in parted.pieces[: parted.surname_size]) == 1


def test_an_answer_shows_which_kana_lie_beside_which_letters_and_what_none_explains() -> None:
    known, odd = asked("渡邉さち", "ﾜﾀﾅﾍﾞｻﾁ"), asked("大野花", "ｵ-ﾉﾊﾅ")

    assert known.pieces == (Piece("渡辺", "ワタナベ"), Piece("サ", "サ"), Piece("チ", "チ"))
    assert known.surname_size == 1
    assert known.unexplained == ()
    assert odd.unexplained == (Piece("大", "オ-", is_explained=False),)
    assert "オ-" in odd.reason.ja


def test_long_vowels_are_dropped_for_sorting_only() -> None:
    assert {without_long_vowels(kana) for kana in ("オオノ", "オ-ノ", "オノ")} == {"オノ"}
    assert without_long_vowels("ユウカ") == without_long_vowels("ユ-カ") == "ユカ"
    assert without_long_vowels("コウタ") == "コタ"

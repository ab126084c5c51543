"""`mamori names` as its user runs it: a process, its two streams, its exit code."""

from __future__ import annotations

import json
import subprocess
import sys

MAMORI = [sys.executable, "-c", "from mamori.site.command import main; main()"]


def mamori(*words: str, given: bytes = b"") -> tuple[int, str, str]:
    ended = subprocess.run([*MAMORI, *words], input=given, capture_output=True, check=False, timeout=60)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def asked(**words: object) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode() + b"\n"


def test_each_line_gets_a_verdict_a_score_and_a_sentence() -> None:
    given = (
        asked(name="髙橋健", kana="ﾀｶﾊｼ ｹﾝ", kind="person")
        + asked(name="株式会社アクメ", kana="ｱｸﾒ(ｶ", kind="company")
        + b"\n"
        + asked(name="山田太郎", kana="ﾔﾏﾀﾞﾊﾅｺ", kind="person")
        + asked(name="山田太郎", kana="ﾔﾏﾀﾞﾀﾛｳ", kind="person", furigana="やまだ じろう")
    )

    code, told, said = mamori("--lang", "ja", "names", "--batch", given=given)

    answers = [json.loads(line) for line in told.splitlines()]
    assert (code, said) == (0, "")
    assert [answer["verdict"] for answer in answers] == ["match", "review", "mismatch", "review"]
    assert all(set(answer) == {"verdict", "score", "reason"} for answer in answers)
    assert all(isinstance(answer["score"], float) and answer["reason"].endswith("。") for answer in answers)


def test_a_bad_line_gets_a_sentence_at_its_place_and_the_others_their_answers() -> None:
    good = asked(name="髙橋健", kana="ﾀｶﾊｼ ｹﾝ", kind="person")
    bad = [
        b"nonsense\n",
        b"[1]\n",
        b'{"name": "x"}\n',
        b'{"name": "\xff", "kana": "x", "kind": "person"}\n',
        asked(name=1, kana="x", kind="person"),
        asked(name="x", kana="x", kind="dog"),
        b"[" * 5000 + b"\n",
    ]

    code, told, said = mamori("--lang", "en", "names", "--batch", given=good + b"".join(bad) + good.strip())

    answers = [json.loads(line) for line in told.splitlines()]
    assert code == 2
    assert said == "7 of 9 lines could not be answered.\n"
    assert [answer.get("line") for answer in answers] == [None, *range(2, 9), None]
    assert {answer["error"]["code"] for answer in answers[1:-1]} == {"bad-line"}
    assert all("Traceback" not in line for line in (told, said))


def test_strange_names_are_answered_not_fallen_over() -> None:
    odd = [
        "",
        " ",
        "\u0000",
        "Иван",
        "😀",
        "﷽",
        "\ud7ff\ue000",
        "々々々",
        "ヶヶ",
        "(",
        "(ｶ)",
        "ｶ)",
        "株式会社",
    ]
    strange = [*odd, "山" * 3000, "山" * 150, "-" * 500, "a\u0301" * 50]
    given = b"".join(
        asked(name=name, kana=kana, kind=kind)
        for name in strange
        for kana in strange
        for kind in ("person", "company")
    )

    code, told, said = mamori("names", "--batch", given=given)

    assert (code, said) == (0, "")
    assert len(told.splitlines()) == len(strange) ** 2 * 2


def test_one_question_is_told_in_words() -> None:
    code, told, _ = mamori("--lang", "ja", "names", "大野花", "ｵ-ﾉﾊﾅ")

    assert code == 0
    assert told.startswith("担当者が確かめる  「大」を「オ-」と読む例が見つかりません。")
    assert "大=オ-（例なし）  野花=ノハナ" in told


def test_half_a_question_is_refused() -> None:
    for words in ([], ["髙橋健"], ["--batch", "髙橋健", "ﾀｶﾊｼ"]):
        code, _, said = mamori("--lang", "en", "names", *words)
        assert code == 2
        assert "Give NAME and KANA, or --batch alone." in said

"""`mamori clock` as its user runs it: a process, its two streams, its exit code."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

MAMORI = [sys.executable, "-c", "from mamori.site.command import main; main()"]
ROOT = Path(__file__).parents[3]
GOOD = b'{"start": "2026-09-18T18:00+09:00", "duration": "48h"}\n'


def mamori(*words: str | bytes, given: bytes = b"") -> tuple[int, str, str]:
    ended = subprocess.run([*MAMORI, *words], input=given, capture_output=True, check=False, timeout=60)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def test_the_due_moment_is_told_with_its_weekday_and_every_day_left_out() -> None:
    code, told, _ = mamori("--lang", "ja", "clock", "2026-09-18T18:00+09:00", "48h")

    assert code == 0
    assert told.startswith("期限  2026年9月25日（金）18:00（日本時間）\n")
    assert "9月22日（火・国民の休日）" in told


def test_the_end_of_a_day_is_told_as_24_and_an_assumed_offset_is_owned_up_to() -> None:
    code, told, _ = mamori("--lang", "en", "clock", "2026-05-02", "48h")

    assert code == 0
    assert told.startswith("due    Sat 9 May 2026 0:00, Japan time\n")
    assert "The start says no offset; it was taken as Sat 2 May 2026 00:00, Japan time." in told


def test_other_programs_get_both_languages_the_calendar_and_the_doubt() -> None:
    code, told, _ = mamori("clock", "2028-05-02T10:00+09:00", "2bd", "--json")

    answer = json.loads(told)
    assert code == 0
    assert answer["due"] == "2028-05-10T00:00:00+09:00"
    assert answer["start"] == "2028-05-02T10:00:00+09:00"
    assert answer["duration"] == "2bd"
    assert answer["calendar"].startswith("jp-")
    assert answer["provisional"] is True
    assert "assumed_offset" not in answer
    assert all(sentence["ja"] and sentence["en"] for sentence in answer["why"])


def test_closing_days_move_the_due_moment_and_the_calendars_version() -> None:
    closing = ("--closing", "2026-12-29..2027-01-02", "--closing", "2027-01-03", "--json")

    plain = json.loads(mamori("clock", "2026-12-28T09:00", "48h", "--json")[1])
    closed = json.loads(mamori("clock", "2026-12-28T09:00", "48h", *closing)[1])

    assert (plain["due"], closed["due"]) == ("2026-12-30T09:00:00+09:00", "2027-01-05T09:00:00+09:00")
    assert closed["calendar"].startswith(plain["calendar"] + "+")
    assert closed["assumed_offset"] == "+09:00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["2026-02-30", "48h"], "bad-moment"),
        ([b"\xff\xfe", "48h"], "bad-moment"),
        (["2026-02-20", "48hours"], "bad-duration"),
        (["2036-01-01", "8d"], "outside-calendar"),
        (["2026-02-20", "48h", "--closing", "newyear"], "bad-closing"),
        (["2026-02-20", "48h", "--closing", "2027-01-03..2026-12-29"], "bad-closing"),
        (["2026-02-20", "48h", "--closing", "2015-01-01..9999-12-31"], "outside-calendar"),
    ],
)
def test_wrong_input_gets_a_sentence_and_exit_code_2(words: Sequence[str | bytes], code: str) -> None:
    ended, told, complaint = mamori("--lang", "ja", "clock", *words)

    assert (ended, told) == (2, "")
    assert complaint.startswith("mamori: ")
    assert complaint.endswith(f"[{code}]\n")
    assert "Traceback" not in complaint


@pytest.mark.parametrize("words", [[], ["2026-02-20"], ["--batch", "2026-02-20", "48h"]])
def test_a_question_that_is_not_whole_is_told_how_to_ask(words: Sequence[str]) -> None:
    ended, _, complaint = mamori("clock", *words)

    assert ended == 2
    assert "START" in complaint


def test_a_batch_answers_line_by_line_and_goes_on_after_bad_ones() -> None:
    bad = [
        b"\xff\xfe",
        b"[1]",
        b"{",
        b"[" * 100_000,
        b'{"start": 1, "duration": "1h"}',
        b'{"start": "2026-01-01"}',
    ]
    given = (
        b"\xef\xbb\xbf"
        + GOOD
        + b"\r\n"
        + b"\n".join(bad)
        + b"\n"
        + b'{"start": "2026-05-02", "duration": "48h"}'
    )

    ended, told, complaint = mamori("clock", "--batch", given=given)

    answers = [json.loads(line) for line in told.splitlines()]
    assert ended == 2
    assert answers[0] == {"due": "2026-09-25T18:00:00+09:00"}
    assert [answer["line"] for answer in answers[1:-1]] == [3, 4, 5, 6, 7, 8]
    assert {answer["error"]["code"] for answer in answers[1:-1]} == {"bad-line"}
    assert answers[-1] == {"due": "2026-05-09T00:00:00+09:00", "assumed_offset": "+09:00"}
    assert "6" in complaint
    assert "Traceback" not in complaint


def test_a_batch_tells_each_line_what_was_wrong_with_it() -> None:
    given = b"".join(
        b'{"start": "%b", "duration": "%b"}\n' % pair
        for pair in [(b"x", b"1h"), (b"2026-01-01", b"0h"), (b"1999-01-01", b"1h"), (b"2035-12-31", b"99d")]
    )

    _, told, _ = mamori("clock", "--batch", given=given)

    answers = [json.loads(line) for line in told.splitlines()]
    codes = [answer["error"]["code"] for answer in answers[:3]]
    assert codes == ["bad-moment", "bad-duration", "outside-calendar"]
    assert all(answer["error"]["ja"] and answer["error"]["en"] for answer in answers[:3])
    assert answers[3]["due"] == "2036-04-09T00:00:00+09:00"


def test_a_batch_of_good_lines_ends_well_and_marks_what_is_provisional() -> None:
    ended, told, complaint = mamori(
        "clock", "--batch", given=GOOD + b'{"start": "2028-05-02T00:00Z", "duration": "1bd", "more": 1}\n\n'
    )

    assert (ended, complaint) == (0, "")
    assert json.loads(told.splitlines()[1]) == {"due": "2028-05-09T00:00:00+09:00", "provisional": True}
    assert mamori("clock", "--batch") == (0, "", "")


def test_a_line_longer_than_one_piece_is_still_one_line() -> None:
    padded = GOOD.replace(b"{", b"{" + b" " * 200_000)

    ended, told, _ = mamori("clock", "--batch", given=padded + GOOD)

    assert ended == 0
    assert told.count("2026-09-25T18:00:00+09:00") == 2


def test_a_partner_that_waits_for_each_answer_gets_it_at_once() -> None:
    with subprocess.Popen(
        [*MAMORI, "clock", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(GOOD)
            process.stdin.flush()
            assert b"2026-09-25" in process.stdout.readline()


def test_a_reader_that_goes_away_causes_no_traceback() -> None:
    with subprocess.Popen(
        [*MAMORI, "clock", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stdin is not None
        process.stdin.write(GOOD)
        process.stdin.close()
        assert process.stderr is not None
        complaint = process.stderr.read()

    assert complaint == b""


def test_the_command_needs_no_framework() -> None:
    asked = "import sys; import mamori.site.command.clock; print([m for m in sys.modules if m.startswith('django')])"

    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False, timeout=60)

    assert ended.stdout == b"[]\n"


def test_the_guide_shows_what_the_command_really_says() -> None:
    guide = (ROOT / "docs" / "how-to" / "compute-a-deadline.md").read_text("utf-8")
    command = shlex.join(MAMORI)

    shown = re.findall(r"```console\n\$ (.+)\n((?:.*\n)+?)```", guide)

    assert len(shown) == 4
    for words, told in shown:
        asked = f'mamori() {{ {command} "$@"; }}; {words}'
        ended = subprocess.run(["sh", "-c", asked], capture_output=True, check=False, timeout=60)
        assert ended.stdout.decode() == told

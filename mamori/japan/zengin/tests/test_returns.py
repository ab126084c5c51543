"""What a bank could not pay is read from our own table, with what to do next; whatever is unclear is told by its line."""

from __future__ import annotations

import pytest

from mamori.japan.zengin.returns import NEXT, Outcome, Why, read_returns

TABLE = """ref,outcome,reason
P-1,paid,
P-2,refused,口座名義相違
P-3,振込不能,該当口座なし
P-4,組戻,依頼人の申出
P-5,refused,店舗が統合されました
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_returns_are_read_as_they_are_handed_in(encoding: str, end: str) -> None:
    found = read_returns(TABLE.replace("\n", end).encode(encoding))

    assert found.faults == []
    assert [(one.line, one.ref, one.outcome, one.why) for one in found.rows] == [
        (2, "P-1", Outcome.PAID, None),
        (3, "P-2", Outcome.REFUSED, Why.NAME_DIFFERS),
        (4, "P-3", Outcome.REFUSED, Why.NO_ACCOUNT),
        (5, "P-4", Outcome.RETURNED, Why.RECALLED),
        (6, "P-5", Outcome.REFUSED, Why.OTHER),
    ]
    assert found.rows[-1].said == "店舗が統合されました"
    assert Outcome.RETURNED.text.ja == "組戻"


def test_every_reason_says_what_to_do_next() -> None:
    assert set(NEXT) == set(Why)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty", 0),
        (b"\n \n", "empty", 0),
        (TABLE.encode("utf-16"), "encoding", 0),
        (b"ref,outcome,reason\nP-1,paid,\x81\n", "encoding", 0),
        (b"ref;outcome;reason\n", "columns", 1),
        (b"ref,outcome,reason\nP-1,paid\n", "columns", 2),
        (b"ref,outcome,reason\nP-1,paid,,\n", "columns", 2),
        (b'ref,outcome,reason\nP-1,refused,"\nP-2,paid,\n', "columns", 3),
        (b'ref,outcome,reason\nP-1,refused,"x\nP-2,paid,"\n', "columns", 3),
        (b"ref,outcome,reason\nP-1,refused," + b"x" * 200_000, "columns", 2),
        (b"ref,outcome,reason\n,paid,\n", "no-ref", 2),
        (b"ref,outcome,reason\nP-1,done,\n", "outcome", 2),
        (b"ref,outcome,reason\nP-1,refused,\n", "no-reason", 2),
        (b"ref,outcome,reason\nP-1,paid,\n\nP-1,refused,x\n", "twice", 4),
    ],
)
def test_what_is_unclear_is_told_by_its_line_and_taken_for_nothing(
    content: bytes, code: str, line: int
) -> None:
    found = read_returns(content)

    assert [(one.code, one.line) for one in found.faults] == [(code, line)]
    assert len(found.rows) == (1 if code == "twice" else 0)
    assert "ください" in found.faults[0].sentence.ja

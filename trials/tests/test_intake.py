"""What the intake's figures promise, and that a trouble that was answered and not written is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trials import intake
from trials.intake import Side, Taken

WRITTEN = "what was answered was written, no more and no less"
MAILED = "each caused its mail"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "say", lambda ja, en: en)


def side(
    *, p99: float = 100.0, rows: int = 50, mails: int = 50, failed: dict[str, int] | None = None
) -> Side:
    return Side(
        per_second=10.0,
        rounds=[10.0],
        p50_ms=50.0,
        p99_ms=p99,
        server_ms=10.0,
        database_ms=3.0,
        answered=50,
        rows=rows,
        mails=mails,
        failed=failed or {},
    )


GOOD = Taken(
    engine="postgres",
    rounds=1,
    seconds_each=1.0,
    load=(1.0, 1.0),
    sides={name: side() for name in intake.LANES},
    ratio={"before": 2.5, "api": 1.2, "form": 0.9},
    statements={"ours": 36, "before": 132},
    worker_ms=5.0,
    worker_mails=100,
    planted_answered=50,
    planted_rows=0,
)


def with_ours(ours: Side) -> Taken:
    return replace(GOOD, sides={**GOOD.sides, "ours": ours})


def broken(found: Taken) -> list[str]:
    return [promise for promise, is_kept in intake.promises(found).items() if not is_kept]


def test_what_is_reached_exactly_is_kept() -> None:
    assert broken(GOOD) == []


@pytest.mark.parametrize(
    ("found", "promise"),
    [
        (replace(GOOD, ratio={**GOOD.ratio, "before": 2.49}), "at least 2.5 times before"),
        (replace(GOOD, ratio={**GOOD.ratio, "api": 1.19}), "at least 1.2 times api"),
        (replace(GOOD, ratio={**GOOD.ratio, "form": 0.89}), "at least 0.9 times form"),
        (with_ours(side(p99=100.1)), "p99 no worse than before"),
        (with_ours(side(failed={"500": 1})), "nothing failed"),
        (with_ours(side(rows=49)), WRITTEN),
        (with_ours(side(rows=51)), WRITTEN),
        (with_ours(side(mails=49)), MAILED),
        (replace(GOOD, planted_rows=50), "planted: a house that writes nothing is noticed"),
    ],
)
def test_each_promise_is_broken_by_itself(found: Taken, promise: str) -> None:
    assert broken(found) == [promise]


@pytest.mark.processes
def test_troubles_are_counted_where_they_lie_and_a_house_that_writes_none_is_noticed() -> None:
    found = intake.measure(engine="sqlite", seconds=1.0, rounds=1, lanes=("ours",), most=40)

    ours = found.sides["ours"]
    assert ours.answered > 0
    assert ours.rows == ours.answered
    assert ours.mails == 2 * ours.answered
    assert found.planted_answered > 0
    assert found.planted_rows == 0
    assert 0 < found.statements["ours"] < 60

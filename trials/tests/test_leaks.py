"""The leak-and-lure check keeps what is promised of it on the labelled messages, and a careless one would not."""

from __future__ import annotations

import pytest

from mamori.japan.lures.checking import check, masked
from trials import leaks


def test_the_check_keeps_its_promises_and_a_careless_one_would_not() -> None:
    found = leaks.measure()

    assert set(found.broken) <= {"400 characters within a millisecond"}, (
        found.figures
    )  # which hangs on the load
    assert min(found.both["wanted"], found.both["innocent"]) >= 450


def test_a_notice_would_be_altered_if_masking_did_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mamori.japan.lures.checking.is_untouchable", lambda _: False)

    touched = sum(leaks.is_touched(one) for one in leaks.samples("formal") if one.formal != "none")

    assert touched >= 300


def test_labels_and_spans_of_the_messages_lie_within_their_texts() -> None:
    everything = [*leaks.samples("seen"), *leaks.samples("blind")]

    assert len(everything) >= 600
    assert len({one.text for one in everything}) == len(everything)
    for one in everything:
        assert {label for label, _, _ in one.spans} == set(one.labels)
        assert all(0 <= start < end <= len(one.text) for _, start, end in one.spans)
        assert masked(one.text, tuple(check(one.text, by=one.by))) is not None

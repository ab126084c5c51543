"""The leak-and-lure check keeps what is promised of it on the labelled messages, and a careless one would not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mamori.japan.lures import check, masked
from trials import leaks


@pytest.fixture(scope="module")
def found() -> leaks.Leaks:
    return leaks.measure()


def test_recall_and_precision_are_as_promised(found: leaks.Leaks) -> None:
    assert found.both.wanted >= 450
    assert found.both.innocent >= 450
    assert leaks.is_good(found.both)
    assert leaks.is_good(found.blind)
    assert all(recall >= 0.85 and precision >= 0.85 for recall, precision, _ in found.both.of_kind.values())
    assert found.both.altered <= leaks.ALTERED * found.both.innocent


def test_every_registered_contact_passes_and_would_be_found_unregistered(found: leaks.Leaks) -> None:
    assert found.registered >= 1_900
    assert found.registered_stopped == 0
    assert found.registered_planted >= 0.95 * found.registered


def test_no_notice_is_touched_whatever_stands_in_it(found: leaks.Leaks) -> None:
    assert found.notices >= 300
    assert found.notices_touched == 0
    assert found.notices_of_their_kind >= 0.85 * found.notices
    assert found.near_misses_named <= 0.05 * found.near_misses


def test_a_notice_would_be_altered_if_masking_did_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mamori.japan.lures.checking.is_untouchable", lambda _: False)

    touched = sum(leaks.is_touched(one) for one in leaks.notices() if one.formal != "none")

    assert touched >= 300


def test_a_careless_check_is_seen_to_be_worse_and_breaks_the_promise(found: leaks.Leaks) -> None:
    careless = replace(found, both=found.plain_regex)

    assert not leaks.is_good(found.plain_regex)
    assert list(leaks.promises(careless).values())[:2] == [False, False]
    assert not any(
        list(leaks.promises(replace(found, registered_stopped=1, notices_touched=1)).values())[2:4]
    )


def test_labels_and_spans_of_the_messages_lie_within_their_texts() -> None:
    everything = [*leaks.samples("seen"), *leaks.samples("blind")]

    assert len(everything) >= 600
    assert len({one.text for one in everything}) == len(everything)
    for one in everything:
        assert {label for label, _, _ in one.spans} == set(one.labels)
        assert all(0 <= start < end <= len(one.text) for _, start, end in one.spans)
        assert masked(one.text, tuple(check(one.text, by=one.by))) is not None

"""An act carries what it read and writes together what waits; an attempt that fails takes back what is its own."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import connection

from mamori.ground.declared import memory

pytestmark = pytest.mark.django_db


class Refused(Exception):
    """What a verb raises that does not come about."""


class Read:
    """Something that is read, and how often it was."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def _let_wait(name: str, written: list[str], *, refused: bool = False) -> None:
    memory.later(name, lambda: written.append(name))
    if refused:
        raise Refused


def test_an_act_reads_once_and_the_next_act_reads_anew() -> None:
    read = Read()

    with memory.act():
        first = [memory.of("terms", "a", read), memory.of("terms", "a", read)]
        with memory.act():
            first.append(memory.of("terms", "a", read))
    with memory.act():
        second = memory.of("terms", "a", read)

    assert (first, second) == ([1, 1, 1], 2)


def test_outside_of_an_act_nothing_is_carried() -> None:
    read = Read()

    memory.put("terms", "a", 7)

    assert [memory.of("terms", "a", read), memory.of("terms", "a", read)] == [1, 2]
    assert not memory.is_carried()
    with pytest.raises(RuntimeError):
        memory.later("rows", lambda: None)


def test_a_page_reads_once_and_anew_after_an_act_of_its_own() -> None:
    read = Read()

    with memory.page():
        before = [memory.of("terms", "a", read), memory.of("terms", "a", read)]
        with memory.act():
            within = [memory.of("terms", "a", read), memory.of("terms", "a", read)]
        after = [memory.of("terms", "a", read), memory.of("terms", "a", read)]

    assert (before, within, after) == ([1, 1], [2, 2], [3, 3])
    assert not memory.is_cached()


def test_a_page_reads_anew_after_an_act_that_was_refused() -> None:
    read = Read()

    with memory.page():
        memory.of("terms", "a", read)
        with suppress(Refused), memory.act():
            raise Refused
        again = memory.of("terms", "a", read)

    assert again == 2


def test_for_a_page_nothing_waits_to_be_written() -> None:
    written: list[str] = []

    with memory.page():
        assert not memory.is_carried()
        with pytest.raises(RuntimeError):
            memory.later("rows", lambda: None)
        with memory.attempt():
            memory.later("rows", lambda: written.append("rows"))
        with suppress(Refused), memory.attempt():
            _let_wait("never", written, refused=True)

    assert written == ["rows"]


def test_what_is_forgotten_is_read_anew() -> None:
    read = Read()

    with memory.act():
        memory.of("terms", "a", read)
        memory.forget("terms")
        after_forgetting = memory.of("terms", "a", read)
        memory.drop("terms", "a")
        after_dropping = memory.of("terms", "a", read)
        memory.clear()
        after_clearing = memory.of("terms", "a", read)

    assert (after_forgetting, after_dropping, after_clearing) == (2, 3, 4)


def test_what_waits_is_written_once_at_the_end_in_the_order_in_which_it_was_asked_for() -> None:
    written: list[str] = []

    with memory.act():
        memory.later("b", lambda: written.append("b"))
        memory.later("a", lambda: written.append("a"))
        memory.later("b", lambda: written.append("b again"))
        before = list(written)

    assert (before, written) == ([], ["b", "a"])


def test_a_reader_who_needs_some_rows_has_them_written_before_the_others() -> None:
    written: list[str] = []

    with memory.act():
        memory.later("b", lambda: written.append("b"))
        memory.later("a", lambda: written.append("a"))
        memory.write("a")
        memory.write("a")
        before = list(written)

    assert (before, written) == (["a"], ["a", "b"])


def test_an_act_that_is_refused_writes_nothing_of_what_waits() -> None:
    written: list[str] = []

    with pytest.raises(Refused), memory.act():
        _let_wait("a", written, refused=True)

    assert written == []
    assert not memory.is_carried()


def test_an_attempt_that_fails_takes_back_what_it_read_and_lets_wait_and_nothing_else() -> None:
    written, read = [], Read()

    with memory.act():
        _let_wait("before", written)
        with pytest.raises(Refused), memory.attempt():
            _let_wait(f"within {memory.of('terms', 'a', read)}", written, refused=True)
        with memory.attempt():
            memory.later("second", lambda: written.append("second"))
        after = memory.of("terms", "a", read)

    assert written == ["before", "second"]
    assert after == 2


def test_an_act_goes_on_after_a_part_of_it_that_was_caught_only_as_an_attempt() -> None:
    with pytest.raises(AssertionError, match="undone"), memory.act():
        _undo_a_part()


def _undo_a_part() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT by_hand")
    connection.savepoint_rollback("by_hand")


def test_what_an_inner_act_refuses_is_not_taken_for_done_by_who_catches_it() -> None:
    with pytest.raises(RuntimeError, match="refused"), memory.act():
        _catch_a_refusal()


def _catch_a_refusal() -> None:
    with suppress(Refused), memory.act():
        raise Refused


def test_what_waits_is_written_before_all_is_read_anew() -> None:
    written: list[str] = []

    with memory.act():
        _let_wait("a", written)
        memory.clear()
        before = list(written)

    assert (before, written) == (["a"], ["a"])

"""What was written before there was a search is found once it was entered, and nothing that must not be."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from mamori.ground.cases import facts as cases, searching
from mamori.ground.cases.models import Entry
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions import Entered
from mamori.rooms.contact.tests.conftest import agent, buyer, lead, seller
from mamori.rooms.contact.topics import Harm, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_of_two")]


def as_before_the_search() -> None:
    """Take away what the search knows, as in a house that was upgraded."""
    rows = list(Entry.objects.values_list("pk", flat=True))
    searching.drop_tokens(rows)
    Entry.objects.all().delete()


def called(text: str) -> list[str]:
    return [hit.case.about for hit in cases.search(text).hits]


def said(text: str = "動きません") -> list[str]:
    return [hit.case.about for hit in contact.search_words(agent(), text=text).hits]


def entries() -> dict[str, str]:
    return dict(Entry.objects.values_list("key", "subject"))


def opened(order: str = "O-1", *, may_read: bool = False) -> tuple[str, int]:
    trouble = contact.open_trouble(
        buyer(),
        order_ref=order,
        topic=Topic.BROKEN,
        harm=Harm.MONEY,
        said="電源が入らず動きません",
        centre_may_read=may_read,
    )
    known = facts.trouble(trouble)
    assert known is not None
    return f"contact.trouble:{trouble}", known.thread


def shared() -> str:
    name, thread = opened()
    contact.answer(seller(), thread=thread, said="部品をお送りします")
    contact.share(seller(), thread=thread)
    return name


def fill(limit: int = 50) -> list[Entered]:
    done, after = [], 0
    while (turn := contact.enter_missing(after=after, limit=limit)) is not None:
        done.append(turn)
        after = turn.last
    return done


def test_cases_and_shared_words_of_before_are_found_as_if_the_search_had_always_been_there() -> None:
    name = shared()
    before = entries()
    as_before_the_search()
    assert (called("O-1"), said()) == ([], [])

    [done] = fill()

    assert (done.cases, done.messages) == (1, 2)
    assert entries() == before
    assert (called("O-1"), said(), said("部品")) == ([name], [name], [name])


def test_words_that_are_not_open_to_the_centre_stay_unfound() -> None:
    opened(may_read=True)  # the buyer agreed, but no mediation has begun
    as_before_the_search()

    [done] = fill()

    assert (done.cases, done.messages) == (1, 0)
    assert said() == []


def test_with_consent_and_mediation_they_are_entered() -> None:
    name, _ = opened(may_read=True)
    contact.request_mediation(buyer(), trouble=int(name.rpartition(":")[2]))
    as_before_the_search()

    fill()

    assert said() == [name]


def test_a_second_time_nothing_is_entered_twice() -> None:
    shared()
    as_before_the_search()
    fill()
    there = entries()

    [again] = fill()

    assert (again.cases, again.messages) == (0, 0)
    assert entries() == there
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_tokens")
        assert cursor.fetchone()[0] == len(there)


def test_broken_off_in_the_middle_it_enters_the_rest_next_time() -> None:
    shared()
    opened(order="O-3")
    whole = entries()
    as_before_the_search()
    first = contact.enter_missing(after=0, limit=1)
    assert first
    with transaction.atomic():  # the machine dies in the second turn
        contact.enter_missing(after=first.last, limit=1)
        transaction.set_rollback(True)
    assert len(entries()) < len(whole)

    turns = fill(limit=1)

    assert entries() == whole
    assert [turn.cases for turn in turns] == [0, 1]


def test_of_who_was_erased_neither_name_nor_words_come_back_and_no_new_key_is_made() -> None:
    name = shared()
    ledger.shred(lead(), subject="seller:S-1", reason="請求")
    left = entries()
    as_before_the_search()

    [done] = fill()

    assert entries() == left
    assert "seller:S-1" not in entries().values()
    assert (called("O-1"), said("部品"), said()) == ([name], [], [name])
    assert done.messages == 1
    assert seals.living(["seller:S-1"]) == set()


def test_questions_recoveries_and_notices_are_entered_too() -> None:
    contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は何色ですか")
    contact.send_formal(buyer(), notice="return", order_ref="O-1", reason="合わない")
    before = entries()
    as_before_the_search()

    [done] = fill()

    assert done.cases == len(before)
    assert entries() == before

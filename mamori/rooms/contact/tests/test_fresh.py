"""A trouble that was opened in an act is shown from the rows that the act holds, as it would be read anew."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Role
from mamori.ground.declared import memory
from mamori.rooms.contact import actions
from mamori.rooms.contact.endpoints.showing import shown, thread_of_trouble
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Message, Trouble, beside
from mamori.rooms.contact.tests.conftest import actor, buyer, open_trouble
from mamori.rooms.contact.topics import Harm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_of_two")]


@pytest.mark.parametrize("harm", list(Harm))
@pytest.mark.parametrize("may_read", [True, False])
def test_what_was_opened_just_now_is_shown_as_it_would_be_read_anew(harm: Harm, may_read: bool) -> None:
    with memory.act():
        trouble = open_trouble(harm=harm, may_read=may_read)
        at_hand = shown(buyer(), thread_of_trouble(buyer(), trouble))
        beside._forget()
        read_anew = shown(buyer(), thread_of_trouble(buyer(), trouble))

    assert at_hand == read_anew
    assert at_hand.trouble is not None
    assert at_hand.trouble.harm is harm


def test_what_was_opened_just_now_is_not_looked_for() -> None:
    with memory.act():
        trouble = open_trouble()
        with CaptureQueriesContext(connection) as made:
            thread_of_trouble(buyer(), trouble)

    assert len(made) == 0


def test_what_was_opened_just_now_is_shown_to_its_parties_only() -> None:
    with memory.act():
        trouble = open_trouble()
        with pytest.raises(NothingHere):
            thread_of_trouble(actor("buyer:B-2", Role.BUYER), trouble)


def test_what_is_written_to_a_trouble_that_was_opened_just_now_is_numbered_on_and_seen() -> None:
    with memory.act():
        trouble = open_trouble()
        thread = Trouble.objects.get(pk=trouble).thread_id
        actions.write(buyer(), thread=thread, said="もう一つあります")
        actions.withdraw(buyer(), trouble=trouble)
        state = thread_of_trouble(buyer(), trouble).trouble.state

    assert list(Message.objects.values_list("number", flat=True)) == [1, 2]
    assert state == "withdrawn"

"""A review's words are sealed with its author's key, what it said before is kept, and both go with that key."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from msgspec.structs import replace

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions, facts
from mamori.ground.market.actions import Change
from mamori.ground.market.tests.conftest import MACHINE, MONDAY, REVIEW

pytestmark = pytest.mark.usefixtures("market")
COUNSEL = Actor(by="counsel:1", role=Role.COUNSEL, at=MONDAY, via="test")
SAID = replace(REVIEW, author="B-1", text="とても良い匙です")


def said() -> list[tuple[str, int, str]]:
    return [(one.author_ref, one.stars, one.text) for one in facts.review_edits("R-1")]


def text() -> str:
    found = facts.review("R-1")
    assert found
    return found.text


def test_what_a_review_said_before_is_kept_in_its_order() -> None:
    actions.put_review(MACHINE, SAID)
    again = actions.put_review(MACHINE, SAID)
    actions.put_review(MACHINE, replace(SAID, text="折れました", stars=1))
    actions.put_review(MACHINE, replace(SAID, text="折れました", stars=1, state=facts.ReviewState.HIDDEN))

    assert again is Change.UNCHANGED
    assert text() == "折れました"
    assert said() == [("", 5, ""), ("B-1", 5, "とても良い匙です")]


def test_its_words_lie_nowhere_in_plain_and_go_with_the_authors_key() -> None:
    actions.put_review(MACHINE, SAID)
    actions.put_review(MACHINE, replace(SAID, text="折れました"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM market_review UNION ALL SELECT sealed FROM market_reviewedit")
        lies = b"".join(bytes(row[0]) for row in cursor.fetchall() if row[0] is not None)

    with transaction.atomic():
        ledger.shred(COUNSEL, subject="buyer:B-1", reason="asked")

    assert not [word for word in ("とても良い", "折れました") if word.encode() in lies]
    assert (text(), [words for _, _, words in said()]) == ("", ["", ""])


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"author": None}, "author-needed"),
        ({"author": "B-9"}, "reference-unknown"),
        ({"author": "B-2"}, "person-erased"),
    ],
)
def test_words_without_anybody_whose_key_could_seal_them_are_refused(told: dict[str, Any], code: str) -> None:
    actions.put_buyer(MACHINE, actions.BuyerLine(ref="B-2", name="だれか"))
    with transaction.atomic():
        ledger.shred(COUNSEL, subject="buyer:B-2", reason="asked")

    with pytest.raises(Refusal) as refused:
        actions.put_review(MACHINE, replace(SAID, **told))

    assert refused.value.code == code
    assert text() == ""

"""Over the API as on the pages: a notice is said to be settled, and what a party lets the centre read, each for themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from mamori.doors.gateway.tests.conftest import Software, bare
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact.models import Formal, Thread
from tests.laid import laid

BUYER, SELLER, DELEGATE = "buyer:B-1", "seller:S-1", "seller:S-1/hana"


@laid
def formal(market: Software) -> str:
    """A notice that has arrived."""
    told = {"notice": "return", "order": "O-1"}
    given: str = market.call("POST", "/formal-notices", told, party=BUYER).json()["id"]
    return given


def do(shop: Software, path: str, who: str = BUYER, told: Any = None, key: str = "") -> HttpResponse:
    return shop.call("POST", path, told, party=who, key=key)


def kinds(about: str) -> list[str]:
    return [act.kind.removeprefix("contact.") for act in ledger.acts_about(about)]


def test_a_buyer_says_that_it_is_settled_and_the_seller_is_told_once(market: Software, formal: str) -> None:
    path = f"/formal-notices/{formal}/settled"

    first, again = (do(market, path, key="k-1") for _ in range(2))
    other = do(market, path)

    told = first.json()
    assert first.status_code == 200
    assert (told["state"], told["due_at"], told["words"]) == ("settled", None, None)
    assert told["closed_at"]
    assert first.content == again.content
    assert (other.status_code, other.json()["code"]) == (409, "step-not-open")
    assert kinds(f"contact.formal:{bare(formal)}") == ["send_formal", "settle_formal"]
    heard = [one.template for one in outbox.notices(about=f"contact.formal:{bare(formal)}", to=SELLER)]
    assert heard == ["contact.formal_settled", "contact.formal_arrived"]  # the newest first


@pytest.mark.parametrize(("who", "status"), [(SELLER, 403), (DELEGATE, 403), ("buyer:B-2", 404), ("", 401)])
def test_nobody_settles_it_for_the_buyer(market: Software, formal: str, who: str, status: int) -> None:
    answer = do(market, f"/formal-notices/{formal}/settled", who)

    assert answer.status_code in {status, 403 if not who else status}
    assert Formal.objects.get().closed_at is None
    assert do(market, "/formal-notices/fml_999999/settled").json()["code"] == "nothing-here"
    assert do(market, "/formal-notices/x/settled").json()["code"] == "no-such-id"


@pytest.mark.parametrize("who", [BUYER, SELLER])
def test_either_party_shows_a_notice_to_the_centre_once(market: Software, formal: str, who: str) -> None:
    path = f"/formal-notices/{formal}/share"
    before = market.call("GET", f"/formal-notices/{formal}").json()["shared"]

    first, again = (do(market, path, who, key="k-1") for _ in range(2))
    other = do(market, path, BUYER)

    assert (before, first.json()["shared"], first.json()["words"]) == (False, True, None)
    assert first.content == again.content
    assert (other.status_code, other.json()["code"]) == (409, "already-shared")
    assert kinds(f"contact.formal:{bare(formal)}") == ["send_formal", "share_formal"]
    assert ledger.acts_about(f"contact.formal:{bare(formal)}")[-1].content["by"] == who  # type: ignore[index]


def test_the_key_alone_and_strangers_show_nothing_to_the_centre(
    market: Software, formal: str, thread: str
) -> None:
    for path in (f"/formal-notices/{formal}/share", f"/threads/{thread}/share"):
        assert do(market, path, "").status_code in (401, 403)
        assert do(market, path, "seller:S-9").status_code == 404
    assert do(market, f"/formal-notices/{formal}/share", "buyer:B-2").status_code == 404

    assert Formal.objects.get().shared_at is None
    assert Thread.objects.get().shared_at is None


def test_a_seller_shows_a_thread_to_the_centre_and_the_buyer_does_not_learn_of_it(
    market: Software, thread: str
) -> None:
    path = f"/threads/{thread}/share"

    refused = do(market, path, BUYER)
    first, again = (do(market, path, SELLER, key="k-1") for _ in range(2))
    other = do(market, path, SELLER)

    assert refused.status_code == 403
    assert (first.status_code, first.json()["shared"]) == (200, True)
    assert first.content == again.content
    assert (other.status_code, other.json()["code"]) == (409, "already-shared")
    assert market.call("GET", f"/threads/{thread}", party=BUYER).json()["shared"] is None
    assert market.call("GET", f"/threads/{thread}").json()["shared"] is True


def test_a_buyer_says_whether_the_centre_may_read_and_the_seller_does_not_learn_of_it(
    market: Software, thread: str
) -> None:
    path = f"/threads/{thread}/reading"

    answers = [do(market, path, BUYER, {"centre_may_read": may}) for may in (False, True, True)]
    sellers = do(market, path, SELLER, {"centre_may_read": True})
    theirs = do(market, path, "buyer:B-2", {"centre_may_read": True})
    empty = do(market, path, BUYER, {})

    assert [answer.json()["centre_may_read"] for answer in answers] == [False, True, True]
    assert (sellers.status_code, theirs.status_code) == (403, 404)
    assert (empty.status_code, empty.json()["code"]) == (422, "fields-wrong")
    assert market.call("GET", f"/threads/{thread}", party=SELLER).json()["centre_may_read"] is None
    assert market.call("GET", f"/threads/{thread}").json()["centre_may_read"] is True


def test_with_a_question_before_purchase_the_centre_has_nothing_to_do(market: Software) -> None:
    question = {"listing": "L-1", "topic": "goods", "said": "大きさは"}
    number = market.call("POST", "/threads", question, party=BUYER).json()["id"]

    shared = do(market, f"/threads/{number}/share", SELLER)
    let = do(market, f"/threads/{number}/reading", BUYER, {"centre_may_read": True})

    assert (shared.status_code, let.status_code) == (404, 404)
    assert not Thread.objects.get().centre_may_read

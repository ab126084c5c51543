"""Cases page by page, receipts, webhooks, and the description itself."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mamori.doors.gateway.tests.conftest import DOCUMENT, EARLY, TROUBLE, Software, machine
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger, facts as ledger_facts
from mamori.ground.ledger.models import ActContent
from mamori.ground.market import actions as market_actions
from mamori.ground.outbox.models import Endpoint
from tests.laid import laid

ORDER = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "ordered_at": EARLY.isoformat()}


@laid
def many(market: Software) -> list[int]:
    """Twelve troubles of two buyers."""
    found = []
    for number in range(12):
        buyer = f"B-{number % 2 + 1}"
        market.call("PUT", f"/orders/N-{number}", ORDER | {"buyer": buyer})
        told = TROUBLE | {"order": f"N-{number}"}
        found.append(market.call("POST", "/threads", told, party=f"buyer:{buyer}").json()["id"])
    return found


def walk(shop: Software, query: str = "", party: str = "") -> list[int]:
    found, cursor = [], ""
    while True:
        page = shop.call("GET", f"/cases?limit=5{query}{cursor}", party=party).json()
        found += [case["thread"] for case in page["items"]]
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def test_pages_hold_every_case_once_in_the_order_in_which_they_fall_due(
    market: Software, many: list[int]
) -> None:
    assert walk(market) == many


@pytest.mark.parametrize(
    ("query", "count"), [("&buyer=B-1", 6), ("&seller=S-1", 12), ("&order=N-3", 1), ("&buyer=B-9", 0)]
)
def test_cases_are_chosen_by_party_or_order(
    market: Software, many: list[int], query: str, count: int
) -> None:
    assert len(walk(market, query)) == count


def test_a_party_sees_its_own_cases_whatever_it_asks_for(market: Software, many: list[int]) -> None:
    assert len(walk(market, party="buyer:B-1")) == 6
    assert len(walk(market, "&buyer=B-1", party="buyer:B-1")) == 6
    assert walk(market, "&buyer=B-2", party="buyer:B-1") == []
    assert walk(market, party="buyer:B-3") == []
    assert len(walk(market, party="seller:S-1")) == 12


def test_what_the_centre_minds_is_not_told_to_parties(market: Software, many: list[int]) -> None:
    from mamori.ground.cases.models import Case

    Case.objects.update(attention="second-reader")

    told = market.call("GET", "/cases", party="seller:S-1").json()["items"]

    assert {case["attention"] for case in told} == {""}


def test_a_page_costs_the_same_number_of_queries_however_long(market: Software, many: list[int]) -> None:
    counts = []
    for limit in (1, 10):
        with CaptureQueriesContext(connection) as seen:
            market.call("GET", f"/cases?limit={limit}")
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 6


def test_a_receipt_waits_for_its_place_and_then_proves_it(market: Software, thread: str) -> None:
    number = ActContent.objects.filter(subject="buyer:B-1").latest("act").act_id

    waiting = market.call("GET", f"/receipts/rct_{number}")
    ledger.sequence(at=machine().at)
    there = market.call("GET", f"/receipts/rct_{number}")

    assert (waiting.status_code, waiting["Retry-After"]) == (202, "1")
    assert there.status_code == 200
    assert there.json()["content"] is None
    assert there.json()["proof"] is not None


def test_a_party_opens_what_it_did_itself_and_a_stranger_finds_nothing(market: Software, thread: str) -> None:
    number = (
        ActContent.objects.filter(subject="buyer:B-1", about__startswith="contact.trouble")
        .latest("act")
        .act_id
    )
    before = market.call("GET", f"/receipts/rct_{number}", party="buyer:B-2")
    ledger.sequence(at=machine().at)

    own = market.call("GET", f"/receipts/rct_{number}", party="buyer:B-1")
    other = market.call("GET", f"/receipts/rct_{number}", party="buyer:B-2")
    none = market.call("GET", "/receipts/rct_999999", party="buyer:B-2")

    assert own.json()["content"]["by"] == "buyer:B-1"
    assert before.status_code == other.status_code == none.status_code == 404


def test_a_party_who_was_given_the_whole_address_sees_the_proof_and_no_words(
    market: Software, thread: str
) -> None:
    number = ActContent.objects.filter(subject="buyer:B-1").latest("act").act_id
    ledger.sequence(at=machine().at)
    act = ledger_facts.act(number)
    assert act

    given = market.call("GET", f"/receipts/{act.address}", party="buyer:B-2")
    guessed = market.call("GET", f"/receipts/{number}-{'a' * 24}", party="buyer:B-2")

    assert given.status_code == 200
    assert given.json()["content"] is None
    assert guessed.status_code == 404


def test_a_seller_opens_what_its_delegate_did_and_a_delegate_not_what_another_did(market: Software) -> None:
    delegate = Actor(by="seller:S-1/hana", role=Role.DELEGATE, at=machine().at, via="test")
    with transaction.atomic():
        number = ledger.record(delegate, kind="contact.answer", subject="buyer:B-1", about="x")
    ledger.sequence(at=machine().at)

    seen = market.call("GET", f"/receipts/rct_{number}", party="seller:S-1")
    strangers = market.call("GET", f"/receipts/rct_{number}", party="seller:S-2")

    assert seen.json()["content"]["by"] == "seller:S-1/hana"
    assert strangers.status_code == 404


def test_what_staff_did_about_a_party_is_proved_to_it_and_not_opened(market: Software, thread: str) -> None:
    agent = Actor(by="agent:7", role=Role.AGENT, at=machine().at, via="test")
    with transaction.atomic():
        number = ledger.record(
            agent, kind="contact.look", subject="buyer:B-1", about="x", reason="内緒の理由"
        )
    ledger.sequence(at=machine().at)

    seen = market.call("GET", f"/receipts/rct_{number}", party="buyer:B-1")

    assert seen.status_code == 200
    assert "内緒" not in seen.content.decode()
    assert ledger_facts.act(number) is not None


def test_a_webhook_is_added_listed_given_a_new_secret_and_removed(market: Software) -> None:
    added = market.call("POST", "/webhooks", {"url": "https://shop.example/hook", "kinds": ["contact.*"]})
    number = added.json()["id"]
    listed = market.call("GET", "/webhooks")
    rotated = market.call("POST", f"/webhooks/{number}/secret")
    removed = market.call("DELETE", f"/webhooks/{number}")
    again = market.call("DELETE", f"/webhooks/{number}")

    assert added.json()["secret"].startswith("whsec_")
    assert added.json()["secret"] not in listed.content.decode()
    assert listed.json()["items"][0]["kinds"] == ["contact.*"]
    assert rotated.json()["secret"] not in ("", added.json()["secret"])
    assert (removed.status_code, removed.content) == (204, b"")
    assert again.status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shop.example/",
        "https://user:pw@shop.example/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "x",
        "http://10.0.0.1/",
        "http://shop.example/",
    ],
)
def test_an_address_that_nothing_should_be_sent_to_is_refused(
    market: Software, url: str, settings: object
) -> None:
    settings.MAMORI_WEBHOOK_PRIVATE = settings.IS_DEVELOPING = False  # type: ignore[attr-defined]

    answer = market.call("POST", "/webhooks", {"url": url})

    assert answer.status_code == 422
    assert Endpoint.objects.count() == 0


@pytest.mark.parametrize("kinds", [["nope!"], ["contact."], [""], [5], "contact.*", ["*"] * 51])
def test_kinds_that_can_be_none_are_refused(market: Software, kinds: object) -> None:
    assert market.call("POST", "/webhooks", {"url": "https://a.example/", "kinds": kinds}).status_code == 422


def test_an_instruction_is_confirmed_once_and_another_answer_is_refused(market: Software) -> None:
    actor = machine()
    ref = market_actions.instruct(actor, kind="refund", order_ref="O-1", amount=500, about="test:1")

    done = market.call("POST", f"/confirmations/{ref}", {"outcome": "confirmed", "note": "tx 1"})
    again = market.call("POST", f"/confirmations/{ref}", {"outcome": "confirmed"})
    other = market.call("POST", f"/confirmations/{ref}", {"outcome": "refused"})
    none = market.call("POST", "/confirmations/ins_0", {"outcome": "confirmed"})
    ahead = (actor.at + timedelta(days=1)).isoformat()
    early = market.call("POST", f"/confirmations/{ref}", {"outcome": "confirmed", "at": ahead})

    assert (done.status_code, done.json()["state"]) == (200, "confirmed")
    assert again.json() == done.json()
    assert (other.status_code, none.status_code, early.status_code) == (409, 404, 422)


def test_the_description_is_served_to_anybody_and_holds_no_secret(shop: Software) -> None:
    answer = shop.client.get("/api/v1/openapi.json", secure=True)

    served, known = answer.json(), json.loads(json.dumps(DOCUMENT))
    for told in (served, known):  # tests declare events of their own
        told["webhooks"] = {
            kind: item for kind, item in told["webhooks"].items() if not kind.startswith("test.")
        }
    assert served == known
    assert answer.json()["openapi"].startswith("3.1")


@pytest.mark.parametrize(("language", "topic"), [("ja", "壊れて"), ("en", "broken")])
def test_what_a_case_is_about_is_said_in_the_language_asked_for(
    market: Software, many: list[int], language: str, topic: str
) -> None:
    page = market.call("GET", "/cases?limit=1", **{"accept-language": language}).json()

    assert topic in page["items"][0]["topic"]

"""Payouts over the API: an account told, a payout asked for and answered, a run written, what banks returned."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from conftest import in_force
from mamori.doors.gateway.tests.conftest import Software
from mamori.grammar.actor import Actor, Role
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import bank_day_from
from mamori.japan.zengin.reading import read
from mamori.law.clauses import CLAUSES
from mamori.law.settings import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME
from tests.laid import laid

pytestmark = pytest.mark.django_db
ACCOUNT = {"bank": "0001", "branch": "001", "number": "1234567", "holder": "ヤマダ ハナコ"}
EARLY = datetime.now(UTC) - timedelta(days=60)
DAY = bank_day_from(datetime.now(UTC).date() + timedelta(days=5))
SUNDAY = DAY + timedelta(days=6 - DAY.weekday())


def of(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


@laid
def paying(shop: Software) -> Software:
    """A shop with a seller whose name is checked and who accepted every clause; it is set who pays."""
    early = Actor(by="machine:test", role=Role.MACHINE, at=EARLY, via="test")
    in_force(at=EARLY, since=EARLY.date())
    for setting, value in (
        (PAYER_CODE, "1234567890"),
        (PAYER_NAME, "ミホン"),
        (PAYER_ACCOUNT, "0001-001-1-1111111"),
    ):
        terms.set(Actor(by="lead:1", role=Role.LEAD, at=early.at, via="test"), setting=setting, value=value)
    accepted = [{"clause": one.code, "version": one.version, "at": EARLY.isoformat()} for one in CLAUSES]
    for ref, name in (("S-1", "山田 花子"), ("S-2", "鈴木 一郎")):
        told = {
            "legal_name": name,
            "legal_kana": "ヤマダ ハナコ" if ref == "S-1" else "スズキ イチロウ",
            "registered_as": "person",
            "verified_by": "jpki",
            "verified_at": EARLY.isoformat(),
        }
        assert shop.call("PUT", f"/sellers/{ref}", {"name": "店", "accepted": accepted}).status_code == 201
        assert shop.call("PUT", f"/sellers/{ref}/verification", told).status_code == 200
    return shop


def asked(shop: Software, ref: str = "P-1", **more: Any) -> HttpResponse:
    return shop.call("POST", f"/payouts/{ref}/authorize", {"seller": "S-1", "amount": 10_000} | more)


def test_an_account_is_told_and_shown_masked(paying: Software) -> None:
    answer = paying.call("PUT", "/payees/S-1/account", ACCOUNT)

    assert answer.status_code == 200
    [shown] = of(answer)["accounts"]
    assert (shown["masked"], shown["bank_name"], shown["name"], shown["state"]) == (
        "****567",
        "みずほ",
        "match",
        "in_use",
    )
    assert "1234567" not in answer.content.decode()
    assert of(paying.call("GET", "/payees/S-1/account")) == of(answer)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": "12345X7"}, "account-number-not-digits"),
        ({"number": "123456"}, "account-number-length"),
        ({"branch": "999"}, "no-such-branch"),
        ({"bank": "9999"}, "no-such-bank"),
        ({"kind": "定期"}, "no-such-account-kind"),
        ({"holder": "Иван Иванов"}, "not-for-transfer"),
        ({"holder": "𮟎田"}, "not-for-transfer"),
        ({"holder": " "}, "no-account-holder"),
        ({"symbol": "99999", "number": "1"}, "post-bank-no-such-symbol"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_and_nothing_is_kept(
    paying: Software, wrong: dict[str, str], code: str
) -> None:
    answer = paying.call("PUT", "/payees/S-1/account", ACCOUNT | wrong)

    assert answer.status_code == 422
    assert of(answer)["type"].endswith(code)
    assert of(paying.call("GET", "/payees/S-1/account"))["accounts"] == []


def test_a_payout_is_released_partly_or_not_with_amounts_reasons_clause_and_receipt(paying: Software) -> None:
    held = of(asked(paying))
    paying.call("PUT", "/payees/S-1/account", ACCOUNT)
    paid = of(paying.call("GET", "/payouts/P-1"))

    assert (held["verdict"], held["waits"], held["clause"], held["clause_version"]) == (
        "hold",
        10_000,
        "payout-hold",
        2,
    )
    assert [one["code"] for one in held["reasons"]] == ["no-account"]
    assert held["reasons"][0]["todo"]["ja"]
    assert held["review_at"] < held["ends_at"]
    assert held["receipt"].startswith(f"{held['decision'].removeprefix('rct_')}-")
    assert (paid["verdict"], paid["released"], paid["ends_at"]) == ("release", 10_000, None)


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"amount": -1}, 422, "fields-wrong"),
        ({"amount": 0}, 422, "fields-wrong"),
        ({"amount": 10**10}, 422, "fields-wrong"),
        ({"amount": 10**30}, 422, "fields-wrong"),
        ({"amount": 1.5}, 422, "fields-wrong"),
        ({"seller": "S-2"}, 409, "payout-differs"),
        ({"amount": 9_999}, 409, "payout-differs"),
    ],
)
def test_what_is_wrong_with_a_payout_is_said_and_the_first_answer_stands(
    paying: Software, told: dict[str, Any], status: int, code: str
) -> None:
    before = of(asked(paying))

    answer = asked(paying, **told)

    assert answer.status_code == status
    assert of(answer)["type"].endswith(code)
    assert of(paying.call("GET", "/payouts/P-1")) == before


def test_a_reference_that_cannot_be_is_refused(paying: Software) -> None:
    answer = asked(paying, "支払い")

    assert answer.status_code == 422
    assert of(answer)["type"].endswith("payout-ref-wrong")


def test_the_seller_reads_its_own_and_enters_its_account_and_a_delegate_does_not(paying: Software) -> None:
    asked(paying)

    assert paying.call("GET", "/payouts/P-1", party="seller:S-1").status_code == 200
    assert paying.call("GET", "/payouts/P-1", party="seller:S-2").status_code == 404
    assert paying.call("PUT", "/payees/S-1/account", ACCOUNT, party="seller:S-1").status_code == 200
    assert paying.call("PUT", "/payees/S-1/account", ACCOUNT, party="seller:S-2").status_code == 403
    assert paying.call("GET", "/payees/S-1/account", party="seller:S-2").status_code == 404


def test_the_bank_says_whether_the_name_agrees(paying: Software) -> None:
    assert paying.call("POST", "/payees/S-1/account/check", {"agrees": True}).status_code == 404
    paying.call("PUT", "/payees/S-1/account", ACCOUNT)

    answer = paying.call("POST", "/payees/S-1/account/check", {"agrees": True})

    assert of(answer)["accounts"][0]["proved_by"] == "bank"


def test_a_marketplace_that_pays_itself_tells_what_became_of_it(paying: Software) -> None:
    paying.call("PUT", "/payees/S-1/account", ACCOUNT)
    asked(paying)

    assert of(paying.call("POST", "/payouts/P-1/result", {"paid": True}))["state"] == "paid"
    back = of(paying.call("POST", "/payouts/P-1/result", {"paid": False, "why": "解約"}))

    assert (back["state"], [one["code"] for one in back["reasons"]]) == ("held", ["account-bounced"])
    assert paying.call("POST", "/payouts/P-9/result", {"paid": True}).status_code == 404


def test_a_run_takes_lines_twice_and_pays_once_and_its_file_is_what_was_meant(paying: Software) -> None:
    paying.call("PUT", "/payees/S-1/account", ACCOUNT)
    begun = paying.call("PUT", "/payout-runs/R-1", {"pays_on": DAY.isoformat()})
    lines = {
        "lines": [
            {"ref": "P-1", "seller": "S-1", "amount": 700},
            {"ref": "P-2", "seller": "S-2", "amount": 5},
        ]
    }

    for _ in range(2):
        assert of(paying.call("POST", "/payout-runs/R-1/lines", lines))["lines"] == 2
    file = of(paying.call("POST", "/payout-runs/R-1/file"))
    again = of(paying.call("POST", "/payout-runs/R-1/file"))
    report = of(paying.call("GET", "/payout-runs/R-1"))

    assert begun.status_code == 200
    assert file == again
    reading = read(base64.b64decode(file["content"]), on=DAY)
    assert reading.is_good
    [one] = reading.payments
    assert (one.amount, one.to.number, file["count"], file["total"]) == (700, "1234567", 1, 700)
    assert [(line["payout"], line["verdict"], bool(line["why"])) for line in report["items"]] == [
        ("P-1", "release", False),
        ("P-2", "hold", True),
    ]
    assert (report["next"], report["run"]["state"]) == (None, "written")
    assert of(paying.call("GET", "/payout-runs/R-1?after=1"))["items"][0]["payout"] == "P-2"
    table = f"ref,outcome,reason\n{one.reference:020},振込不能,口座なし\n12345,入金,\n"
    assert of(paying.call("POST", "/payout-returns", {"table": table})) == {"rows": 2, "unknown": [3]}
    assert of(paying.call("GET", "/payouts/P-1"))["waits"] == 700


@pytest.mark.parametrize(
    ("method", "path", "told", "status", "code"),
    [
        ("PUT", "/payout-runs/R-2", {"pays_on": SUNDAY.isoformat()}, 422, "not-a-bank-day"),
        (
            "POST",
            "/payout-runs/R-9/lines",
            {"lines": [{"ref": "P", "seller": "S", "amount": 1}]},
            404,
            "no-such-run",
        ),
        ("POST", "/payout-runs/R-9/file", None, 404, "no-such-run"),
        ("GET", "/payout-runs/R-9", None, 404, "no-such-run"),
        ("POST", "/payout-returns", {"table": "x,y\n"}, 422, "returns-not-good"),
    ],
)
def test_what_is_wrong_with_a_run_is_said(
    paying: Software, method: str, path: str, told: Any, status: int, code: str
) -> None:
    answer = paying.call(method, path, told)

    assert answer.status_code == status
    assert of(answer)["type"].endswith(code)


def test_a_run_of_nothing_has_no_file_and_without_a_payer_none_is_begun(
    paying: Software, shop: Software
) -> None:
    paying.call("PUT", "/payout-runs/R-1", {"pays_on": DAY.isoformat()})

    assert of(paying.call("POST", "/payout-runs/R-1/file"))["type"].endswith("nothing-to-pay")
    terms.set(
        Actor(by="lead:1", role=Role.LEAD, at=datetime.now(UTC), via="test"), setting=PAYER_CODE, value=""
    )
    refused = shop.call("PUT", "/payout-runs/R-2", {"pays_on": DAY.isoformat()})
    assert of(refused)["type"].endswith("payer-not-set")


def test_a_payout_for_a_seller_whom_nobody_told_of_is_refused_with_what_to_do(paying: Software) -> None:
    answer = asked(paying, seller="S-9")

    assert answer.status_code == 422
    assert "PUT /api/v1/sellers" in of(answer)["detail"]
    assert paying.call("GET", "/payouts/P-1").status_code == 404


def test_a_payout_called_as_a_transfer_is_refused_with_what_to_do(paying: Software) -> None:
    paying.call("PUT", "/payees/S-1/account", ACCOUNT)
    paying.call("PUT", "/payout-runs/R-1", {"pays_on": DAY.isoformat()})

    alone = asked(paying, "00000000000000000007")
    lines = [{"ref": ref, "seller": "S-1", "amount": 5} for ref in ("00000000000000000007", "P-1")]
    paying.call("POST", "/payout-runs/R-1/lines", {"lines": lines})

    assert (alone.status_code, of(alone)["type"].split("/")[-1]) == (422, "payout-ref-is-number")
    refused, taken = of(paying.call("GET", "/payout-runs/R-1"))["items"]
    assert (refused["verdict"], taken["released"]) == ("refused", 5)
    assert "P-00000000000000000007" in refused["why"]["en"]


def test_payouts_are_listed_and_a_seller_sees_its_own(paying: Software) -> None:
    for ref, seller in (("P-1", "S-1"), ("P-2", "S-2"), ("P-3", "S-1")):
        asked(paying, ref, seller=seller)

    every = of(paying.call("GET", "/payouts?limit=2"))
    rest = of(paying.call("GET", f"/payouts?limit=2&cursor={every['next']}"))
    own = of(paying.call("GET", "/payouts", party="seller:S-1"))
    others = of(paying.call("GET", "/payouts?seller=S-2", party="seller:S-1"))
    waiting = of(paying.call("GET", "/payouts?waiting=true"))

    assert [one["ref"] for page in (every, rest) for one in page["items"]] == ["P-3", "P-2", "P-1"]
    assert rest["next"] is None
    assert [one["ref"] for one in own["items"]] == ["P-3", "P-1"]
    assert others["items"] == []
    assert all(one["waits"] > 0 for one in waiting["items"])

"""The company itself says that somebody was signed out there: every visit ends, once, and by nobody else's word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from mamori.ground.ledger.models import Act
from mamori.ground.web.signing.company.provider import (
    WELL_KNOWN,
    BadCompanyToken,
    CompanyAway,
    discovered,
    signed_out,
)
from mamori.ground.web.signing.company.tests.conftest import Come, hanako
from mamori.ground.web.signing.company.tests.lying import KeyPair, Provider, seconds

pytestmark = pytest.mark.django_db

OUT = "/account/company/out/"
LIES: tuple[dict[str, Any], ...] = (
    {"iss": "https://evil.example"},
    {"aud": "another"},
    {"iat": seconds(hours=-1)},
    {"iat": seconds(hours=1)},
    {"iat": None},
    {"jti": None},
    {"jti": 7},
    {"events": None},
    {"events": {}},
    {"events": {"http://schemas.openid.net/event/backchannel-logout": "x"}},
    {"events": "http://schemas.openid.net/event/backchannel-logout"},
    {"nonce": "x"},
    {"sub": None},
    {"exp": seconds(hours=-1)},
)


@pytest.fixture
def inside(come: Come) -> Client:
    """Let Hanako be in by the company."""
    client = Client()
    come(client)
    return client


def out(token: str) -> Any:
    """Tell it as the company's software does: no cookie, no page."""
    return Client(enforce_csrf_checks=True).post(OUT, {"logout_token": token})


def is_in(client: Client) -> bool:
    return client.get("/desk/components").status_code == 200


def test_whom_the_company_signed_out_is_out_with_the_next_request(company: Provider, inside: Client) -> None:
    answer = out(company.logout_token())

    assert (answer.status_code, answer["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert not is_in(inside)
    assert (
        Act.objects.filter(
            kind="people.company_ended",
        ).count()
        == 1
    )


def test_a_visit_that_is_named_alone_ends_every_visit_of_who_has_it(company: Provider, come: Come) -> None:
    phone, desk = Client(), Client()
    company.claims = {"sid": "s-1"}
    come(phone)
    company.claims = {"sid": "s-2"}
    come(desk)

    assert out(company.logout_token(sub=None, sid="s-2")).status_code == 200

    assert not is_in(phone)
    assert not is_in(desk)


def test_another_visit_ends_nobodys(company: Provider, inside: Client) -> None:
    assert out(company.logout_token(sub=None, sid="s-9")).status_code == 200
    assert out(company.logout_token(sub="u-9", jti="out-2")).status_code == 200

    assert is_in(inside)


def test_a_notice_is_taken_once(company: Provider, inside: Client, come: Come) -> None:
    token = company.logout_token()
    out(token)
    come(inside)

    assert out(token).status_code == 400
    assert is_in(inside)


@pytest.mark.parametrize("claims", LIES)
def test_a_notice_that_does_not_hold_ends_nothing(
    company: Provider, inside: Client, claims: dict[str, Any]
) -> None:
    answer = out(company.logout_token(**claims))

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert is_in(inside)


def test_an_id_token_is_no_notice(company: Provider, inside: Client) -> None:
    assert out(company.id_token()).status_code == 400
    assert is_in(inside)


def test_whoever_else_signs_it_ends_nothing(company: Provider, inside: Client, another_key: KeyPair) -> None:
    company.key = KeyPair("k-1", another_key.private)
    assert out(company.logout_token()).status_code == 400
    company.alg = "none"
    assert out(company.logout_token()).status_code == 400
    assert out("no token").status_code == 400
    assert out("x" * 70_000).status_code == 400

    assert is_in(inside)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_key_that_nobody_knows_makes_the_house_ask_once_in_ten_seconds_however_many_name_it(
    company: Provider, another_key: KeyPair, is_there: bool
) -> None:
    began = datetime.now(UTC)
    discovered(at=began)
    company.key = another_key
    token, asked = company.logout_token(), len(company.looked_at)
    company.config = {} if is_there else {"issuer": "https://elsewhere.example"}

    def refused(after: float) -> bool:
        try:
            signed_out(token, at=began + timedelta(seconds=after))
        except (BadCompanyToken, CompanyAway):
            return True
        return False

    with ThreadPoolExecutor(4) as crowd:
        at_once = list(crowd.map(refused, (1, 1.01, 1.02, 1.03, 5, 10.9)))
    first = company.looked_at[asked:]
    again = [refused(after) for after in (21, 22)]

    assert all((*at_once, *again))
    a_look = [WELL_KNOWN, "/jwks"] if is_there else [WELL_KNOWN]
    assert first == a_look
    assert company.looked_at[asked:] == 2 * a_look


def test_a_key_that_came_since_is_taken_at_the_first_notice_that_names_it(
    company: Provider, inside: Client, another_key: KeyPair
) -> None:
    company.key, company.shows = another_key, [another_key]

    assert out(company.logout_token()).status_code == 200

    assert not is_in(inside)


def test_after_that_the_company_lets_in_anew(company: Provider, inside: Client, come: Come) -> None:
    out(company.logout_token())

    come(inside)

    assert is_in(inside)
    assert hanako().epoch == 1

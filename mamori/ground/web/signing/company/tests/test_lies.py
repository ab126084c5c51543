"""A provider that lies, keys that are not its own, answers that nobody asked for: a plain page, nobody in, and a record."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from mamori.grammar.actor import Role
from mamori.ground.ledger.models import Act
from mamori.ground.people import limits
from mamori.ground.people.models import Account
from mamori.ground.web.signing.company import provider as known
from mamori.ground.web.signing.company.provider import CompanyAway
from mamori.ground.web.signing.company.tests.conftest import BACK, Come, chosen, sent
from mamori.ground.web.signing.company.tests.lying import KeyPair, Provider, seconds
from mamori.law.company import COMPANY_ACR, COMPANY_ROLES

pytestmark = pytest.mark.django_db

LIES: dict[str, dict[str, Any]] = {
    "発行者が設定と違います": {"iss": "https://evil.example"},
    "別のシステムに宛てた返事です": {"aud": "another"},
    "この依頼への返事ではありません": {"nonce": "another"},
    "期限が過ぎています": {"iat": seconds(hours=-2), "exp": seconds(hours=-1)},
    "日時が先になっています": {"iat": seconds(hours=1), "exp": seconds(hours=2)},
    "必要な項目がありません": {"exp": None},
}


def refused(answer: Any, why: str, *, status: int = 403) -> None:
    """See that a plain page says why, and that nobody is in and nobody was added."""
    assert answer.status_code == status
    assert why in answer.content.decode()
    assert answer.client.get("/desk/components").status_code == 302
    assert not Account.objects.exists()


def on_record() -> int:
    """Return how many refusals are on the record."""
    return Act.objects.filter(kind="people.company_refused").count()


@pytest.mark.parametrize("why", LIES)
def test_a_token_that_lies_lets_nobody_in(company: Provider, come: Come, why: str) -> None:
    company.claims = LIES[why]

    answer = come(Client())

    refused(answer, why)
    assert on_record() == 1


@pytest.mark.parametrize("claims", [{"nonce": None}, {"sub": None}, {"iat": None}, {"aud": None}])
def test_a_token_without_what_it_must_say_lets_nobody_in(
    company: Provider, come: Come, claims: dict[str, Any]
) -> None:
    company.claims = claims

    refused(come(Client()), "会社のサインインの返事を確かめられなかった")


@pytest.mark.parametrize(
    "claims",
    [{"aud": ["mamori", "another"]}, {"aud": ["mamori", "another"], "azp": "another"}, {"azp": "another"}],
)
def test_a_token_for_several_is_ours_only_where_it_says_so(
    company: Provider, come: Come, claims: dict[str, Any]
) -> None:
    company.claims = claims

    refused(come(Client()), "別のシステムに宛てた返事です")


def test_a_token_that_says_it_in_the_other_language(company: Provider, come: Come) -> None:
    company.claims = {"aud": "another"}
    client = Client(headers={"accept-language": "en"})

    assert "it was meant for another system" in come(client).content.decode()


@pytest.mark.parametrize("alg", ["none", "HS256"])
def test_neither_no_signature_nor_the_clients_secret_signs(company: Provider, come: Come, alg: str) -> None:
    company.alg = alg

    refused(come(Client()), "署名の方式を受け付けません")


def test_a_key_that_the_provider_does_not_show_signs_nothing(
    company: Provider, come: Come, another_key: KeyPair
) -> None:
    company.key = another_key

    refused(come(Client()), "知らない鍵の署名です")
    assert on_record() == 1


def test_a_forged_signature_under_a_known_name_is_refused(
    company: Provider, come: Come, another_key: KeyPair
) -> None:
    company.key = KeyPair("k-1", another_key.private)

    refused(come(Client()), "署名が合いません")


def test_a_new_key_signs_at_once_and_one_that_was_withdrawn_signs_no_more(
    company: Provider, come: Come, key: KeyPair, another_key: KeyPair
) -> None:
    assert come(Client()).status_code == 302

    company.key, company.shows = another_key, [another_key]
    assert come(Client()).status_code == 302

    company.key = key
    answer = come(Client())
    assert answer.status_code == 403
    assert "知らない鍵の署名です" in answer.content.decode()


def test_a_provider_that_calls_itself_otherwise_is_not_gone_to(company: Provider) -> None:
    company.config = {"issuer": "https://evil.example"}

    refused(Client().post("/account/company/"), "発行者が設定と違います", status=424)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", [None, "http://evil.example/x", "javascript:alert(1)", 7])
def test_an_address_that_is_not_safe_is_not_gone_to(company: Provider, name: str, address: Any) -> None:
    company.config = {name: address}

    refused(Client().post("/account/company/"), "行き先を使えません", status=424)


@pytest.mark.parametrize("anew", [True, False])
def test_a_provider_that_is_away_is_asked_once_however_many_come_and_again_after_a_while(
    company: Provider, anew: bool
) -> None:
    company.config = {"issuer": "https://evil.example"}
    at = datetime.now(UTC)

    def said(after: float) -> str:
        with pytest.raises(CompanyAway) as away:
            known.discovered(at=at + timedelta(seconds=after), anew=anew)
        return away.value.sentence.ja

    with ThreadPoolExecutor(4) as crowd:
        at_once = set(crowd.map(said, (0, 0.1, 0.2, 5, 8)))
    asked = len(company.looked_at)
    later = said(19)
    company.config = {}
    found = known.discovered(at=at + timedelta(seconds=40))

    assert len(at_once | {later}) == 1, "everybody reads the same reason"
    assert (asked, len(company.looked_at)) == (1, 1 + 1 + 2)
    assert known.discovered(at=at + timedelta(seconds=41)) is found


def test_an_issuer_without_https_is_not_gone_to(company: Provider, settings: Any) -> None:
    settings.COMPANY_ISSUER = "http://login.example"

    refused(Client().post("/account/company/"), "https ではありません", status=424)


def test_a_provider_that_is_away_is_said_to_be(company: Provider, settings: Any) -> None:
    settings.COMPANY_ISSUER = "http://127.0.0.1:9"

    refused(Client().post("/account/company/"), "応答がありません", status=424)


def test_keys_that_anybody_could_sign_with_are_none(company: Provider, come: Come) -> None:
    sent(Client().post("/account/company/"))
    shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "k-1", "alg": "HS256"}
    company.shows = [type("Shown", (), {"shown": shared})()]
    known.forget()

    answer = come(Client())

    refused(answer, "知らない鍵の署名です")


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(company: Provider) -> None:
    asked = sent(Client().post("/account/company/"))
    company.asked = asked
    victim = Client()
    victim.post("/account/company/")

    answer = victim.get(BACK, {"state": asked["state"], "code": "the-code"})

    refused(answer, "このブラウザーで始めたものではない")
    assert company.exchanged == []


def test_an_answer_is_good_once(company: Provider, come: Come) -> None:
    client = Client()
    come(client)

    again = client.get(BACK, {"state": company.asked["state"], "code": "the-code"})

    assert again.status_code == 403


def test_somebody_elses_code_is_turned_down_by_the_proof_key(company: Provider) -> None:
    company.asked = sent(Client().post("/account/company/"))
    attacker = Client()
    state = sent(attacker.post("/account/company/"))["state"]

    answer = attacker.get(BACK, {"state": state, "code": "the-code"})

    refused(answer, "引き換えを断られました")
    assert on_record() == 0


def test_an_answer_that_names_another_issuer_is_refused(company: Provider, come: Come) -> None:
    refused(come(Client(), iss="https://evil.example"), "発行者が設定と違います")
    assert company.exchanged == []
    assert on_record() == 0


def test_an_issuer_that_names_itself_has_to(company: Provider, come: Come) -> None:
    company.config = {"authorization_response_iss_parameter_supported": True}
    known.forget()

    refused(come(Client()), "発行者が設定と違います")
    assert come(Client(), iss=company.origin).status_code == 302


def test_a_sign_in_that_was_broken_off_says_what_to_do(company: Provider, come: Come) -> None:
    refused(come(Client(), error="access_denied"), "途中でやめられた")
    assert on_record() == 0


def test_groups_that_were_too_many_to_send_take_no_role_away(company: Provider, come: Come) -> None:
    come(Client())
    company.person.pop("groups")
    company.person["_claim_names"] = {"groups": "src1"}

    answer = come(Client())

    assert "グループが多すぎて" in answer.content.decode()
    assert Account.objects.get().role == "agent"


def test_a_setting_of_roles_that_cannot_be_read_lets_nobody_in_and_takes_nothing_away(
    company: Provider, come: Come, enter: Callable[..., Client]
) -> None:
    come(Client())
    chosen(COMPANY_ROLES.code, "agents=boss")

    assert Client().post("/account/company/").status_code == 424
    assert enter(Role.LEAD, stepped_up=True).get("/account/company/link/").status_code == 424
    assert Account.objects.get(email="hanako@example.jp").role == "agent"


def test_the_strength_that_was_asked_for_is_asked_of_the_company_and_looked_at(
    company: Provider, come: Come
) -> None:
    chosen(COMPANY_ACR.code, "phr phrh")
    refused(come(Client()), "求めた強さで")
    assert company.asked["acr_values"] == "phr phrh"

    company.claims = {"acr": "phrh"}

    assert come(Client()).status_code == 302


def test_nothing_is_there_where_no_company_is_used(settings: Any, company: Provider) -> None:
    settings.COMPANY_ISSUER = ""

    for answer in (
        Client().post("/account/company/"),
        Client().get(BACK, {"state": "x"}),
        Client().post("/account/company/out/"),
    ):
        assert answer.status_code == 404
    assert "会社" not in Client().get("/account/login/").content.decode()


def test_who_begins_too_often_is_asked_to_wait(company: Provider) -> None:
    limits.forget()

    answers = [Client().post("/account/company/").status_code for _ in range(limits.SIGN_INS.most + 1)]

    assert answers == [200] * limits.SIGN_INS.most + [429]

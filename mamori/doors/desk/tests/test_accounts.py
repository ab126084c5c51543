"""The desk's pages about its own people: who sees what, who does what, and nothing without a fresh proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from conftest import passkey
from mamori.grammar.actor import Actor, Role
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import facts
from mamori.ground.people.models import Account
from mamori.ground.people.presence import RECORDS

pytestmark = pytest.mark.django_db

type Enter = Callable[..., Client]


def number_of(email: str) -> int:
    """Return the number of an account."""
    return Account.objects.get(email=email).pk


def added(lead: Client, email: str = "new@example.jp", role: str = "agent") -> int:
    """Add somebody on the page."""
    lead.post("/desk/people/add/", {"email": email, "name": "新人", "role": role})
    return number_of(email)


def test_a_lead_adds_somebody_whose_invitation_goes_to_their_own_address(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)

    number = added(lead)

    page = lead.get("/desk/people/").content.decode()
    assert "新人" in page
    assert "招待中" in page
    (notice,) = outbox.notices(to=f"agent:{number}")
    assert outbox.secret_of(notice.number) not in page
    assert notice.template == "people.invitation"


def test_what_is_refused_is_said_on_the_form(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    added(lead)

    page = lead.post("/desk/people/add/", {"email": "NEW@example.jp", "name": "二人目", "role": "agent"})

    assert "もう登録されています" in page.content.decode()


def test_an_agent_sees_what_waits_and_not_who_there_is(enter: Enter) -> None:
    enter(Role.LEAD)

    page = enter(Role.AGENT).get("/desk/people/")

    assert page.status_code == 200
    assert "lead@example.jp" not in page.content.decode()
    for path in ("/desk/people/add/", f"/desk/people/{number_of('lead@example.jp')}/"):
        assert enter(Role.AGENT, stepped_up=True).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/desk/people/add/", "/desk/people/{}/"])
def test_nothing_about_people_is_done_without_a_fresh_proof(enter: Enter, path: str) -> None:
    lead = enter(Role.LEAD)
    enter(Role.AGENT)
    path = path.format(number_of("agent@example.jp"))

    for answer in (lead.get(path), lead.post(path, {"act": "suspend"})):
        assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert Account.objects.get(email="agent@example.jp").is_active


def test_a_role_is_proposed_by_one_and_given_by_another(enter: Enter) -> None:
    lead, agent = enter(Role.LEAD, stepped_up=True), enter(Role.AGENT, stepped_up=True)
    target = added(lead)
    lead.post(f"/desk/people/{target}/", {"act": "role", "role": "counsel", "reason": "異動"})
    (waiting,) = facts.open_proposals()
    path = f"/desk/people/proposals/{waiting.number}/"

    assert "取り下げる" in lead.get(path).content.decode()
    assert lead.post(path, {"act": "agree"}).status_code == 403
    assert "承認する" in agent.get(path).content.decode()
    assert agent.post(path, {"act": "agree"}).status_code == 302

    assert Account.objects.get(pk=target).role == "counsel"
    assert agent.get(path).status_code == 404


def test_a_lead_suspends_and_lets_in_again(enter: Enter) -> None:
    lead, agent = enter(Role.LEAD, stepped_up=True), enter(Role.AGENT)
    enter(Role.COUNSEL)
    path = f"/desk/people/{number_of('agent@example.jp')}/"

    lead.post(path, {"act": "suspend"})
    assert agent.get("/desk/people/").status_code == 302
    lead.post(path, {"act": "let-in"})

    assert Account.objects.get(email="agent@example.jp").is_active


def test_a_reset_asks_for_a_reason_and_waits_for_another(enter: Enter) -> None:
    lead, agent = enter(Role.LEAD, stepped_up=True), enter(Role.AGENT)
    other = enter(Role.COUNSEL, stepped_up=True)
    path = f"/desk/people/{number_of('agent@example.jp')}/"

    assert "ご記入ください" in lead.post(path, {"act": "reset", "reset-reason": ""}).content.decode()
    lead.post(path, {"act": "reset", "reset-reason": "紛失"})
    assert agent.get("/desk/people/").status_code == 200
    other.post(f"/desk/people/proposals/{facts.open_proposals()[0].number}/", {"act": "agree"})

    assert agent.get("/desk/people/").status_code == 302
    lead.post(path, {"act": "invite"})
    assert outbox.notices(to=f"agent:{number_of('agent@example.jp')}")[0].template == "people.invitation"


def test_ones_own_account_offers_nothing(enter: Enter) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    path = f"/desk/people/{number_of('lead@example.jp')}/"

    assert "すぐに停止する" not in lead.get(path).content.decode()
    assert lead.post(path, {"act": "suspend"}).status_code == 403


def newcomer(lead: Client, email: str) -> Client:
    """Add somebody on the page, take the invitation from their mail, and come in with a passkey just shown."""
    number, client = added(lead, email), Client()
    (notice,) = outbox.notices(to=f"agent:{number}")
    link = outbox.secret_of(notice.number)
    assert client.post(link.removeprefix(settings.ORIGIN)).status_code == 302
    Authenticator.objects.create(user_id=number, type="webauthn", data=passkey())
    session = client.session
    session[RECORDS] = [{"method": "mfa", "type": "webauthn", "at": datetime.now(UTC).timestamp()}]
    session["account_authentication_methods_user"] = str(number)
    session.save()
    return client


@pytest.mark.parametrize("long_ago", [False, True])
@pytest.mark.parametrize("beside", [False, True])
def test_a_lead_alone_is_one_person_whomever_it_adds(enter: Enter, beside: bool, long_ago: bool) -> None:
    lead = enter(Role.LEAD, stepped_up=True)
    if beside:
        enter(Role.AGENT)
    mine = [newcomer(lead, f"{name}@example.jp") for name in ("first", "second")]
    if long_ago:
        Account.objects.update(added_at=datetime.now(UTC) - timedelta(days=50))
    first, second = number_of("first@example.jp"), number_of("second@example.jp")

    lead.post(f"/desk/people/{first}/", {"act": "role", "role": "lead", "reason": "昇格"})
    lead.post(f"/desk/people/{second}/", {"act": "reset", "reset-reason": "紛失"})
    answers = []
    for client in mine:
        for waiting in facts.open_proposals():
            path = f"/desk/people/proposals/{waiting.number}/"
            assert "承認する" not in client.get(path).content.decode()
            answers.append(client.post(path, {"act": "agree"}).status_code)

    assert answers == [403] * 4
    assert set(Account.objects.filter(pk__in=(first, second)).values_list("role", flat=True)) == {"agent"}
    assert [waiting.due_at is None for waiting in facts.open_proposals()] == [beside, beside]


def test_a_lead_who_suspends_everybody_else_does_not_decide_alone(enter: Enter) -> None:
    lead, agent = enter(Role.LEAD, stepped_up=True), enter(Role.AGENT, stepped_up=True)
    enter(Role.COUNSEL)
    newcomer(lead, "first@example.jp")

    answers = [
        lead.post(f"/desk/people/{number_of(f'{name}@example.jp')}/", {"act": "suspend"}).status_code
        for name in ("counsel", "agent", "first")
    ]
    lead.post(f"/desk/people/{number_of('first@example.jp')}/", {"act": "reset", "reset-reason": "紛失"})

    assert answers == [302, 409, 302]
    (waiting,) = facts.open_proposals()
    assert waiting.due_at is None
    assert agent.post(f"/desk/people/proposals/{waiting.number}/", {"act": "agree"}).status_code == 302


@pytest.mark.parametrize("act", ["", "withdraw", "Agree", "agree "])
def test_what_is_neither_agreeing_nor_declining_changes_nothing(enter: Enter, act: str) -> None:
    lead, target = enter(Role.LEAD, stepped_up=True), number_of_agent(enter)
    enter(Role.COUNSEL)
    lead.post(f"/desk/people/{target}/", {"act": "role", "role": "counsel", "reason": "異動"})
    (waiting,) = facts.open_proposals()

    answer = lead.post(f"/desk/people/proposals/{waiting.number}/", {"act": act} if act else {})

    assert answer.status_code == 422
    assert facts.open_proposals() == (waiting,)


def number_of_agent(enter: Enter) -> int:
    """Let an agent be there and return its number."""
    enter(Role.AGENT)
    return number_of("agent@example.jp")


@pytest.mark.parametrize(
    "who", [(Role.BUYER, "buyer:B-1"), (Role.SELLER, "seller:S-1"), (Role.DELEGATE, "seller:S-1/h")]
)
def test_no_party_comes_near(enter: Enter, who: tuple[Role, str]) -> None:
    client = enter(*who)

    for path in (
        "/desk/people/",
        "/desk/people/add/",
        "/desk/people/1/",
        "/desk/people/proposals/1/",
        "/account/factors/",
    ):
        assert client.get(path).status_code == 403


def test_the_seller_alone_names_delegates_on_the_page(enter: Enter) -> None:
    seller, delegate = enter(Role.SELLER, "seller:S-1"), enter(Role.DELEGATE, "seller:S-1/taro")
    form = {"act": "add", "person": "鈴木花子", "mail": "h@example.jp", "name": "hanako"}

    assert delegate.get("/seller/delegates/").status_code == 403
    assert seller.post("/seller/delegates/", form).status_code == 302
    again = seller.post("/seller/delegates/", form | {"person": "別の花子"})
    assert "以前の担当" in again.content.decode()
    assert (
        enter(Role.SELLER, "seller:S-2").get("/seller/delegates/").content.decode().count("hanako") == 1
    )  # the hint

    seller.post("/seller/delegates/", {"act": "end", "name": "hanako"})

    assert facts.delegates("S-1")[-1].ended_at is not None
    assert seller.post("/seller/delegates/", {"act": "end", "name": "hanako"}).status_code == 404


def test_another_shops_number_is_no_delegates_name(enter: Enter) -> None:
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import SellerLine

    machine = Actor(by="machine:shop", role=Role.MACHINE, at=datetime.now(UTC), via="test")
    market.put_seller(machine, SellerLine(ref="S-1/x", name="別の店"))
    seller = enter(Role.SELLER, "seller:S-1")

    seller.post("/seller/delegates/", {"act": "add", "person": "x", "mail": "x@example.jp", "name": "x"})

    assert facts.delegates("S-1") == ()

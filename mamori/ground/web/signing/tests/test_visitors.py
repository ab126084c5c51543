"""Buyers and sellers come in by a link or a code; the page never tells whom we know."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, OrderLine
from mamori.ground.outbox import actions as effects, facts as outbox
from mamori.ground.people import actions, facts
from mamori.ground.people.actions import entering
from mamori.ground.people.models import Once, SignInCode
from mamori.ground.people.tokens import Scope
from mamori.ground.web.headers import ARRIVED
from mamori.ground.web.signing import views
from tests.laid import laid
from tests.shops import put_shop

pytestmark = pytest.mark.django_db


def found_out() -> None:
    """Let the worker find out who asked for codes."""
    while effects.work(at=datetime.now(UTC) + timedelta(seconds=1)):
        pass


def machine() -> Actor:
    """Return the marketplace as an actor, now."""
    return Actor(by="machine:shop", role=Role.MACHINE, at=datetime.now(UTC), via="test")


@laid
def shop() -> None:
    """Tell of a seller, a buyer and an order."""
    put_shop(machine(), ref="S-1", name="店", mail="shop@example.jp")
    market.put_buyer(machine(), BuyerLine(ref="B-1", name="買手", mail="buyer@example.jp"))
    market.put_order(
        machine(),
        OrderLine(
            ref="O-1",
            buyer="B-1",
            seller="S-1",
            amount=1000,
            ordered_at=datetime.now(UTC) - timedelta(days=1),
        ),
    )


@laid
def key() -> actions.NewKey:
    """Give the marketplace a key to sign with."""
    return actions.add_key(machine(), name="links", scopes=[Scope.LINKS_SIGN])


def link(key: actions.NewKey, sub: str = "buyer:B-1", **more: Any) -> str:
    """Sign a link as the marketplace does now."""
    now = datetime.now(UTC)
    claims = {
        "sub": sub,
        "aud": settings.ORIGIN,
        "iat": now,
        "exp": now + timedelta(minutes=5),
        "jti": "j",
    } | more
    return "/in/" + jwt.encode(claims, key.secret, algorithm="HS256", headers={"kid": key.prefix})


def presence(client: Client) -> Any:
    """Return who the house takes this browser for."""
    return client.get("/").context["presence"]


def test_a_mail_scanner_that_opens_a_link_uses_nothing_up(key: actions.NewKey) -> None:
    path, client = link(key), Client()

    with CaptureQueriesContext(connection) as queries:
        pages = [client.get(path) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert not Once.objects.exists()
    assert [q["sql"] for q in queries if not q["sql"].lstrip().startswith("SELECT")] == []
    assert client.post(path).status_code == 302
    assert presence(client).who == "buyer:B-1"


def test_a_link_leads_to_its_page_or_to_the_door_of_its_role(key: actions.NewKey) -> None:
    assert Client().post(link(key, to="/threads/3/", jti="1")).headers["Location"] == "/threads/3/"
    assert Client().post(link(key, jti="2")).headers["Location"] == "/"
    assert Client().post(link(key, "seller:S-1", jti="3")).headers["Location"] == "/seller/"
    assert Client().post(link(key, to="https://evil.example/", jti="4")).headers["Location"] == "/"


def test_a_link_that_cannot_be_used_says_how_to_get_another(key: actions.NewKey) -> None:
    used = link(key)
    Client().post(used)
    old = link(key, jti="old", exp=datetime.now(UTC) - timedelta(seconds=1))

    pages = [Client().post(path) for path in (used, old, "/in/forged", "/in/" + "x" * 3000)]

    assert {page.status_code for page in pages} == {410}
    words = {re.sub(r'"[^"]*"|[0-9a-f]{16}', "", page.content.decode()) for page in pages}
    assert len(words) == 1
    assert "新しいリンクの開き方" in words.pop()


def test_a_body_that_dawdles_comes_in_by_nothing_that_has_run_out_meanwhile(
    key: actions.NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    over = link(key, iat=now - timedelta(minutes=6), exp=now - timedelta(minutes=1))
    counted: list[datetime] = []
    monkeypatch.setattr(views.people, "count", lambda limit, key, *, at: counted.append(at))

    page = Client().post(over, **{ARRIVED: now - timedelta(minutes=2)})

    assert page.status_code == 410
    assert len(counted) == 2
    assert all(at >= now for at in counted)


def test_a_link_begins_a_session_of_its_own(key: actions.NewKey) -> None:
    client = Client()
    client.post(link(key, jti="1"))
    before = client.session.session_key

    client.post(link(key, "seller:S-1", jti="2"))

    assert presence(client).who == "seller:S-1"
    assert client.session.session_key != before


def ask(client: Client, role: str = "buyer", ref: str = "O-1", mail: str = "buyer@example.jp") -> Any:
    """Ask for a code, and let the worker find out."""
    answer = client.post("/in/", {"role": role, "ref": ref, "mail": mail})
    found_out()
    return answer


def code_for(who: str) -> str:
    """Return the code that was sent to somebody, empty when none was."""
    notices = outbox.notices(to=who)
    return outbox.secret_of(notices[0].number) if notices else ""


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("role", "ref", "mail", "who"),
    [
        ("buyer", "O-1", "buyer@example.jp", "buyer:B-1"),
        ("buyer", "Ｏ－1", "BUYER@example.jp", "buyer:B-1"),
        ("seller", "S-1", "shop@example.jp", "seller:S-1"),
        ("seller", "S-1", "hanako@example.jp", "seller:S-1/hanako"),
    ],
)
def test_order_or_shop_and_address_bring_a_code_that_lets_in(
    role: str, ref: str, mail: str, who: str
) -> None:
    seller = Actor(by="seller:S-1", role=Role.SELLER, at=datetime.now(UTC), via="web")
    actions.add_delegate(seller, name="hanako", person="花子", mail="hanako@example.jp")
    client = Client()

    assert ask(client, role, ref, mail).headers["Location"] == "/in/code/"
    client.post("/in/code/", {"code": code_for(who)})

    assert presence(client).who == who


WRONG = [
    ("buyer", "O-1", "shop@example.jp"),
    ("buyer", "O-2", "buyer@example.jp"),
    ("buyer", "S-1", "shop@example.jp"),
    ("seller", "S-1", "buyer@example.jp"),
    ("seller", "O-1", "buyer@example.jp"),
    ("seller", "S-9", "shop@example.jp"),
    ("buyer", "é", "buyer@example.jp"),
    ("buyer", "O-1", "x@example.jp"),
]


@pytest.mark.usefixtures("shop")
def test_right_and_wrong_claims_are_answered_alike_with_the_same_work() -> None:
    seen = set()
    for role, ref, mail in [("buyer", "O-1", "buyer@example.jp"), *WRONG]:
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/in/", {"role": role, "ref": ref, "mail": mail})
        shape = [re.sub(r"'[^']*'|\d+", "?", re.sub(r'"s\d+_x\d+"', "s", q["sql"]))[:60] for q in queries]
        page = re.sub(r'value="[^"]*"|[0-9a-f]{16}', "", client.get("/in/code/").content.decode())
        seen.add((answer.status_code, answer.headers["Location"], page, tuple(shape[-12:])))
    found_out()

    assert len({(status, where, page) for status, where, page, _ in seen}) == 1
    assert len({shape for *_, shape in seen}) == 1
    assert SignInCode.objects.exclude(who="").count() == 1


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(("role", "ref", "mail"), WRONG)
def test_nothing_is_sent_to_whom_we_do_not_know(role: str, ref: str, mail: str) -> None:
    ask(Client(), role, ref, mail)

    assert outbox.notices() == ()


@pytest.mark.usefixtures("shop")
def test_wrong_codes_are_answered_alike_whether_one_was_sent_or_not() -> None:
    pages = []
    for ref in ("O-1", "O-2"):
        client = Client()
        ask(client, ref=ref)
        guess = "00000000" if code_for("buyer:B-1") != "00000000" else "11111111"
        for _ in range(7):
            page = client.post("/in/code/", {"code": guess})
            pages.append((page.status_code, re.sub(r'value="[^"]*"|[0-9a-f]{16}', "", page.content.decode())))

    assert len(set(pages)) == 1
    assert pages[0][0] == 422


@pytest.mark.usefixtures("shop")
def test_the_code_of_another_browser_is_wrong_here() -> None:
    mine, other = Client(), Client()
    ask(mine)
    other.post("/in/", {"role": "buyer", "ref": "O-2", "mail": "thief@example.jp"})

    answer = other.post("/in/code/", {"code": code_for("buyer:B-1")})

    assert answer.status_code == 422
    assert presence(other).who == ""


def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no window of the limits end meanwhile."""
    for name in ("CODES", "CODES_FOR_ONE"):
        monkeypatch.setattr(views, name, replace(getattr(views, name), per=timedelta(days=36_500)))
    monkeypatch.setattr(entering, "CODES_SENT", replace(entering.CODES_SENT, per=timedelta(days=36_500)))


def test_codes_are_not_asked_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    endless(monkeypatch)
    one = [ask(Client(), ref="O-1").status_code for _ in range(6)]
    assert one == [302] * 5 + [429]

    many = [ask(Client(), ref=f"O-{number}").status_code for number in range(10, 40)]
    assert many.count(302) == 14
    assert set(many[14:]) == {429}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("guess", ["stranger@example.jp", "shop@example.jp"])
def test_a_stranger_who_asks_for_a_shop_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch, guess: str) -> None:
    endless(monkeypatch)
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    answers = [ask(stranger, "seller", "S-1", guess).status_code for _ in range(8)]
    owner = Client(REMOTE_ADDR="203.0.113.9")

    answer = ask(owner, "seller", "S-1", "shop@example.jp")
    owner.post("/in/code/", {"code": code_for("seller:S-1")})

    assert answers == [302] * 5 + [429] * 3
    assert answer.status_code == 302
    assert presence(owner).who == "seller:S-1"


def flood(*, networks: int) -> list[int]:
    """Ask for the shop's codes from many networks, by somebody who knows its address; return how many were sent each time."""
    sent = []
    for number in range(networks):
        ask(Client(REMOTE_ADDR=f"198.51.100.{number}"), "seller", "S-1", "shop@example.jp")
        sent.append(len(outbox.notices(to="seller:S-1", limit=50)))
    return sent


@pytest.mark.usefixtures("shop")
def test_nobody_is_flooded_with_codes_and_who_floods_is_told_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endless(monkeypatch)

    sent = flood(networks=14)
    known = ask(Client(REMOTE_ADDR="203.0.113.1"), "seller", "S-1", "shop@example.jp")
    unknown = ask(Client(REMOTE_ADDR="203.0.113.2"), "seller", "S-9", "shop@example.jp")

    assert sent == [*range(1, 11), 10, 10, 10, 10]
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.usefixtures("shop")
def test_a_browser_that_came_in_before_gets_its_code_in_the_midst_of_a_flood(
    key: actions.NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless(monkeypatch)
    owner, other = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="203.0.113.9")
    owner.post(link(key, "seller:S-1"))
    other.post(link(key, "buyer:B-1", jti="2"))
    for client in (owner, other):
        client.post("/out/")
    flood(networks=12)

    ask(other, "seller", "S-1", "shop@example.jp")
    assert len(outbox.notices(to="seller:S-1", limit=50)) == 10  # somebody else's browser is a stranger's
    ask(owner, "seller", "S-1", "shop@example.jp")
    owner.post("/in/code/", {"code": code_for("seller:S-1")})

    assert presence(owner).who == "seller:S-1"


@pytest.mark.parametrize("kept", ["", "x", "0" * 32, "A" * 32, "é" * 32, "0" * 4000, "\0" * 32])
@pytest.mark.usefixtures("shop")
def test_what_a_browser_says_of_itself_is_believed_only_when_we_said_it(
    kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless(monkeypatch)
    flood(networks=10)

    actions.ask_code(role=Role.SELLER, ref="S-1", mail="shop@example.jp", browser=kept, at=datetime.now(UTC))
    found_out()

    assert len(outbox.notices(to="seller:S-1", limit=50)) == 10


def test_the_cookie_of_a_browser_names_nobody_and_stays_when_somebody_goes_out(key: actions.NewKey) -> None:
    client = Client()
    client.post(link(key, "buyer:B-1"))
    kept = client.cookies[views.CAME]
    client.post("/out/")

    assert re.fullmatch("[0-9a-f]{32}", kept.value)
    assert kept.value == facts.browser_sign("buyer:B-1") != facts.browser_sign("buyer:B-2")
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    assert client.cookies[views.CAME].value == kept.value


def test_a_code_page_without_a_question_leads_to_the_question() -> None:
    assert Client().get("/in/code/").headers["Location"] == "/in/"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"role": "lead", "ref": "1", "mail": "x@example.jp"},
        {"role": "buyer", "ref": "1", "mail": "x"},
        {"role": "buyer", "ref": "x" * 65, "mail": "x@example.jp"},
        {"role": "buyer", "ref": "a\0b", "mail": "x@example.jp"},
    ],
)
def test_what_cannot_be_read_is_asked_again(form: dict[str, str]) -> None:
    page = Client().post("/in/", form)

    assert page.status_code == 200
    assert not SignInCode.objects.exists()


@pytest.mark.usefixtures("shop")
def test_the_way_back_after_a_code_stays_in_the_house() -> None:
    for there, where in (
        ("/threads/3/", "/threads/3/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
    ):
        client = Client()
        client.post(f"/in/?next={there}", {"role": "buyer", "ref": "O-1", "mail": "buyer@example.jp"})
        found_out()

        assert client.post("/in/code/", {"code": code_for("buyer:B-1")}).headers["Location"] == where


def test_the_example_of_the_page_signs_a_link_that_lets_in(key: actions.NewKey) -> None:
    page = Path(__file__).parents[5] / "docs/how-to/sign-links.md"
    example = page.read_text("utf-8").split("```python\n")[1].split("```")[0]
    made: dict[str, Any] = {}
    exec(compile(example, "sign-links.md", "exec"), made)  # the page's own words

    link = made["link"](settings.ORIGIN, key.prefix, key.secret, "seller:S-1", to="/seller/delegates/")
    client = Client()

    assert link.startswith(f"{settings.ORIGIN}/in/")
    assert client.post(link.removeprefix(settings.ORIGIN)).headers["Location"] == "/seller/delegates/"
    assert presence(client).who == "seller:S-1"

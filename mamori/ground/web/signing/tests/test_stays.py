"""How long a visit lasts: without a sign of life, and in all; nothing is written when a page is only read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Actor, Role
from mamori.ground.people import actions
from mamori.ground.people.presence import BEGUN, VISITOR
from mamori.ground.people.tokens import Scope
from mamori.ground.terms import actions as terms
from mamori.ground.web.sessions import name_of
from mamori.ground.web.signing import choices
from mamori.ground.web.signing.here import SALT, SEEN, _short
from mamori.ground.web.signing.tests.test_visitors import link, machine
from mamori.law.settings import STAFF_IDLE

pytestmark = pytest.mark.django_db

type Enter = Callable[..., Client]
STAFF = (Role.AGENT, "", "/desk/components", timedelta(minutes=30), timedelta(hours=12))
BUYER = (Role.BUYER, "buyer:B-1", "/threads/", timedelta(hours=2), timedelta(hours=24))
SECOND = timedelta(seconds=5)


def begun(client: Client, ago: timedelta, *, seen: timedelta | None = None) -> None:
    """Let the visit have begun long ago, and the browser have been here last `seen` ago."""
    session = client.session
    session[BEGUN] = (datetime.now(UTC) - ago).isoformat()
    session.save()
    if seen is not None:
        moment = int((datetime.now(UTC) - seen).timestamp())
        client.cookies[SEEN] = signing.Signer(salt=SALT).sign(f"{_short(session.session_key or '')}.{moment}")


def is_in(client: Client, path: str) -> bool:
    """Say whether the page opens."""
    return client.get(path).status_code == 200


@pytest.mark.parametrize(("role", "who", "path", "idle", "whole"), [STAFF, BUYER])
def test_a_visit_ends_without_a_sign_of_life(
    enter: Enter, role: Role, who: str, path: str, idle: timedelta, whole: timedelta
) -> None:
    client = enter(role, who)

    begun(client, whole - SECOND, seen=idle - SECOND)
    assert is_in(client, path)
    begun(client, whole - SECOND, seen=idle + SECOND)
    assert not is_in(client, path)


@pytest.mark.parametrize(("role", "who", "path", "idle", "whole"), [STAFF, BUYER])
def test_a_visit_ends_in_any_case(
    enter: Enter, role: Role, who: str, path: str, idle: timedelta, whole: timedelta
) -> None:
    client = enter(role, who)

    begun(client, whole + SECOND, seen=timedelta())

    answer = client.get(path)
    assert answer.status_code == 302
    assert "ended=whole" in answer.headers["Location"]
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""


@pytest.mark.parametrize(("role", "who", "path", "idle", "whole"), [STAFF, BUYER])
@pytest.mark.parametrize("where", ["{path}", "/in/", "/nowhere"])
def test_a_visit_that_has_ended_lives_up_under_no_clock(
    enter: Enter, role: Role, who: str, path: str, idle: timedelta, whole: timedelta, where: str
) -> None:
    client = enter(role, who)
    begun(client, whole - SECOND, seen=idle + SECOND)
    cookies = client.cookies.__class__(client.cookies)

    client.get(where.format(path=path))

    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    back = Client()
    back.cookies = cookies
    assert not is_in(back, path)


def test_asking_for_a_code_after_the_end_keeps_nothing_of_the_former_visit(enter: Enter) -> None:
    client = enter(Role.BUYER, "buyer:B-1")
    begun(client, timedelta(hours=25), seen=timedelta())

    client.post("/in/", {"role": "buyer", "ref": "B-1", "mail": "buyer@example.jp"})

    assert "ticket" in client.session
    assert VISITOR not in client.session


def test_a_session_that_ran_out_is_deleted_where_it_is_met_and_by_the_worker(enter: Enter) -> None:
    met, unmet, goes_on = enter(Role.BUYER, "buyer:B-1"), enter(Role.AGENT), enter(Role.LEAD)
    now = datetime.now(UTC)
    for client in (met, unmet):
        row = Session.objects.filter(pk=name_of(client.session.session_key or ""))
        assert row.update(expire_date=now - SECOND) == 1

    met.get("/")
    after_visit = Session.objects.count()
    actions.sweep(at=now)

    assert after_visit == 2
    assert is_in(goes_on, "/desk/components")
    assert [row.pk for row in Session.objects.all()] == [name_of(goes_on.session.session_key or "")]
    assert UserSession.objects.count() == 1


def test_the_row_of_a_visit_runs_out_when_the_visit_does() -> None:
    key = actions.add_key(machine(), name="links", scopes=[Scope.LINKS_SIGN])
    buyer = Client()

    buyer.post(link(key))

    left = Session.objects.get().expire_date - datetime.now(UTC)
    assert timedelta(hours=23) < left <= timedelta(hours=24)


def test_the_sign_of_life_is_renewed_by_each_answer(enter: Enter) -> None:
    client = enter(Role.AGENT)
    begun(client, timedelta(hours=1), seen=timedelta(minutes=29))

    client.get("/desk/components")

    begun(client, timedelta(hours=1))
    assert is_in(client, "/desk/components")


@pytest.mark.parametrize("spoil", ["", "x", "{}x", "1.2:3"])
def test_a_forged_sign_of_life_is_none(enter: Enter, spoil: str) -> None:
    client = enter(Role.AGENT)
    begun(client, timedelta(hours=1), seen=timedelta())
    client.cookies[SEEN] = spoil.format(client.cookies[SEEN].value)

    assert not is_in(client, "/desk/components")


def test_another_sessions_sign_of_life_is_none(enter: Enter) -> None:
    mine, other = enter(Role.AGENT), enter(Role.LEAD)
    begun(mine, timedelta(hours=1))
    begun(other, timedelta(hours=1), seen=timedelta())

    mine.cookies[SEEN] = other.cookies[SEEN].value

    assert not is_in(mine, "/desk/components")
    assert is_in(other, "/desk/components")


def test_reading_a_page_writes_nothing(enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.get("/desk/components")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/desk/components")

    written = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []


def test_the_operator_sets_how_long(enter: Enter) -> None:
    client = enter(Role.AGENT)
    lead = Actor(by="lead:1", role=Role.LEAD, at=datetime.now(UTC) - timedelta(seconds=1), via="test")
    terms.set(lead, setting=STAFF_IDLE, value=5)
    choices.forget()

    begun(client, timedelta(hours=1), seen=timedelta(minutes=6))

    assert not is_in(client, "/desk/components")


def test_going_out_ends_it_by_post_only(enter: Enter) -> None:
    for role, who, path, *_ in (STAFF, BUYER):
        client = enter(role, who)
        assert client.get("/out/").status_code == 405
        assert is_in(client, path)
        stolen = Client()
        stolen.cookies = client.cookies.__class__(client.cookies)

        client.post("/out/")

        assert not is_in(client, path)
        assert not is_in(stolen, path)


def test_a_delegate_who_ended_is_out_with_the_next_request(enter: Enter) -> None:
    client = enter(Role.DELEGATE, "seller:S-1/hanako")
    assert is_in(client, "/seller/")

    seller = Actor(by="seller:S-1", role=Role.SELLER, at=datetime.now(UTC), via="web")
    actions.end_delegate(seller, name="hanako")

    assert not is_in(client, "/seller/")


def test_who_signs_in_as_staff_is_no_buyer_any_more(enter: Enter) -> None:
    client = enter(Role.BUYER, "buyer:B-1")
    staff = enter(Role.AGENT)
    from mamori.ground.people.models import Account

    client.force_login(
        Account.objects.get(email="agent@example.jp"), "allauth.account.auth_backends.AuthenticationBackend"
    )

    assert client.get("/").context["presence"].role is Role.AGENT
    client.logout()
    assert client.get("/").context["presence"].role is Role.ANONYMOUS
    assert staff.get("/").context["presence"].role is Role.AGENT

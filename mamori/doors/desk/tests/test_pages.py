"""Every page of the desk: who may open it, that it writes nothing, and that no word of a party is on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from mamori.doors.desk.tests.conftest import CANARY, MAIL, PHONE, SELLERS_CANARY, SHOP_PHONE, Desk, Enter
from mamori.grammar.actor import STAFF, Role
from mamori.ground.ledger.models import Act
from mamori.rooms.contact.facts import call_list

OUTSIDERS = [
    (Role.ANONYMOUS, ""),
    (Role.BUYER, "buyer:B-1"),
    (Role.SELLER, "seller:S-1"),
    (Role.DELEGATE, "seller:S-1/hanako"),
]
LEADS = {Role.LEAD, Role.COUNSEL}


def pages(desk: Desk) -> dict[str, set[Role]]:
    """Every page that is read, and who may."""
    [call] = call_list()
    everybody, leads = set(STAFF), set(LEADS)
    found = {
        "/desk/": everybody,
        "/desk/?view=mine&kind=contact.trouble": everybody,
        "/desk/?view=free": everybody,
        "/desk/?view=flagged&attention=decide-recovery": everybody,
        "/desk/?seller=S-1": everybody,
        "/desk/?buyer=B-1": everybody,
        "/desk/?order=O-1": everybody,
        "/desk/?assignee=agent:1": everybody,
        "/desk/search/": everybody,
        "/desk/search/?q=高橋": everybody,
        "/desk/today/": leads,
        "/desk/outbox/": {Role.LEAD},
        "/desk/outbox/?ref=effect-1": {Role.LEAD},
        "/desk/notices/": everybody,
        "/desk/notices/?to=buyer:B-1": everybody,
        "/desk/settings/": leads,
        "/desk/settings/contact.resolution/": leads,
        "/desk/settings/contact.recovery_on/": leads,
        "/desk/settings/people.size/": leads,
        "/desk/settings/closing-days/": leads,
        "/desk/holds/": leads,
        "/desk/lists/calls/": everybody,
        "/desk/lists/recoveries/": everybody,
        "/desk/lists/refunds/": everybody,
        "/desk/lists/looks/": everybody,
        f"/desk/cases/{desk.trouble}/hand-over/": everybody,
        f"/desk/cases/{desk.trouble}/contact/words/": everybody,
        f"/desk/cases/{desk.trouble}/contact/warrant/": leads,
        f"/desk/cases/{desk.trouble}/contact/details/seller/": everybody,
        f"/desk/cases/{desk.trouble}/contact/details/buyer/": everybody,
        f"/desk/cases/{desk.trouble}/contact/call/{call.id}/": {Role.AGENT, Role.LEAD},
        f"/desk/cases/{desk.trouble}/contact/mediate/": {Role.AGENT, Role.LEAD},
        f"/desk/cases/{desk.trouble}/contact/solve/": {Role.AGENT, Role.LEAD},
        f"/desk/cases/{desk.trouble}/contact/grant/": {Role.AGENT, Role.LEAD},
        f"/desk/cases/{desk.refunded}/contact/lower-harm/": {Role.LEAD},
        f"/desk/cases/{desk.refunded}/contact/danger/": {Role.AGENT, Role.LEAD},
        f"/desk/cases/{desk.recovery}/contact/claim/": leads,
        f"/desk/cases/{desk.recovery}/contact/waive/": leads,
    }
    cases = (desk.trouble, desk.question, desk.recovery, desk.refunded)
    return found | {f"/desk/cases/{number}/": everybody for number in cases}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_page_opens_for_its_roles_and_no_other(desk: Desk, enter: Enter, role: Role) -> None:
    client = enter(role, stepped_up=True)

    for path, roles in pages(desk).items():
        answer = client.get(path)

        # What a role cannot do leads back to the case; what it may not see is refused.
        expected = 200 if role in roles else 302 if "/contact/" in path and "warrant" not in path else 403
        assert answer.status_code == expected, (path, answer.status_code)


@pytest.mark.parametrize(("role", "who"), OUTSIDERS)
def test_nobody_else_opens_any(desk: Desk, enter: Enter, role: Role, who: str) -> None:
    client = enter(role, who)

    for path in pages(desk):
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code in (302, 403), path
            if role is Role.ANONYMOUS:
                assert answer["Location"].startswith("/account/login/"), path
            assert CANARY not in answer.content.decode()


def test_the_shops_registered_number_is_shown_only_where_it_is_about_to_be_called(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT, stepped_up=True)
    [call] = call_list()

    showing = {path for path in pages(desk) if SHOP_PHONE in client.get(path, follow=True).content.decode()}

    case = f"/desk/cases/{desk.trouble}/"
    pages_of_it = ("", "words/", f"call/{call.id}/", "details/seller/", "details/buyer/")
    assert showing == {f"{case}contact/{rest}" if rest else case for rest in pages_of_it}
    assert "no-store" in client.get(f"/desk/cases/{desk.trouble}/")["Cache-Control"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_page_shows_words_or_contact_details_before_a_look(
    desk: Desk, enter: Enter, language: str
) -> None:
    client = enter(Role.LEAD, stepped_up=True)
    client.cookies["django_language"] = language

    for path in pages(desk):
        text = client.get(path, follow=True).content.decode()

        for secret in (CANARY, SELLERS_CANARY, MAIL, PHONE, PHONE.replace("-", ""), "購入花子"):
            assert secret not in text, (path, secret)


def changes(client: Client, path: str) -> tuple[int, int]:
    acts = Act.objects.count()
    before = written()
    client.get(path)
    return Act.objects.count() - acts, written() - before


def written() -> int:
    """Count what this connection has written so far."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return int(connection.connection.total_changes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("role", sorted(STAFF))
def test_no_page_that_is_read_writes_anything(desk: Desk, enter: Enter, role: Role) -> None:
    client = enter(role, stepped_up=True)
    client.get("/desk/")

    found = {path: change for path in pages(desk) if (change := changes(client, path)) != (0, 0)}

    assert found == {}


def test_a_write_would_be_noticed(desk: Desk, enter: Enter) -> None:
    before = written()

    enter(Role.AGENT).post(f"/desk/cases/{desk.trouble}/take/")

    assert written() > before


@pytest.mark.parametrize("number", ["1", "00000000", "abc", "１２３", "99999999"])
def test_a_number_that_is_none_finds_nothing(desk: Desk, enter: Enter, number: str) -> None:
    client = enter(Role.AGENT)

    assert client.get(f"/desk/cases/{number}/").status_code == 404
    assert client.get(f"/desk/cases/{number}/contact/words/").status_code == 404
    assert client.get(f"/desk/cases/{desk.trouble}/contact/nothing/").status_code == 404


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "WzEsMl0", "W251bGwsLTFd", "W251bGwsMTAwMDAwMDAwMDAwMDAwMDAwMDAwMF0"]
)
def test_a_cursor_that_is_none_is_refused(desk: Desk, enter: Enter, cursor: str) -> None:
    assert enter(Role.AGENT).get(f"/desk/?cursor={cursor}").status_code == 400

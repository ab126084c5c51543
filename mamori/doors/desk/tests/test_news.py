"""An open page of the desk hears quietly what is new: numbers and kinds of news, nobody's words, and no stay is renewed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mamori.doors.desk.tests.conftest import CANARY, Desk, Enter, actor, report
from mamori.grammar.actor import Role
from mamori.ground.cases import actions as cases, facts
from mamori.ground.cases.models import Case
from mamori.ground.web.signing.here import SEEN
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.topics import Harm


def heard(client: Client, since: datetime, case: str = "") -> list[dict[str, Any]]:
    answer = client.get("/desk/news/", {"since": since.isoformat(), "case": case})
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()
    return [one for one in answer.json()["news"] if one["kind"] != "danger"]


def dangers(client: Client, case: str = "") -> list[dict[str, str]]:
    news = client.get("/desk/news/", {"case": case}).json()["news"]
    return [one for one in news if one["kind"] == "danger"]


def answered(desk: Desk, at: datetime) -> None:
    contact.answer(actor("seller:S-1", Role.SELLER, at), thread=desk.thread, said="返金します")


def test_what_was_done_in_the_open_case_since_the_page_was_drawn_is_said_once_per_page(
    desk: Desk, enter: Enter
) -> None:
    client, drawn = enter(Role.AGENT), datetime.now(UTC)
    before = heard(client, drawn, desk.trouble)

    answered(desk, drawn + timedelta(milliseconds=1))
    after = heard(client, drawn, desk.trouble)
    elsewhere = heard(client, drawn, desk.question)
    drawn_anew = heard(client, datetime.now(UTC), desk.trouble)

    assert (before, elsewhere, drawn_anew) == ([], [], [])
    assert [(one["kind"], one["href"]) for one in after] == [("here", f"/desk/cases/{desk.trouble}/")]


def test_ones_own_cases_are_told_of_everywhere_and_others_only_where_they_are_open(
    desk: Desk, enter: Enter
) -> None:
    client, other = enter(Role.AGENT), enter(Role.LEAD)
    drawn = datetime.now(UTC)
    who = f"agent:{client.session['_auth_user_id']}"
    Case.objects.filter(about=desk.about).update(assignee=who)

    answered(desk, drawn + timedelta(milliseconds=1))

    [mine] = heard(client, drawn)
    assert (mine["kind"], mine["href"]) == ("mine", f"/desk/cases/{desk.trouble}/")
    assert "1" in mine["text"]
    assert heard(other, drawn) == []


def test_several_of_ones_own_cases_lead_to_the_list_of_them(desk: Desk, enter: Enter) -> None:
    client, drawn = enter(Role.AGENT), datetime.now(UTC)
    Case.objects.filter(closed_at=None).update(assignee=f"agent:{client.session['_auth_user_id']}")

    for about in (desk.about, facts.by_numbers([desk.refunded])[desk.refunded].about):
        cases.note(actor("lead:9", Role.LEAD, drawn + timedelta(milliseconds=1)), about=about, text="メモ")

    [mine] = heard(client, drawn)
    assert mine["href"] == "/desk/?view=mine"
    assert "2" in mine["text"]


def test_a_danger_is_told_to_everybody_at_the_desk_by_its_number_until_its_buyer_was_reached(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.COUNSEL)
    assert dangers(client) == []

    trouble = report(desk.begun, "O-4", harm=Harm.DANGER)
    case = facts.case_of(f"contact.trouble:{trouble}")
    [told] = dangers(client)

    assert (told["text"], told["number"].replace("\N{NO-BREAK SPACE}", "")) == (
        "危険の申告があります",
        case.number,
    )
    assert told["href"] == f"/desk/cases/{case.number}/"
    assert dangers(client, case.number) == []


@pytest.mark.parametrize("since", ["", "yesterday", "2026-11-16", "9999-12-31T00:00:00+00:00", "-1", "\0"])
def test_a_moment_that_cannot_be_read_makes_nothing_new(desk: Desk, enter: Enter, since: str) -> None:
    answer = enter(Role.AGENT).get("/desk/news/", {"since": since, "case": desk.trouble})

    assert answer.json()["news"] == []


@pytest.mark.parametrize("case", ["", "1", "abc", "99999999", "9" * 300, "\0"])
def test_a_number_that_is_none_is_no_case(desk: Desk, enter: Enter, case: str) -> None:
    assert enter(Role.AGENT).get("/desk/news/", {"case": case}).json()["news"] == []


def test_an_open_page_keeps_nobody_signed_in(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.cookies.pop(SEEN, None)

    by_itself = client.get("/desk/news/")
    by_hand = client.get("/desk/")

    assert SEEN not in by_itself.cookies
    assert SEEN in by_hand.cookies


def test_it_takes_three_looks_beside_those_of_who_is_there(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    Case.objects.filter(closed_at=None).update(assignee=f"agent:{client.session['_auth_user_id']}")
    client.get("/desk/news/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/desk/news/", {"case": desk.trouble})
    with CaptureQueriesContext(connection) as nobody:
        client.get(f"/desk/cases/{desk.trouble}/?then=next")  # leads away at once

    own = [one["sql"] for one in captured if '"cases_' in one["sql"] or '"ledger_' in one["sql"]]
    assert len(own) == 3, own
    assert len(captured) - 3 <= len(nobody)


def test_each_page_of_the_desk_asks_and_no_other(desk: Desk, enter: Enter) -> None:
    page = enter(Role.AGENT).get(f"/desk/cases/{desk.trouble}/").content.decode()
    sellers = enter(Role.SELLER, "seller:S-1").get("/seller/").content.decode()

    assert f'data-address="/desk/news/?case={desk.trouble}"' in page
    assert 'aria-live="polite"' in page[page.index('id="news"') :]
    assert "/desk/news/" not in sellers

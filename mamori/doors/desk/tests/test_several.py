"""Several cases at once, the five groups of places with what waits in them, and what is found while somebody types."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Desk, Enter
from mamori.doors.desk.views.queue import PLACE
from mamori.doors.navigation import DESK
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.cases.assigning import AlreadyTheirs, HandOverNeedsReason
from mamori.ground.cases.facts import Wish
from mamori.ground.cases.models import Case
from mamori.ground.ledger import facts as ledger

FLAGGED = "?view=flagged&kind=contact.trouble"


def choose(client: Client, what: str, *numbers: str, at: str = FLAGGED, **more: str) -> tuple[int, str, str]:
    """Do it with the cases that were chosen; return the answer's status, the place that it shows, and what it says there."""
    answer = client.post(f"/desk/{at}", {"case": numbers, "what": what, **more}, follow=True)
    page = answer.content.decode()
    return answer.status_code, answer.request["QUERY_STRING"], page[page.index("<main") :]


def said(main: str) -> str:
    """Return what stands above the list."""
    return main[: main.index("<h1")]


def ticked(main: str) -> list[str]:
    """Return the cases that are ticked."""
    return re.findall(r'name="case" value="(\d+)"\s+checked', main)


def somebody(enter: Enter, number: str) -> str:
    """Let a lead take the case; return who that is."""
    choose(enter(Role.LEAD), "take", number, at="")
    case = cases.by_number(number)
    assert case is not None
    return case.assignee


def test_several_are_taken_and_the_place_in_the_list_is_kept(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    status, where, main = choose(client, "take", desk.trouble, desk.question)

    assert (status, f"?{where}") == (200, FLAGGED)
    assert "2件をあなたの担当にしました" in said(main)
    assert ticked(main) == []
    assert cases.count(Wish(assignee=cases.case_of(desk.about).assignee)) == 2
    assert [act.kind for act in ledger.acts_about(desk.about)].count("cases.taken") == 1


def test_of_one_that_ended_meanwhile_it_is_said_by_itself_and_the_others_are_done(
    desk: Desk, enter: Enter
) -> None:
    Case.objects.filter(about=desk.about).update(closed_at=datetime.now(UTC))

    status, _, main = choose(enter(Role.AGENT), "take", desk.trouble, desk.question, at="")

    assert status == 422
    assert "1件をあなたの担当にしました" in said(main)
    assert f"{desk.trouble}：" in said(main)
    assert ticked(main) == []  # it is no more in the list


def test_without_a_reason_it_is_said_once_and_ticks_recipient_and_place_stay(
    desk: Desk, enter: Enter
) -> None:
    client, to = enter(Role.AGENT), somebody(enter, desk.refunded)

    status, where, main = choose(
        client, "hand", desk.trouble, desk.question, to=to, at="?kind=contact.trouble"
    )

    assert (status, where) == (422, "kind=contact.trouble")
    assert main.count(HandOverNeedsReason.text.ja) == 1
    assert ticked(main) == [desk.trouble]
    assert f'<option value="{to}" selected>' in main
    assert cases.case_of(desk.about).assignee == ""


def test_whoever_takes_over_is_told_why(desk: Desk, enter: Enter) -> None:
    client, to = enter(Role.AGENT), somebody(enter, desk.question)

    status, _, main = choose(client, "hand", desk.trouble, to=to, reason="休みに入るため")

    assert status == 200
    assert "の担当にしました" in said(main)
    assert cases.case_of(desk.about).assignee == to


def test_who_has_a_case_already_is_not_given_it_again_and_the_others_are_handed_over(
    desk: Desk, enter: Enter
) -> None:
    client, to = enter(Role.AGENT), somebody(enter, desk.question)
    acts = len(ledger.acts_about(f"contact.thread:{desk.thread}"))

    status, _, main = choose(
        client, "hand", desk.trouble, desk.question, at="", to=to, reason="休みに入るため"
    )

    assert status == 422
    assert said(main).count(AlreadyTheirs.text.ja) == 1
    assert f"{desk.question}：" in said(main)
    assert "1件を" in said(main)
    assert ticked(main) == [desk.question]
    assert 'value="休みに入るため"' in main
    assert len(ledger.acts_about(f"contact.thread:{desk.thread}")) == acts


def test_all_of_the_page_are_meant_without_a_tick_each(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    status, _, main = choose(client, "take", all="1", shown=desk.trouble, at="")

    assert status == 200
    assert "1件をあなたの担当にしました" in said(main)


@pytest.mark.parametrize(("to", "says"), [("", "1つ以上"), ("agent:404", "だれに"), ("buyer:B-1", "だれに")])
def test_nothing_chosen_and_nobody_of_the_staff_change_nothing(
    desk: Desk, enter: Enter, to: str, says: str
) -> None:
    numbers = [desk.trouble] if to else []

    status, _, main = choose(enter(Role.AGENT), "hand", *numbers, to=to, reason="休み")

    assert status == 422
    assert says in main[: main.index("<form")]
    assert cases.case_of(desk.about).assignee == ""


@pytest.mark.parametrize(
    ("place", "leads"),
    [
        ("?view=late&kind=contact.trouble", "/desk/?view=late&amp;kind=contact.trouble"),
        ("today", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("?view=late&x=//evil.example", "/desk/?view=late"),
        ('?seller="><script>', "/desk/?seller=%22%3E%3Cscript%3E"),
    ],
)
def test_a_case_leads_back_to_its_line_in_the_list_and_nowhere_else(
    desk: Desk, enter: Enter, place: str, leads: str
) -> None:
    client = enter(Role.AGENT)
    client.cookies[PLACE] = place

    page = client.get(f"/desk/cases/{desk.trouble}/").content.decode()

    assert f'href="{leads}#c{desk.trouble}"' in page


def test_the_way_back_is_that_of_the_list_that_was_opened_last(desk: Desk, enter: Enter) -> None:
    client, case = enter(Role.LEAD), f"/desk/cases/{desk.trouble}/"
    found = []

    for path in ("/desk/?view=free", "/desk/today/", "/desk/"):
        assert f'id="c{desk.trouble}"' in client.get(path).content.decode()
        client.post(f"{case}note/", {"text": "電話した"})
        found.append(re.findall(r'class="back"[^>]* href="([^"]+)"', client.get(case).content.decode()))

    assert found == [[f"{path}#c{desk.trouble}"] for path in ("/desk/?view=free", "/desk/today/", "/desk/")]


def test_each_group_of_places_says_how_many_cases_ask_for_somebody(desk: Desk, enter: Enter) -> None:
    page = enter(Role.AGENT).get("/desk/").content.decode()
    menu = page[page.index('id="menu"') : page.index("</nav>")]
    counted = cases.waiting()

    assert sum(counted.values()) == cases.count(Wish(flagged=True)) > 0
    assert f">{sum(counted.get(kind, 0) for kind in DESK[0].kinds)}<" in menu
    assert "/desk/settings/" not in menu
    assert "/desk/settings/" in enter(Role.LEAD).get("/desk/").content.decode()


def test_every_kind_of_case_is_counted_in_one_group() -> None:
    from mamori.ground.declared.casekinds import case_kinds

    counted = [kind for group in DESK for kind in group.kinds]

    assert sorted(counted) == sorted(kind.code for kind in case_kinds())


def test_while_somebody_types_a_few_cases_parties_and_orders_are_found(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    def found(q: str) -> list[str]:
        return [one["href"] for one in client.get("/desk/search/", {"quick": "", "q": q}).json()]

    assert found(desk.trouble) == [f"/desk/cases/{desk.trouble}/"]
    assert "/desk/?seller=S-1" in found("S-1")
    assert f"/desk/cases/{desk.question}/" in found("高橋商店")
    assert found("高") == []


def test_what_is_over_its_due_moment_has_a_list_of_its_own_and_each_person_a_count(
    desk: Desk, enter: Enter
) -> None:
    now = datetime.now(UTC)
    Case.objects.filter(about=desk.about).update(next_due_at=now - timedelta(hours=1), assignee="agent:7")
    Case.objects.exclude(about=desk.about).update(next_due_at=now + timedelta(hours=2))

    page = enter(Role.LEAD).get("/desk/?view=late").content.decode()

    assert desk.trouble in page.replace(" ", "")
    assert desk.question not in page.replace(" ", "")
    assert cases.loads(["agent:7", "agent:8"], at=now) == {"agent:7": cases.Load(1, 1)}
    assert (
        len(cases.view(Wish(due_after=now, due_until=now + timedelta(hours=3))).cases)
        == cases.count(Wish()) - 1
    )

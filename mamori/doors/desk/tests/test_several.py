"""Several cases at once, the five groups of places with what waits in them, and what is found while somebody types."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Desk, Enter
from mamori.doors.navigation import DESK
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.cases.models import Case
from mamori.ground.ledger import facts as ledger

FLAGGED = "?view=flagged&kind=contact.trouble"


def choose(client: Client, what: str, *numbers: str, back: str = FLAGGED, **more: str) -> tuple[str, str]:
    """Do it with the cases that were chosen; return where it leads and what is said there."""
    answer = client.post("/desk/several/", {"case": numbers, "what": what, "back": back, **more})
    page = client.get(answer["Location"]).content.decode()
    return answer["Location"], page[page.index("<main") : page.index("<h1")]


def test_several_are_taken_and_the_place_in_the_list_is_kept(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    where, said = choose(client, "take", desk.trouble, desk.question)

    assert where == f"/desk/{FLAGGED}"
    assert "2件をあなたの担当にしました" in said
    assert cases.count(Wish(assignee=cases.case_of(desk.about).assignee)) == 2
    assert [act.kind for act in ledger.acts_about(desk.about)].count("cases.taken") == 1


def test_of_one_that_ended_meanwhile_it_is_said_by_itself_and_the_others_are_done(
    desk: Desk, enter: Enter
) -> None:
    Case.objects.filter(about=desk.about).update(closed_at=datetime.now(UTC))

    _, said = choose(enter(Role.AGENT), "take", desk.trouble, desk.question)

    assert "1件をあなたの担当にしました" in said
    assert f"{desk.trouble}：" in said


def test_whoever_takes_over_is_told_why(desk: Desk, enter: Enter) -> None:
    client, colleague = enter(Role.AGENT), enter(Role.LEAD)
    choose(colleague, "take", desk.question)
    to = next(case.assignee for case in cases.view(Wish()).cases if case.number == desk.question)

    _, without = choose(client, "hand", desk.trouble, to=to)
    _, done = choose(client, "hand", desk.trouble, to=to, reason="休みに入るため")

    assert f"{desk.trouble}：" in without
    assert "の担当にしました" in done
    assert cases.case_of(desk.about).assignee == to


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "?a=\r\nSet-Cookie: x", "?" + "a" * 600]
)
def test_it_leads_back_to_the_list_and_nowhere_else(desk: Desk, enter: Enter, back: str) -> None:
    where, said = choose(enter(Role.AGENT), "take", back=back)

    assert where == "/desk/"
    assert "1つ以上" in said


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
    assert len(cases.due_between(now, now + timedelta(hours=3))) == cases.count(Wish()) - 1


def test_today_says_first_what_burns_and_folds_what_is_nothing(desk: Desk, enter: Enter) -> None:
    Case.objects.filter(about=desk.about).update(next_due_at=datetime.now(UTC) - timedelta(hours=1))

    page = enter(Role.LEAD).get("/desk/today/").content.decode()
    tiles = page[page.index('class="tiles"') : page.index('class="zeros"')]

    assert 'class="bad"' in tiles[: tiles.index("</li>")]
    assert '<span class="count">0<' not in page
    assert "架電" in page[page.index('class="zeros"') : page.index('id="hours"')] or "架電" in tiles

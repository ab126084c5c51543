"""A measure is decided on a question a page, beside the matter: only what the measure needs, and what changed is said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import SellerLine
from mamori.law.grounds import REPEAT_BREACH
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.tests.conftest import agent, asked, find, heard, lead, machine, sends

pytestmark = pytest.mark.usefixtures("shops")
BY_CLAUSE: dict[str, dict[str, object]] = {"ground": {"ground": ""}, "reason": {"reason": "記録のとおり"}}
NOTICE: dict[str, dict[str, object]] = {
    "measure": {"measure": "notice"},
    "other": {"other": "すぐに直ったため。"},
    **BY_CLAUSE,
}


@pytest.fixture
def desk(enter: Enter) -> Client:
    return enter(Role.LEAD)


def now() -> datetime:
    return datetime.now(UTC)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def number(finding: int) -> str:
    return cases.case_of(f"enforcement.finding:{finding}").number


def at(finding: int) -> str:
    return f"/desk/cases/{number(finding)}/enforcement/decide/"


def names(client: Client, base: str, pages: dict[str, dict[str, object]]) -> list[str]:
    """Return the names of the questions that are asked with these answers, in their order."""
    found = []
    while True:
        page: Any = asked(client, base, {name: pages[name] for name in found})
        if "question" not in page.context:
            return found
        found.append(page.context["question"].name)


def test_as_the_policy_answers_nothing_of_special_cases_is_asked(desk: Client) -> None:
    finding = heard(now())
    pages = {"measure": {"measure": "listing-hidden"}, "days": {"days": "14"}, **BY_CLAUSE}

    assert names(desk, at(finding), pages) == ["measure", "days", "ground", "reason"]


def test_what_bears_each_measure_is_looked_up_once_a_page(desk: Client) -> None:
    base = at(heard(now()))
    with CaptureQueriesContext(connection) as made:
        desk.get(f"{base}measure/", follow=True)
    terms = [one for one in made.captured_queries if 'FROM "terms_clauseacceptance"' in one["sql"]]

    assert len(terms) <= 2
    assert len(made) <= 70


def test_an_agent_is_asked_for_nothing_that_it_may_not_decide(enter: Enter) -> None:
    desk, finding = enter(Role.AGENT), heard(now())
    pages = {"measure": {"measure": "listing-hidden"}, **BY_CLAUSE}
    first: Any = desk.get(f"{at(finding)}measure/")

    assert [code for code, _ in first.context["form"].fields["measure"].choices] == ["listing-hidden"]
    assert "別の措置は責任者か法務担当が決めます" in body(first)
    assert names(desk, at(finding), pages) == ["measure", "ground", "reason"]
    assert sends(desk, asked(desk, at(finding), pages)).status_code == 302
    assert Measure.objects.get().days == 14


def test_an_agent_is_told_who_decides_where_the_answer_is_not_possible(enter: Enter) -> None:
    finding = heard(now(), listing="")
    agents, leads = (body(enter(role).get(f"{at(finding)}measure/")) for role in (Role.AGENT, Role.LEAD))

    assert "別の措置は責任者か法務担当が決めます" in agents
    assert 'type="radio"' not in agents
    assert "ほかの措置を選ぶか、案件に戻ってください" in leads
    assert 'value="notice"' in leads


def test_a_hold_of_money_asks_how_much_and_why(desk: Client) -> None:
    finding = heard(now())
    pages = NOTICE | {
        "measure": {"measure": "payout-held"},
        "days": {"days": "14"},
        "amount": {"amount": "50000", "why_amount": "返金の見込みと同じ額のため。"},
    }

    assert names(desk, at(finding), pages) == ["measure", "days", "other", "amount", "ground", "reason"]
    checked = asked(desk, at(finding), pages)
    assert "別の責任者か法務担当が承認すると実施します" in body(checked)
    assert sends(desk, checked).headers["Location"].endswith("?done=decide")
    held = Measure.objects.get()
    assert (held.state, held.amount, held.days) == ("proposed", 50_000, 14)
    assert statements.why_of(held)["amount"].ja == "返金の見込みと同じ額のため。"


def test_who_was_not_heard_is_asked_about_and_the_law_with_its_document(desk: Client) -> None:
    finding = find(now(), harm=Reach.DANGER)
    findings.ask_view(agent(now()), finding=finding)
    pages = NOTICE | {
        "unheard": {"unheard": "law"},
        "ground": {"ground": "statutory-request"},
        "document": {"document": "要請 第7号"},
    }

    found = names(desk, at(finding), pages)
    page: Any = asked(desk, at(finding), {name: pages[name] for name in ("measure", "other", "unheard")})

    assert found == ["measure", "other", "unheard", "ground", "document", "reason"]
    assert "" not in [code for code, _ in page.context["form"].fields["ground"].choices]
    assert sends(desk, asked(desk, at(finding), pages)).status_code == 302
    assert (Measure.objects.get().ground, Measure.objects.get().document) == (
        "statutory-request",
        "要請 第7号",
    )


@pytest.mark.parametrize(
    ("harm", "measure", "because"),
    [
        (Reach.NONE, "listing-hidden", ["law"]),
        (Reach.DANGER, "listing-removed", ["law"]),
        (Reach.DANGER, "new-listings-stopped", ["danger", "law"]),
        (Reach.NONE, "payout-held", ["law", "fraud"]),
    ],
)
def test_only_the_reasons_that_are_there_let_a_hearing_wait(
    desk: Client, harm: Reach, measure: str, because: list[str]
) -> None:
    finding = find(now(), harm=harm, listing="L-1" if measure.startswith("listing") else "")
    findings.ask_view(agent(now()), finding=finding)
    pages = NOTICE | {
        "measure": {"measure": measure},
        "beside": {"beside": ""},
        "days": {"days": "21"},
        "amount": {"amount": "", "why_amount": "返金の見込みと同じ額のため。"},
    }

    page: Any = asked(desk, at(finding), {name: pages[name] for name in pages if name != "ground"})

    assert page.context["question"].name == "unheard"
    assert [code for code, _ in page.context["form"].fields["unheard"].choices] == because


def test_a_closing_asks_whether_it_is_announced_and_how_repetition_hinders(desk: Client) -> None:
    finding = heard(now(), severity=Severity.GRAVE)
    pages = NOTICE | {
        "measure": {"measure": "closed"},
        "at-once": {"at_once": REPEAT_BREACH.code},
        "hinders": {"hinders": "問い合わせの半分がこの店のもの。"},
    }

    assert names(desk, at(finding), pages) == ["measure", "other", "ground", "at-once", "hinders", "reason"]
    assert names(desk, at(finding), pages | {"at-once": {"at_once": ""}})[-2:] == ["at-once", "reason"]
    refused = sends(desk, asked(desk, at(finding), pages))
    assert refused.status_code == 422
    assert "まだ送られていません" in body(refused)
    assert "問い合わせの半分がこの店のもの。" in body(refused), "no word is lost"


@pytest.mark.parametrize(
    ("step", "given", "sentence"),
    [
        ("measure", {"measure": ""}, "「措置」を選んでください"),
        ("days", {"days": "91"}, "90"),
        ("other", {"other": ""}, "何も書かれていません"),
        ("reason", {"reason": ""}, "理由を書いてください"),
    ],
)
def test_what_is_missing_is_said_on_the_page_that_asks_it(
    desk: Client, step: str, given: dict[str, object], sentence: str
) -> None:
    finding = heard(now())
    pages = NOTICE | {"measure": {"measure": "listing-hidden"}, "days": {"days": "21"}, step: given}

    page: Any = asked(desk, at(finding), pages)

    assert page.status_code == 422
    assert sentence in body(page)
    assert not Measure.objects.exists()


def test_the_matter_stands_beside_every_page(desk: Client) -> None:
    finding = heard(now())

    for pages in ({}, NOTICE):
        page = body(asked(desk, at(finding), pages))
        assert "この件について" in page
        assert "返品の条件が表示されていない。" in page
        assert "措置の基準の答え" in page


def test_what_was_done_meanwhile_is_shown_before_it_is_decided(desk: Client) -> None:
    finding = heard(now())
    checked = asked(desk, at(finding), NOTICE)
    standing.note_cured(lead(now()), finding=finding, reason="確かめた")

    stale = sends(desk, checked)

    assert stale.status_code == 409
    assert "この画面を開いたあとに、内容が変わりました" in body(stale)
    assert "最新の動き" in body(stale)
    assert "記録のとおり" in body(stale), "no word is lost"
    assert not Measure.objects.exists()
    assert sends(desk, stale).status_code == 302
    assert Measure.objects.get().kind == "notice"


def test_sent_twice_it_is_decided_once_and_says_what_was_done(desk: Client) -> None:
    finding = heard(now())
    checked = asked(desk, at(finding), NOTICE)

    first, twice = sends(desk, checked), sends(desk, checked)

    assert first.headers["Location"] == twice.headers["Location"]
    assert "措置を決め、出品者に理由を知らせました" in body(desk.get(first.headers["Location"]))
    assert Measure.objects.count() == 1
    assert desk.get(at(finding)).headers["Location"] == f"/desk/cases/{number(finding)}/"


def test_a_reason_is_asked_for_in_english_where_the_seller_reads_it(desk: Client) -> None:
    market.put_seller(machine(), SellerLine(ref="S-1", name="店", lang="en"))
    finding = heard(now())
    both = {"other": "すぐに直ったため。", "other_en": "It was put right at once."}

    half = asked(desk, at(finding), NOTICE)
    whole = sends(desk, asked(desk, at(finding), NOTICE | {"other": both}))

    assert half.status_code == 422
    assert "英語でもお書きください" in body(half)
    assert whole.status_code == 302
    why = statements.why_of(Measure.objects.get(finding=finding))
    assert why == {"other": Text("すぐに直ったため。", "It was put right at once.")}


def test_what_is_closed_is_not_decided_on(desk: Client) -> None:
    finding = heard(now())
    deciding.decide(lead(now()), finding=finding, wish=_notice())

    assert desk.get(f"{at(finding)}measure/").status_code == 302
    assert Finding.objects.get(pk=finding).closed_at is not None


def _notice() -> deciding.Wish:
    return deciding.Wish(
        measure="notice", days=0, reason="軽い", why_other=Text("直ったため。", "It was put right.")
    )

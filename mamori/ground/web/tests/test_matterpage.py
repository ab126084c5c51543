"""What is offered on a matter's page: a link, a form that is filled in there, a bare button, or why it is closed."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from django.test import RequestFactory

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.inputs import ReasonInput
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others
from mamori.ground.web.decisions import draw_matter, form_of
from mamori.ground.web.forms import HouseForm
from tests.reading import tidy


def asks(actor: Actor, *, key: int, version: int, reason: Annotated[str, ReasonInput()]) -> None:
    """Ask for a reason."""


def silent(actor: Actor, *, key: int, version: int) -> None:
    """Ask for nothing."""


ASKS: Decision[int] = Decision(
    slug="asks",
    title=Text("決める", "Decide"),
    lead=Text("説明", "Lead"),
    button=Text("決めます", "Yes"),
    done={},
    verb=asks,
    roles=(Role.LEAD,),
    is_there=bool,
)
SILENT = replace(
    ASKS,
    slug="silent",
    lead=None,
    title=Text("担当する", "Take"),
    button=Text("担当する", "Take"),
    verb=silent,
)
CLOSED = replace(ASKS, slug="closed", closed=lambda shown: Text("まだできません", "Not yet"))


def drawn(*decisions: Decision[int], on_page: bool) -> str:
    def form(one: Decision[int]) -> type[HouseForm] | None:
        return form_of(one.verb) if on_page else None

    seen = {"version": 7}
    offered = offers(decisions, 1, Role.LEAD, lambda slug: f"/do/{slug}/", form=form, initial=seen)
    return tidy(str(draw_matter(MatterPage(sections=(), offers=offered), RequestFactory().get("/")).deeds))  # type: ignore[arg-type]


def test_without_a_form_a_decision_is_a_link_to_its_page() -> None:
    assert '<a class="button small" href="/do/asks/">決める</a>' in drawn(ASKS, on_page=False)


def test_with_a_form_it_is_made_on_the_page_and_sent_to_its_address() -> None:
    page = drawn(SILENT, ASKS, on_page=True)

    taken, _, asked = page.partition("<details")
    assert '<form method="post" action="/do/silent/"' in taken
    assert "説明" in asked
    assert '<form method="post" action="/do/asks/"' in asked
    assert 'name="version" value="7" id="id_0_version"' in taken
    assert 'name="version" value="7" id="id_1_version"' in asked
    assert page.count('name="token"') == 2


def test_what_needs_a_fresh_proof_or_is_given_no_form_stays_a_link() -> None:
    proven = replace(ASKS, slug="proven", step_up=True)
    offered = offers((proven, ASKS), 1, Role.LEAD, lambda slug: f"/do/{slug}/", form=lambda one: None)

    page = drawn(proven, SILENT, on_page=True)

    assert 'href="/do/proven/"' in page
    assert 'action="/do/silent/"' in page
    assert [one.form for one in offered] == [None, None]


def test_the_first_that_asks_something_is_open() -> None:
    page = drawn(ASKS, replace(ASKS, slug="other"), on_page=True)

    assert page.count("<details") == 2
    assert page.count(" open>") == 1
    assert page.index(" open>") < page.rindex("<details")


def test_what_is_closed_says_why_and_has_no_form() -> None:
    page = drawn(CLOSED, on_page=True)

    assert "まだできません" in page
    assert "今できることはありません" in page
    assert "<form" not in page


def test_what_is_closed_stands_folded_beneath_what_can_be_done_and_the_first_of_that_is_open() -> None:
    page = drawn(CLOSED, ASKS, replace(CLOSED, slug="late"), on_page=True)

    can, _, cannot = page.partition('<details class="cannot">')
    assert "今はできないこと（2件）とその理由" in cannot
    assert (can.count("まだできません"), cannot.count("まだできません")) == (0, 2)
    assert can.count(" open>") == 1


def test_what_is_not_for_the_role_is_not_offered() -> None:
    assert offers((ASKS,), 1, Role.AGENT, str) == ()
    assert offers((ASKS,), 0, Role.LEAD, str) == ()


def test_whoever_may_not_decide_is_told_who_does() -> None:
    page = MatterPage(sections=(), offers=(), others=others((ASKS, SILENT), 1, Role.AGENT))

    assert "これを決めるのは相談窓口の責任者です。" in str(draw_matter(page, RequestFactory().get("/")).deeds)  # type: ignore[arg-type]
    assert others((ASKS, SILENT), 1, Role.LEAD) is None
    assert others((ASKS,), 0, Role.AGENT) is None


def test_a_section_that_draws_nothing_but_white_space_is_none() -> None:
    empty = Section(part=PagePart.WORK, template="web/offers.html", shown={"offers": ()})
    nothing = Section(part=PagePart.FACTS, template="web/parts/faults.html", shown={"faults": ()})

    page = draw_matter(MatterPage(sections=(empty, nothing), offers=None), RequestFactory().get("/"))  # type: ignore[arg-type]

    assert page.work.startswith("<p")
    assert page.facts == ""

"""The draft under the hand of who works on it: nothing is read otherwise than it was written, lost, or done unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.rules import declared_table
from mamori.rooms.enforcement.tests.test_policy_pages import DRAFT, body, edited, save, table

pytestmark = pytest.mark.django_db
BANDS = {"few": "1", "several": "20", "many": "50", "expires_days": "365"}


@pytest.fixture
def drafting(enter: Enter) -> Client:
    lead = enter(Role.LEAD)
    lead.post("/desk/policy/")
    return lead


@pytest.fixture
def waiting(drafting: Client) -> Client:
    """The draft's page was opened, and approval asked for in another window."""
    save(drafting, "8")
    drafting.post(DRAFT, {"edited": edited(), "reason": "14日では足りないため"})
    return drafting


def in_english(client: Client, path: str) -> str:
    return body(client.get(path, headers={"accept-language": "en"}))


@pytest.mark.parametrize("written", ["-20", "2-0", "2 0", "2０日"])
def test_an_edge_of_points_takes_plain_digits_only(drafting: Client, written: str) -> None:
    refused = drafting.post(f"{DRAFT}bands/", BANDS | {"edited": edited(), "several": written})

    assert refused.status_code == 422
    assert "「何度か」になる点数：数字だけでご記入ください" in body(refused)
    assert table() == declared_table.DECLARED


def test_full_width_digits_are_taken(drafting: Client) -> None:
    drafting.post(f"{DRAFT}bands/", BANDS | {"edited": edited(), "several": "　２１ "})

    assert table().edges.several == 21


def test_a_fault_of_the_form_is_said_above_and_at_its_field_and_nowhere_else(drafting: Client) -> None:
    page = body(save(drafting, "8", days="-5", check="1"))

    assert page.count("日数：数字だけでご記入ください。") == 2


def test_what_is_being_checked_is_not_left_by_a_link(drafting: Client) -> None:
    page = body(save(drafting, "8", history=["many"], check="1"))
    part = save(drafting, "8", history=["many"], check="1", part="1").json()

    assert "この場合の行がありません" in page
    assert "rows/new/?" not in page
    assert "この行を保存したあと" in page
    assert part["note"] in page
    assert all(set(line) == {"kind", "text"} for line in part["faults"])
    assert "rows/new/?" in body(_saved(drafting))


def _saved(drafting: Client) -> Any:
    save(drafting, "8", history=["many"])
    return drafting.get(DRAFT)


TRIES: dict[str, Callable[[Client], Any]] = {
    "rows/8/": lambda client: save(client, "8", days="28"),
    "rows/8/delete/": lambda client: client.post(f"{DRAFT}rows/8/delete/", {"edited": edited()}),
    "rows/8/do/": lambda client: client.post(f"{DRAFT}rows/8/do/", {"edited": edited(), "do": "up"}),
    "bands/": lambda client: client.post(
        f"{DRAFT}bands/", BANDS | {"edited": edited(), "expires_days": "300"}
    ),
}


@pytest.mark.parametrize("path", TRIES)
def test_a_change_sent_while_approval_is_waited_for_is_told_so_and_kept(waiting: Client, path: str) -> None:
    before = table()

    refused = TRIES[path](waiting)

    assert refused.status_code == 409
    assert "承認を待っているため" in body(refused)
    assert 'href="/desk/policy/proposal/"' in body(refused)
    assert table() == before
    assert 'value="28"' in body(refused) or path != "rows/8/"
    assert 'value="300"' in body(refused) or path != "bands/"


@pytest.mark.parametrize("path", ["rows/8/", "rows/8/delete/", "bands/", "file/"])
def test_a_page_of_a_draft_that_waits_says_so(waiting: Client, path: str) -> None:
    answer = waiting.get(DRAFT + path)

    assert answer.status_code == 409
    assert 'href="/desk/policy/proposal/send-back/"' in body(answer)


def test_a_row_is_deleted_when_that_is_said_twice(drafting: Client) -> None:
    asked = body(drafting.get(f"{DRAFT}rows/8/delete/"))
    kept = table().row("8")
    gone = drafting.post(f"{DRAFT}rows/8/delete/", {"edited": edited()})
    again = drafting.post(f"{DRAFT}rows/8/delete/", {"edited": edited()})

    assert "8番の行を消しますか" in asked
    assert "新規出品の停止 14日・5点" in asked
    assert kept is not None
    assert table().row("8") is None
    assert "8番の行を消しました" in body(drafting.get(gone["Location"]))
    assert again.status_code == 404


def test_a_row_that_somebody_else_changed_is_shown_as_it_is_before_it_is_deleted(drafting: Client) -> None:
    save(drafting, "8")

    refused = drafting.post(f"{DRAFT}rows/8/delete/", {"edited": 0})
    again = drafting.post(f"{DRAFT}rows/8/delete/", {"edited": edited()})

    assert refused.status_code == 409
    assert "新規出品の停止 21日・5点" in body(refused)
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("row", "way", "words"),
    [("1", "up", "いちばん上"), ("67", "down", "いちばん下"), ("2", "up", "動かしました")],
)
def test_a_row_that_cannot_go_further_is_said_to_be_the_outermost(
    drafting: Client, row: str, way: str, words: str
) -> None:
    moved = drafting.post(f"{DRAFT}rows/{row}/do/", {"do": way, "edited": edited()})

    assert moved["Location"].endswith(f"&row={row}#row-{row}")
    assert f"{row}番の行" in body(drafting.get(moved["Location"]))
    assert words in body(drafting.get(moved["Location"]))
    assert Policy.objects.get().edited == (0 if row != "2" else 1)


@pytest.mark.parametrize("query", ["done=saved", "done=saved&row=x", "done=nothing"])
def test_an_address_that_says_nothing_known_is_told_nothing(drafting: Client, query: str) -> None:
    assert 'class="banner success"' not in body(drafting.get(f"{DRAFT}?{query}"))

"""The draft under the hand of who works on it: nothing is read otherwise than it was written, lost, or done unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy.rules import table as rules
from mamori.rooms.enforcement.tests.test_policy_pages import DRAFT, body, edited, save, table
from tests.reading import words

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
    drafting.post(f"{DRAFT}propose/", {"version": edited(), "reason": "14日では足りないため"})
    return drafting


def in_english(client: Client, path: str) -> str:
    return body(client.get(path, headers={"accept-language": "en"}))


@pytest.mark.parametrize("written", ["-20", "2-0", "2 0", "2０日"])
def test_an_edge_of_points_takes_plain_digits_only(drafting: Client, written: str) -> None:
    refused = drafting.post(f"{DRAFT}bands/", BANDS | {"version": edited(), "several": written})

    assert refused.status_code == 422
    assert "「何度か」になる点数：数字だけでご記入ください" in body(refused)
    assert table() == rules.DECLARED


@pytest.mark.parametrize(
    ("name", "written"), [("days", "-5"), ("days", "1-4"), ("days", "1 4"), ("points", "−５")]
)
def test_a_row_takes_plain_digits_only(drafting: Client, name: str, written: str) -> None:
    refused = save(drafting, "8", **{name: written})

    assert refused.status_code == 422
    assert f"{'日数' if name == 'days' else '点数'}：数字だけでご記入ください" in body(refused)
    assert table() == rules.DECLARED


def test_full_width_digits_are_taken(drafting: Client) -> None:
    drafting.post(f"{DRAFT}bands/", BANDS | {"version": edited(), "several": "　２１ "})

    assert table().edges.several == 21


def test_a_fault_of_the_form_is_said_above_and_at_its_field_and_nowhere_else(drafting: Client) -> None:
    page = body(save(drafting, "8", days="-5", check="1"))

    assert page.count("日数：数字だけでご記入ください。") == 2


def test_what_is_being_checked_is_not_left_by_a_link(drafting: Client) -> None:
    page = body(save(drafting, "8", history=["many"], check="1"))

    assert "この場合の行がありません" in page
    assert "row=new" not in page
    assert "この行を保存したあと" in page
    save(drafting, "8", history=["many"])
    assert "row=new&amp;breach=" in body(drafting.get(DRAFT))


TRIES: dict[str, Callable[[Client], Any]] = {
    "row/?row=8": lambda client: save(client, "8", days="28"),
    "drop/?row=8": lambda client: client.post(f"{DRAFT}drop/?row=8", {"version": edited(), "row": "8"}),
    "bands/": lambda client: client.post(
        f"{DRAFT}bands/", BANDS | {"version": edited(), "expires_days": "300"}
    ),
}


@pytest.mark.parametrize("path", TRIES)
def test_a_change_sent_while_approval_is_waited_for_is_told_so_and_kept(waiting: Client, path: str) -> None:
    before = table()

    refused = TRIES[path](waiting)

    assert refused.status_code == 409
    assert "承認を待っているため" in body(refused)
    assert f'href="{DRAFT}"' in body(refused)
    assert table() == before
    assert 'value="28"' in body(refused) or not path.startswith("row")
    assert 'value="300"' in body(refused) or path != "bands/"


@pytest.mark.parametrize("path", ["row/?row=8", "drop/?row=8", "bands/", "file/"])
def test_a_page_that_changes_a_draft_that_waits_leads_to_where_it_is_sent_back(
    waiting: Client, path: str
) -> None:
    assert waiting.get(DRAFT + path)["Location"] == DRAFT
    assert f'action="{DRAFT}send-back/"' in body(waiting.get(DRAFT))


def test_moved_edges_and_a_longer_expiry_are_not_said_to_change_nothing(drafting: Client) -> None:
    given = {"few": "1", "several": "5", "many": "10", "expires_days": "400"}
    drafting.post(f"{DRAFT}bands/", given | {"version": edited()})

    page = in_english(drafting, DRAFT)

    assert "Of the 1944 combinations 0 get graver" not in page
    assert "Of the 1944 combinations" in page
    assert "5 to 9 points" in page
    assert "Points count for 400 days instead of 365" in page


def test_a_change_that_waits_stands_before_whoever_may_approve_it(waiting: Client, enter: Enter) -> None:
    own = body(waiting.get("/desk/today/"))
    counsels = body(enter(Role.COUNSEL).get("/desk/today/"))

    assert "あなたの承認を待つ基準の改定" not in own
    assert "あなたの承認を待つ基準の改定" in counsels
    assert f'href="{DRAFT}"' in counsels


def publish(waiting: Client, enter: Enter) -> Client:
    counsel = enter(Role.COUNSEL)
    counsel.post(f"{DRAFT}publish/", {"version": edited(), "haste": "", "reason": ""})
    return counsel


def test_everybody_reads_what_a_coming_version_changes(waiting: Client, enter: Enter) -> None:
    publish(waiting, enter)

    now, coming = body(Client().get("/policy/")), body(Client().get("/policy/1/"))

    assert 'href="/policy/1/#differs"' in now
    assert "いまの基準から変わるところ" in coming
    assert "是正のお願い 21日・5点" in coming
    assert 'id="row-8" class="marked"' in coming
    assert "いまの基準から変わるところ" not in now


def test_a_long_list_of_changes_leads_to_the_marked_table(drafting: Client, enter: Enter) -> None:
    row = Policy.objects.get()
    row.table = rules.stored(
        replace(
            rules.DECLARED,
            rows=tuple(replace(one, points=one.points + 1) for one in rules.DECLARED.rows),
        )
    )
    row.save()
    drafting.post(f"{DRAFT}propose/", {"version": edited(), "reason": "点数を1点ずつ増やすため"})
    publish(drafting, enter)

    page = body(Client().get("/policy/1/"))

    assert "ほか 5 件は、下の表に印があります" in page
    assert page.count('class="marked"') == 15


def test_a_row_is_deleted_when_that_is_said_twice(drafting: Client) -> None:
    asked = body(drafting.get(f"{DRAFT}drop/?row=8"))
    kept = table().row("8")
    gone = drafting.post(f"{DRAFT}drop/?row=8", {"version": edited(), "row": "8"})
    again = drafting.post(f"{DRAFT}drop/?row=8", {"version": edited(), "row": "8"})

    assert "8番の行（いまの内容）" in asked
    assert "是正のお願い 14日・5点" in asked
    assert kept is not None
    assert table().row("8") is None
    assert "行を消しました" in body(drafting.get(gone["Location"]))
    assert again.status_code == 404


def test_a_row_that_somebody_else_changed_is_shown_as_it_is_before_it_is_deleted(drafting: Client) -> None:
    save(drafting, "8")

    refused = drafting.post(f"{DRAFT}drop/?row=8", {"version": 0, "row": "8"})
    again = drafting.post(f"{DRAFT}drop/?row=8", {"version": edited(), "row": "8"})

    assert refused.status_code == 409
    assert "是正のお願い 21日・5点" in body(refused)
    assert again.status_code == 302


@pytest.mark.parametrize("query", ["done=row", "done=row&row=8", "done=nothing"])
def test_an_address_that_says_nothing_known_is_told_nothing(drafting: Client, query: str) -> None:
    assert 'class="banner success"' not in body(drafting.get(f"{DRAFT}?{query}"))


def test_a_published_version_is_given_up_by_another_and_its_address_says_so(
    waiting: Client, enter: Enter
) -> None:
    counsel = publish(waiting, enter)
    wish = {"version": 0, "reason": "誤りがあったため"}

    own, refused = body(waiting.get(DRAFT)), waiting.post(f"{DRAFT}discard/", wish)
    counsel.post(f"{DRAFT}discard/", wish)
    public = Client().get("/policy/1/")

    assert "提案したあなただけでは取りやめられません" in own
    assert refused.status_code == 403
    assert public.status_code == 410
    assert "第1版の基準は取りやめました" in body(public)
    assert 'href="/policy/"' in body(public)


def test_who_would_begin_a_change_is_told_before_that_one_is_coming(waiting: Client, enter: Enter) -> None:
    publish(waiting, enter)

    assert "その日が来るまでは公表できません" in body(waiting.get("/desk/policy/"))


@pytest.mark.parametrize("path", ["", "1/", "1/row/?row=8", "1/bands/", "0/"])
def test_the_place_in_the_navigation_is_marked_on_every_page_of_the_policy(
    drafting: Client, path: str
) -> None:
    page = words(drafting.get(f"/desk/policy/{path}"))

    assert f'<a href="/desk/policy/" aria-current="{"true" if path else "page"}">' in page


def test_english_words_say_what_is_meant(drafting: Client) -> None:
    page, first = in_english(drafting, DRAFT), in_english(drafting, "/desk/policy/0/")

    assert "1 to 19 points" in page
    assert "no harm, or money lost" in page
    assert "Each of the 1296 combinations has exactly one row." in page
    assert 'data-head="Put right"' not in page
    assert "<h1>The policy as delivered</h1>" in first

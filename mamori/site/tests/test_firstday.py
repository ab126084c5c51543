"""What is missing of a house stands at the desk: mended on a page, or put aside by a lead for a reason that can be taken back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from conftest import Enter, in_force
from mamori.doors.desk.views import queue
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as acts
from mamori.ground.people import actions as people
from mamori.ground.people.models import Account
from mamori.ground.terms import actions as terms
from mamori.ground.web.signing import choices
from mamori.law.display import DISPLAY_HINDERS
from mamori.law.practices import PRACTICES
from mamori.law.reports import OPERATOR_NAME_EN
from mamori.law.settings import (
    OPERATOR_ADDRESS,
    OPERATOR_COLOUR,
    OPERATOR_NAME,
    OPERATOR_PHONE,
    OPERATOR_SHOP,
)
from mamori.rooms.display.models import Display
from mamori.site import firstday
from mamori.site.checks import beginning
from mamori.site.checks.beginning import ABOUT
from mamori.site.checks.finding import Check, Level, examine
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
PAGE = "/desk/first/"
EARLY = datetime.now(UTC) - timedelta(hours=1)
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=EARLY, via="test")


def page(client: Client, path: str = PAGE, lang: str = "ja") -> str:
    return unescape(client.get(path, headers={"accept-language": lang}).content.decode())


def statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as made:
        client.get("/desk/today/")
    return len(made)


def codes(text: str) -> list[str]:
    return re.findall(r'href="/desk/first/([a-z0-9-]+)/"', text)


def said(check: Check) -> list[str]:
    return [one.text.en for one in examine(check, datetime.now(UTC)) if one.level is not Level.GOOD]


def test_a_first_lead_of_a_fresh_house_reads_what_is_missing_and_where_it_is_mended(enter: Enter) -> None:
    lead = enter(Role.LEAD)

    listed, english = page(lead), page(lead, lang="en")

    for board in ("/desk/", "/desk/today/"):
        assert 'class="banner"><p><a href="/desk/first/">はじめに整えることが残っています' in page(
            lead, board
        )
    for place in (
        "/desk/settings/operator.name/",
        "/desk/settings/operator.name_en/",
        "/desk/settings/operator.phone/",
        "/desk/settings/operator.address/",
        "/desk/settings/operator.shop/",
        "/desk/settings/operator.colour/",
        "/desk/terms/patterns/",
        "/desk/people/add/",
        "/desk/settings/display.hinders/",
        "/desk/settings/contact.telecom_number/",
    ):
        assert f'href="{place}"' in listed, place
        assert lead.get(place).status_code in (200, 302), place
    for word in (
        "MAMORI_MAIL",
        "MAMORI_SCANNER",
        "/etc/mamori/environment",
        "mamori backup",
        "mamori import",
    ):
        assert word in english, word
    hinders = next(one for one in PRACTICES if one.code == "P01")
    assert hinders.heading.ja in listed
    assert hinders.heading.en in english


def test_what_is_mended_leaves_the_list_and_the_board_is_silent_once_nothing_is_left(enter: Enter) -> None:
    lead = enter(Role.LEAD)
    for setting, value in (
        (OPERATOR_NAME, "守り市場"),
        (OPERATOR_NAME_EN, "Mamori Market"),
        (OPERATOR_PHONE, "03-1111-2222"),
        (OPERATOR_ADDRESS, "〒100-0001 東京都千代田区1-1"),
        (OPERATOR_SHOP, "https://shop.example.jp/"),
        (OPERATOR_COLOUR, "#0b57d0"),
    ):
        assert f"/desk/settings/{setting.code}/" in page(lead)
        form = {"value": value, "seen": "0"}
        assert lead.post(f"/desk/settings/{setting.code}/", form).status_code == 302
        assert f"/desk/settings/{setting.code}/" not in page(lead)

    for code in codes(page(lead)):
        assert lead.post(f"{PAGE}{code}/", {"reason": "来週、支度する"}).status_code == 302

    assert "整いました" in page(lead)
    assert "Ready: nothing is missing." in page(lead, lang="en")
    assert 'class="banner"><p><a href="/desk/first/"' not in page(lead, "/desk/today/")


def test_a_ready_house_costs_its_lead_one_statement_more_until_something_is_changed(enter: Enter) -> None:
    lead = enter(Role.LEAD)
    queue.use_missing(lambda _: False)
    without = statements(lead)
    queue.use_missing(firstday.is_any_open)
    for code in codes(page(lead)):
        lead.post(f"{PAGE}{code}/", {"reason": "あとで"})
    looked, ready = statements(lead), statements(lead)
    terms.set(MACHINE, setting=OPERATOR_SHOP, value="no address")
    changed = page(lead, "/desk/today/")
    for code in codes(page(lead)):
        lead.post(f"{PAGE}{code}/", {"reason": "あとで"})
    again = page(lead, "/desk/today/")
    [put] = [act for act in acts.acts_about(ABOUT) if "no address" in str(act.content)]
    lead.post(PAGE, {"back": (put.content or {})["payload"]["finding"]})

    assert looked > ready + 5
    assert ready <= without + 1
    assert 'class="banner"><p><a href="/desk/first/"' in changed
    assert 'class="banner"><p><a href="/desk/first/"' not in again
    assert 'class="banner"><p><a href="/desk/first/"' in page(lead, "/desk/today/")


def test_how_many_sellers_have_not_accepted_is_counted_and_put_aside_once(enter: Enter) -> None:
    lead = enter(Role.LEAD)
    in_force(at=EARLY)
    put_shop(MACHINE, ref="S-1", name="店")
    first = page(lead)
    code = next(one.code for one in firstday.missing(datetime.now(UTC)) if one.line.same)
    lead.post(f"{PAGE}{code}/", {"reason": "知らせた"})
    put_shop(MACHINE, ref="S-2", name="影")

    assert "規約に同意していない出品者がいます：1人" in first
    assert "それによる措置はとれません" in first
    assert next(one.heading.ja for one in PRACTICES if one.code == "P13") in first
    assert code not in codes(page(lead))
    assert "：2人（" in page(lead)


def test_who_put_something_aside_when_and_why_is_in_the_record_and_it_can_be_taken_back(enter: Enter) -> None:
    lead = enter(Role.LEAD)
    code = next(one for one in codes(page(lead)) if one.startswith("backup"))
    empty = lead.post(f"{PAGE}{code}/", {"reason": ""})
    lead.post(f"{PAGE}{code}/", {"reason": "控えは親会社が取る"})

    [act] = acts.acts_about(ABOUT)
    told = act.content or {}
    put = page(lead)
    again = lead.post(PAGE, {"back": code})

    assert empty.status_code == 422
    assert (act.kind, told["role"], told["reason"]) == ("site.put_aside", "lead", "控えは親会社が取る")
    assert datetime.now(UTC) - act.at < timedelta(minutes=1)
    assert "控えは親会社が取る" in put
    assert code not in codes(put)
    assert again.status_code == 302
    assert code in codes(page(lead))
    assert [one.kind for one in acts.acts_about(ABOUT)] == ["site.put_aside", "site.taken_back"]


def test_a_finding_that_says_something_else_stands_there_again(enter: Enter) -> None:
    lead = enter(Role.LEAD)
    terms.set(MACHINE, setting=OPERATOR_COLOUR, value="#777777")
    before = next(one for one in codes(page(lead)) if one.startswith("looks") and one in page(lead))
    for code in codes(page(lead)):
        lead.post(f"{PAGE}{code}/", {"reason": "あとで"})
    assert codes(page(lead)) == []

    terms.set(MACHINE, setting=OPERATOR_COLOUR, value="blue")

    [stands] = codes(page(lead))
    assert stands.startswith("looks")
    assert stands != before


def test_an_error_cannot_be_put_aside(enter: Enter, settings: Settings) -> None:
    settings.ORIGIN = "http://help.example.jp"
    lead = enter(Role.LEAD)
    error = next(one for one in firstday.missing(datetime.now(UTC)) if one.is_broken)

    refused = lead.post(f"{PAGE}{error.code}/", {"reason": "急ぐ"})

    assert refused.status_code == 409
    assert "https" in error.line.text.en
    assert error.code not in codes(page(lead))
    assert "誤り" in page(lead)
    assert acts.acts_about(ABOUT) == ()


def test_counsel_reads_the_list_and_only_a_lead_puts_aside(enter: Enter) -> None:
    lead, counsel, agent, eve = enter(Role.LEAD), enter(Role.COUNSEL), enter(Role.AGENT), enter()
    code = codes(page(lead))[0]
    lead.post(f"{PAGE}{code}/", {"reason": "あとで"})

    assert codes(page(counsel)) == []
    assert "operator.name" in page(counsel)
    assert counsel.post(f"{PAGE}{code}/", {"reason": "x"}).status_code == 403
    assert "責任者だけ" in unescape(counsel.post(PAGE, {"back": code}).content.decode())
    for stranger in (agent, eve):
        for path in (PAGE, f"{PAGE}{code}/"):
            for answer in (stranger.get(path), stranger.post(path, {"back": code, "mail": "try"})):
                assert answer.status_code != 200
                assert "operator.name" not in answer.content.decode()
    assert len(acts.acts_about(ABOUT)) == 1


def test_mail_is_tried_by_a_button_that_says_what_the_server_answered(
    enter: Enter, settings: Settings, tmp_path: Path
) -> None:
    lead = enter(Role.LEAD)
    assert "MAMORI_MAIL" in page(lead)
    settings.MAMORI_MAIL, settings.MAMORI_MAIL_FROM = "smtp://127.0.0.1:1?tls=none", "centre@example.jp"
    assert said(beginning.mail_tried) == [
        "Mail is set up and was never tried. Please send one to yourself, by the button below."
    ]

    lead.post(PAGE, {"mail": "try"})
    [tried] = acts.acts_about(ABOUT)

    assert "lead@example.jp" not in str(tried.content)
    assert "受け取られませんでした" in page(lead)
    assert "誤り" in page(lead)
    settings.MAMORI_MAIL = f"folder://{tmp_path}/mail"
    lead.post(PAGE, {"mail": "try"})
    assert "受け取られました" in page(lead)
    [mail] = (tmp_path / "mail").iterdir()
    assert "lead@example.jp" in mail.read_text("utf-8")


def test_mail_is_tried_only_some_times_in_a_quarter_of_an_hour(
    enter: Enter, settings: Settings, tmp_path: Path
) -> None:
    settings.MAMORI_MAIL, settings.MAMORI_MAIL_FROM = f"folder://{tmp_path}/mail", "centre@example.jp"
    lead = enter(Role.LEAD)

    answers = [lead.post(PAGE, {"mail": "try"}).status_code for _ in range(12)]

    assert answers[0] == 302
    assert answers[-1] == 429
    assert len(list((tmp_path / "mail").iterdir())) == answers.count(302) <= 10


def test_whom_a_lead_brought_in_is_no_second_person_for_that_lead(enter: Enter) -> None:
    enter(Role.LEAD)
    number = Account.objects.get(email="lead@example.jp").pk
    now = datetime.now(UTC)
    lead = Actor(by=f"lead:{number}", role=Role.LEAD, at=now, via="test")
    alone = said(beginning.second)
    people.add_account(lead, email="new@example.jp", name="x", role=Role.AGENT, profile=choices.profile(now))
    brought = said(beginning.second)
    enter(Role.COUNSEL)

    assert len(alone) == len(brought) == 1
    assert "on the server can agree at once" in brought[0]
    assert said(beginning.second) == []


def test_the_kit_for_the_lawyer_is_taken_from_the_page_in_the_readers_language(enter: Enter) -> None:
    lead = enter(Role.LEAD)

    for name in ("clauses.md", "privacy.md", "notices.md"):
        assert f'href="/desk/first/kit/{name}"' in page(lead)
        answer = lead.get(f"/desk/first/kit/{name}", headers={"accept-language": "en"})
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no legal advice" in answer.content.decode()
    assert "法律の助言ではありません" in page(lead, "/desk/first/kit/clauses.md")
    assert lead.get("/desk/first/kit/settings.py").status_code == 404
    assert enter().get("/desk/first/kit/clauses.md").status_code != 200


def test_a_ban_on_listing_that_nobody_chose_says_from_which_day_it_may_be_pressed() -> None:
    now = datetime.now(UTC)
    nobody = [one.text.en for one in examine(firstday.operator.switches, now)]
    Display.objects.create(seller_ref="S-1", asked_at=datetime(2026, 11, 1, 3, tzinfo=UTC))

    told = [one.text for one in examine(firstday.operator.switches, now)]

    assert any("No shop was told yet" in one for one in nobody)
    assert any("2 Dec 2026" in one.en or "1 Dec 2026" in one.en for one in told)
    terms.set(MACHINE, setting=DISPLAY_HINDERS, value=True)
    assert said(firstday.operator.switches) == []

"""The pages of clarifications: staff ask from the page of the matter, and whoever is asked answers in two inputs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.rooms.enforcement.clarifications.queries import said_of
from mamori.rooms.enforcement.findings import actions
from mamori.rooms.enforcement.models import Clarification
from mamori.rooms.enforcement.tests.conftest import agent, find, send
from mamori.rooms.enforcement.tests.test_clarifications import ANSWER, ASKS, MAIL, to_ask
from mamori.rooms.enforcement.tests.test_evidence import photo

pytestmark = pytest.mark.usefixtures("shops")


def text(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def ask(enter: Enter, **given: Any) -> tuple[Client, str, HttpResponse]:
    """Ask on the page of a case; return the desk, the case's address and what came."""
    finding, desk = find(datetime.now(UTC)), enter(Role.AGENT)
    case = f"/desk/cases/{cases.case_of(f'enforcement.finding:{finding}').number}/"
    known = {"token": str(uuid4()), "what": "unsafe", "words": ASKS, "language": "ja"}
    return desk, case, send(desk, f"{case}enforcement/clarify/", known | given)


def test_staff_ask_the_seller_from_the_case_and_it_answers_on_its_own_page(enter: Enter) -> None:
    desk, case, asked = ask(enter, whom="seller")
    number = Clarification.objects.get().pk
    shop = enter(Role.SELLER, "seller:S-1")
    listed = shop.get("/seller/clarifications/")
    done = shop.post(
        f"/seller/clarifications/{number}/",
        {"token": str(uuid4()), "said": ANSWER, "attached": photo()},
        follow=True,
    )

    assert asked.status_code == 302
    assert ASKS in text(listed)
    assert "違反と決めたのではありません" in text(listed)
    assert "ご返答を受け取りました" in text(done)
    assert ANSWER in text(done)
    on_case = text(desk.get(case))
    assert ANSWER in on_case
    assert f'href="/desk/clarifications/{number}/"' in desk.get(case).content.decode()
    page = desk.get(f"/desk/clarifications/{number}/").content.decode()
    assert f"/desk/clarifications/{number}/files/1/1/" in page
    assert f'href="{case}"' in page
    assert desk.get(f"/desk/clarifications/{number}/files/1/1/").status_code == 200
    assert (
        desk.get(f"/desk/clarifications/{number}/files/1/original/").status_code == 409
    )  # not found clean yet
    assert desk.get(f"/desk/clarifications/{number}/files/2/1/").status_code == 404


def test_somebody_outside_answers_from_the_mail_without_an_account_once(enter: Enter) -> None:
    ask(enter, whom="maker", name="株式会社みどり", mail=MAIL)
    row, anybody = Clarification.objects.get(), enter()
    path = said_of(row).page.partition("testserver")[2] or "/" + said_of(row).page.split("/", 3)[3]
    form = anybody.get(path)
    fields = set(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', form.content.decode()))
    given = {"token": str(uuid4()), "said": ANSWER}
    first = anybody.post(path, given, follow=True)
    again = anybody.post(path, given | {"said": "別の答え"}, follow=True)

    assert ASKS in text(form)
    assert "株式会社みどり" in text(form)
    assert fields - {"token", "csrfmiddlewaretoken", "next"} == {"said", "attached"}
    for answer in (first, again):
        assert "ご返答を受け取りました" in text(answer)
        assert ANSWER in text(answer)
    row.refresh_from_db()
    assert said_of(row).answer == ANSWER
    assert enter().get(f"{path[:-4]}zzz/").status_code == 404


def test_what_is_withdrawn_says_so_to_whoever_opens_the_page(enter: Enter) -> None:
    desk, _, _ = ask(enter, whom="holder", name="権利者", mail=MAIL, what="rights")
    row = Clarification.objects.get()
    done = send(
        desk, f"/desk/clarifications/{row.pk}/withdraw/", {"token": str(uuid4()), "reason": "わかった。"}
    )
    path = "/" + said_of(row).page.split("/", 3)[3]

    assert done.status_code == 302
    assert "お答えいただく必要はありません" in text(enter().get(path))


def test_an_answer_by_telephone_is_entered_on_the_page_of_the_clarification(enter: Enter) -> None:
    desk, case, _ = ask(enter, whom="importer", name="輸入商会")
    row = Clarification.objects.get()
    listed = desk.get("/desk/clarifications/?state=asked&whom=importer")
    entered = send(
        desk,
        f"/desk/clarifications/{row.pk}/enter/",
        {"token": str(uuid4()), "channel": "telephone", "said": ANSWER},
    )

    assert "輸入業者" in text(listed)
    assert entered.status_code == 302
    shown = text(desk.get(entered.headers["Location"]))
    assert "返答を書き入れました" in shown
    assert "電話" in shown
    assert ANSWER in text(desk.get(case))
    assert desk.get(f"/desk/clarifications/{row.pk}/nothing/").status_code == 404


def test_another_shop_sees_nothing_of_it(enter: Enter) -> None:
    finding = find(datetime.now(UTC))
    actions.ask_around(agent(datetime.now(UTC)), finding=finding, asked=to_ask())
    number, other = Clarification.objects.get().pk, enter(Role.SELLER, "seller:S-2")

    assert other.get(f"/seller/clarifications/{number}/").status_code == 404
    assert ASKS not in text(other.get(f"/seller/clarifications/?of={number}&done=answer"))


def test_the_form_asks_for_a_name_only_of_somebody_outside(enter: Enter) -> None:
    _, _, refused = ask(enter, whom="maker")

    assert refused.status_code == 409
    assert "会社名や氏名を書いてください" in text(refused)
    assert not Clarification.objects.exists()

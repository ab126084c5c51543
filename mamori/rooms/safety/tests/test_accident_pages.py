"""Staff see on one page how far an accident is, take each step there, and take its papers away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.law.accidents import Hurt
from mamori.rooms.safety.accidents.matter import about, said_of
from mamori.rooms.safety.models import Accident
from mamori.rooms.safety.tests.happened import BURNT, enter as entered, market_day, warn  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]


@pytest.fixture
def staff(enter: Enter) -> Client:
    return enter(Role.LEAD, "lead:2")


@pytest.fixture
def number() -> int:
    return entered(at=datetime.now(UTC), hurt=Hurt.GRAVE)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def press(client: Client, path: str, **told: Any) -> str:
    context = client.get(path).context
    known = {"version": context["form"].initial.get("version", 0), "token": context["token"]}
    known |= {"seen_until": context["form"].initial.get("seen_until", "")}
    return client.post(path, known | told, follow=True).content.decode()


def test_an_accident_is_entered_from_a_call_and_its_page_draws_the_road(staff: Client) -> None:
    told = {
        "listing": "L-1",
        "source": "telephone",
        "hurt": "grave",
        "what": "手にやけど。",
        "happened_on": "2026-11-14",
    }

    press(staff, "/desk/accidents/enter/", **told)

    one = Accident.objects.get()
    assert (one.hurt, f"{one.happened_on}", said_of(one).what) == ("grave", "2026-11-14", "手にやけど。")
    shown = page(staff, f"/desk/accidents/{one.pk}/")
    assert shown.count('class="step next"') == 1
    assert shown.count('class="step later"') == 6
    assert "重大製品事故" in shown
    assert "消費者庁長官へ報告する義務があります" in shown
    assert f"/desk/accidents/{one.pk}/" in page(staff, "/desk/accidents/")


def test_its_case_shows_the_same_road(staff: Client, number: int) -> None:
    case = cases.case_of(about(number)).number
    assert 'class="step next"' in page(staff, f"/desk/cases/{case}/")


def test_each_step_is_taken_from_its_page(staff: Client, number: int) -> None:
    base = f"/desk/accidents/{number}/"

    press(staff, f"{base}stop/", because=BURNT)
    press(staff, f"{base}add/", offered=["L-2"], others="")
    press(staff, f"{base}stop/", because=BURNT)
    asked = {"whom": "maker", "what": "unsafe", "words": "ほかにも事故がありますか。", "name": "さくら製作所"}
    press(staff, f"{base}ask/", **asked)
    press(staff, f"{base}told/", whom="nite", how="form")
    press(staff, f"{base}keep/")
    press(staff, f"{base}leave/", step="caa", reason="重大製品事故ではないと医師から聞いた。")
    press(staff, f"{base}describe/", hurt="minor", lot="A-17", what="手にやけど。")

    one = Accident.objects.get(pk=number)
    assert [each.listing_ref for each in one.goods.order_by("pk")] == ["L-1", "L-2"]
    assert all((one.stopped_at, one.maker_asked_at, one.nite_at, one.kept_at))
    assert (one.left_out, one.hurt, said_of(one).lot) == (["caa"], "minor", "A-17")
    shown = page(staff, base)
    assert shown.count('class="step done"') == 5
    assert "重大製品事故ではないと医師から聞いた。" in shown
    refused = press(staff, f"{base}close/", reason="済んだ。")
    assert "メーカーに知らせる" in refused


def test_the_funnel_of_the_warning_stands_on_its_page(staff: Client, number: int) -> None:
    warn(number, at=datetime.now(UTC))
    shown = page(staff, f"/desk/accidents/{number}/")
    assert "どこまで届いたか" in shown
    assert f"/desk/alerts/{Accident.objects.get(pk=number).alert}/" in shown


@pytest.mark.parametrize("whom", ["nite", "caa", "maker", "representative"])
def test_the_report_is_taken_away_as_text_and_says_what_is_not_known(
    staff: Client, number: int, whom: str
) -> None:
    said = page(staff, f"/desk/accidents/{number}/papers/{whom}/?format=txt")

    assert "事故の内容：手にやけどをした。" in said
    assert "製品の名前：ケトル L-1（L-1）" in said
    assert "型式：KT-100" in said
    assert "製造番号・ロット：わからない" in said
    assert ("10日以内に" in said) is (whom in ("maker", "representative"))


def test_the_report_is_a_pdf_and_nobody_else_has_one(staff: Client, number: int) -> None:
    pytest.importorskip("typst")
    answer = staff.get(f"/desk/accidents/{number}/papers/nite/")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert staff.get(f"/desk/accidents/{number}/papers/press/").status_code == 404
    assert staff.get("/desk/accidents/404/").status_code == 404

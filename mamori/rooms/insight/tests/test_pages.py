"""The pages of people of the operator: what rises comes first and leads into the register, step by step to the comparison."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.people.models import Account
from mamori.ground.people.presence import BEGUN, RECORDS
from mamori.ground.web.headers import ARRIVED
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.insight.lifecycle import ImprovementState
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.tests.conftest import (
    CHANGED,
    COUNTERFEITS,
    NOON,
    SEEN,
    WORDS,
    changed,
    in_month,
    noted,
    one,
    reported,
)

pytestmark = pytest.mark.django_db
FIGURES, REGISTER = "/desk/insight/", "/desk/insight/improvements/"
APRIL = f"{COUNTERFEITS}&month=2026-04"


def coming(enter: Enter, role: Role, at: datetime = NOON, *, stepped_up: bool = False) -> Client:
    """Let somebody come in at a moment."""
    client = enter(role, stepped_up=stepped_up)
    session = client.session
    session[BEGUN] = at.isoformat()
    if stepped_up:
        session[RECORDS] = [{"method": "mfa", "type": "webauthn", "at": at.timestamp()}]
    session.save()
    client.defaults[ARRIVED] = at
    return client


def read(client: Client, path: str) -> str:
    return text(client.get(path, secure=True, follow=True))


def text(answer: HttpResponse) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", plain)


def take(client: Client, path: str, **told: Any) -> str:
    """Open a form, fill in what is told beside the state that it shows, and follow where it leads."""
    page: Any = client.get(path, secure=True).context
    seen = {"token": page["token"], "version": page["form"].initial.get("version", 0)}
    return text(client.post(path, seen | told, secure=True, follow=True))


def counterfeits_rise() -> None:
    """Let counterfeits rise in April, and nothing else."""
    for month in (1, 2, 3):
        reported(2, at=in_month(month))
        reported(6, at=in_month(month), reason=ComplaintReason.PRICE, where="L-2")
    reported(7, at=in_month(4))
    reported(6, at=in_month(4), reason=ComplaintReason.PRICE, where="L-2")


def test_what_rises_comes_first_and_leads_into_the_register(enter: Enter) -> None:
    counterfeits_rise()
    agent = coming(enter, Role.AGENT)

    page = agent.get(f"{FIGURES}?month=2026-04", secure=True)

    assert [one.full.en for one in page.context["shown"].rising] == [
        "reports",
        "reports (it seems to be a counterfeit)",
        "reports (化粧品)",
    ]
    said = text(page)
    assert said.index("増えたもの") < said.index("前の3か月の平均は2.0件")
    assert f"/note/?{APRIL}".replace("&", "&amp;") in page.content.decode()
    assert "<svg" in page.content.decode()
    form = agent.get(f"{REGISTER}note/?{APRIL}", secure=True).context["form"]
    assert (form["figure"].value(), form["month"].value()) == (COUNTERFEITS, "2026-04")


def test_a_figure_is_narrowed_step_by_step_and_what_is_named_wrongly_is_all_reports(enter: Enter) -> None:
    counterfeits_rise()
    agent = coming(enter, Role.AGENT)

    shown = agent.get(f"{FIGURES}?{APRIL}&category=化粧品", secure=True).context["shown"]
    assert (shown.count, [one.aspect.value for one in shown.parts]) == (7, ["what", "channel"])
    for wrong in ("of=looks", "of=troubles&category=x", "month=2031-01", "month=yesterday"):
        page = agent.get(f"{FIGURES}?{wrong}", secure=True).context["shown"]
        assert (page.figure.code, str(page.month)) == ("of=reports", "2026-06")
        assert page.is_running


def test_before_the_record_holds_three_months_the_page_says_that_nothing_can_be_said(enter: Enter) -> None:
    reported(9, at=in_month(3))

    assert "そろっているのは2026-01から" in read(coming(enter, Role.READER), f"{FIGURES}?month=2026-03")
    assert "増えたものはありません" in read(coming(enter, Role.READER), f"{FIGURES}?month=2026-05")


def test_a_month_before_the_record_has_no_count_and_a_month_of_nothing_has_none(enter: Enter) -> None:
    shown = coming(enter, Role.LEAD).get(f"{FIGURES}?month=2026-04", secure=True).context["shown"]

    assert [one.sign for one in shown.seen] == [*"––––––––", "0", "0", "0", "0"]


def test_of_much_that_rises_the_most_comes_first_and_the_rest_is_marked_below(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mamori.rooms.insight.queries.MOST_RISING", 1)
    counterfeits_rise()

    said = read(coming(enter, Role.LEAD), f"{FIGURES}?month=2026-04")
    assert "増えたものはほかに2あり" in said
    assert said.count("▲ 増えた") > 2


def test_a_long_list_of_categories_says_how_many_more_there_are(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mamori.rooms.insight.queries.MOST_PARTS", 1)
    counterfeits_rise()

    assert "ほかに1種類あります" in read(coming(enter, Role.LEAD), f"{FIGURES}?month=2026-04")


def test_all_that_is_counted_is_a_table_with_a_line_for_each_kind_in_each_month(enter: Enter) -> None:
    reported(2, at=in_month(3))
    reported(1, at=in_month(4), what=ReportedWhat.PLATFORM, reason=ComplaintReason.OTHER, where="")

    answer = coming(enter, Role.READER).get(f"{FIGURES}?format=csv&month=2026-04&bom=0", secure=True)

    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1:] == [
        [
            "2026-03",
            "申し出",
            "偽物だと思う",
            "商品・サービスのページ",
            "化粧品",
            "ページ",
            "2",
            rows[1][-1],
        ],
        [
            "2026-04",
            "申し出",
            "そのほか",
            "通販サイトそのもの",
            "カテゴリなし・商品以外",
            "ページ",
            "1",
            rows[2][-1],
        ],
    ]
    assert rows[1][-1].startswith("of=reports&ground=counterfeit&what=listing&category=")


def test_the_page_asks_no_more_for_more_reports(enter: Enter, django_assert_max_num_queries: Any) -> None:
    counterfeits_rise()
    agent = coming(enter, Role.AGENT)
    read(agent, FIGURES)

    with django_assert_max_num_queries(20):
        agent.get(f"{FIGURES}?month=2026-04", secure=True)


def test_from_what_was_seen_to_the_comparison_and_to_the_public_on_the_pages(enter: Enter) -> None:
    reported(9, at=in_month(3))
    reported(6, at=in_month(5))
    agent = coming(enter, Role.AGENT, in_month(4, 20))

    said = take(
        agent,
        f"{REGISTER}note/?{APRIL}",
        title="化粧品の偽物",
        seen=SEEN,
        figure=COUNTERFEITS,
        month="2026-04",
    )
    number = Improvement.objects.get().pk
    page = f"{REGISTER}{number}/"
    assert "書き留めました" in said
    assert "化粧品の偽物" in said
    owner = Account.objects.get(email="agent@example.jp").pk
    assert "担当を決めました" in take(agent, f"{page}give/", owner=owner, department="商品企画")
    day = {"on_year": "2026", "on_month": "4", "on_day": "20"}
    assert "変えたことを記録しました" in take(agent, f"{page}change/", changed=CHANGED, months="1", **day)
    assert "比べる月がまだ終わっていません" in read(agent, page)

    later = coming(enter, Role.AGENT)
    assert "前と後を比べ、記録しました" in take(later, f"{page}compare/", came="減った。")
    assert "前：9件、後：6件" in read(later, page).replace(" 、 ", "、")
    lead = coming(enter, Role.LEAD, stepped_up=True)
    words = {
        "seen": WORDS.seen,
        "seen_en": WORDS.seen_en,
        "changed": WORDS.changed,
        "changed_en": WORDS.changed_en,
    }
    assert "公開しました" in take(lead, f"{page}publish/", came="", came_en="", **words)
    assert WORDS.changed in read(Client(), "/improvements/")
    assert "公開をやめました" in take(lead, f"{page}withdraw/", reason="見直すため。")
    assert WORDS.changed not in read(Client(), "/improvements/")
    assert one(number).state == ImprovementState.COMPARED


def test_publishing_asks_for_a_fresh_proof_and_has_no_other_address(enter: Enter) -> None:
    number = changed()

    assert coming(enter, Role.LEAD).get(f"{REGISTER}{number}/publish/", secure=True).status_code == 302
    assert coming(enter, Role.AGENT).get(f"{REGISTER}{number}/publish/", secure=True).status_code == 403
    assert coming(enter, Role.AGENT).get(f"{REGISTER}{number}/nothing/", secure=True).status_code == 404


def test_an_owner_is_one_of_those_who_work_here_or_a_department(enter: Enter) -> None:
    number = noted()
    agent = coming(enter, Role.AGENT)

    assert "担当する人か部署を書いてください" in take(
        agent, f"{REGISTER}{number}/give/", owner="0", department=""
    )
    assert "選択" in take(agent, f"{REGISTER}{number}/give/", owner="99", department="")
    assert one(number).state == ImprovementState.NOTED
    assert "あなたの担当になりました" in take(agent, f"{REGISTER}{number}/take/")


def test_a_figure_that_is_not_offered_is_taken_where_it_can_be_counted(enter: Enter) -> None:
    agent = coming(enter, Role.AGENT)
    narrow = f"{COUNTERFEITS}&what=shop"

    take(agent, f"{REGISTER}note/", title="店", seen=SEEN, figure=narrow, month="2026-05")
    take(agent, f"{REGISTER}note/", title="店", seen=SEEN, figure="of=looks", month="2026-05")
    take(agent, f"{REGISTER}note/", title="声", seen=SEEN, figure="", month="2026-05")

    assert list(Improvement.objects.order_by("pk").values_list("figure", "month")) == [
        (narrow, "2026-05"),
        ("", ""),
    ]


def test_a_reader_follows_the_register_and_is_told_who_decides(enter: Enter) -> None:
    number = noted()
    reader = coming(enter, Role.READER)

    listed = read(reader, REGISTER)
    assert "化粧品の偽物" in listed
    assert "申し出（偽物だと思う）" in listed
    assert "書き留める" not in listed.replace("書き留めた", "")
    assert "これを決めるのは" in read(reader, f"{REGISTER}{number}/")
    assert read(coming(enter, Role.AGENT), f"{REGISTER}?state=dropped").count("化粧品の偽物") == 0

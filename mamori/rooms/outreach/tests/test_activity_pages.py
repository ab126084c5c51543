"""The register of activities on its pages, practice by practice: planned at the desk, held, told by two, read by everybody."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.japan.calendar import JAPAN
from mamori.law.activities import ActivityKind
from mamori.rooms.outreach.models import Activity
from mamori.rooms.outreach.tests.conftest import take

pytestmark = pytest.mark.django_db
LIST = "/desk/activities/"
PAPER = "資料.txt"


def yesterday() -> date:
    return datetime.now(UTC).astimezone(JAPAN).date() - timedelta(days=1)


class Desk:
    """A lead at the desk, and counsel as the second person; what each does about an activity."""

    def __init__(self, enter: Enter) -> None:
        self.enter, self.number = enter, 0
        self.lead, self.second = enter(Role.LEAD), enter(Role.COUNSEL)

    def does(self, slug: str, *, who: Client | None = None, **told: Any) -> str:
        answer = take(who or self.lead, f"{LIST}{self.number}/{slug}/", **told)
        assert answer.status_code == 200, slug
        return str(answer.content.decode())

    def plans(self, kind: ActivityKind, title: str, **more: Any) -> None:
        told = {"kind": kind.value, "title": title, "on": yesterday().isoformat(), "every_months": "0"} | more
        take(self.lead, f"{LIST}plan/", **told)
        self.number = Activity.objects.latest("pk").pk

    def tells(self, line: str, line_en: str) -> None:
        """Let the lead write a line, which the lead cannot release, and the second person release it."""
        self.does("line", line=line, line_en=line_en)
        page = f"{LIST}{self.number}/release/"
        token = self.lead.get(page, secure=True).context["token"]
        version = Activity.objects.get(pk=self.number).version
        refused = self.lead.post(page, {"token": token, "version": version}, secure=True)
        assert refused.status_code == 403
        self.does("release", who=self.second)

    def reads(self, address: str, language: str = "ja") -> str:
        return str(self.enter().get(address, secure=True, HTTP_ACCEPT_LANGUAGE=language).content.decode())


@pytest.fixture
def desk(enter: Enter) -> Desk:
    return Desk(enter)


def test_a_regular_exchange_with_an_agency_leads_to_the_next_one(desk: Desk) -> None:
    desk.plans(ActivityKind.AGENCY, "意見交換", bodies="消費者庁", agenda="年末の注意", every_months="6")
    desk.does("hold", came="4", minutes="年末の体制を話した。")
    on = (yesterday() + timedelta(days=9)).isoformat()
    desk.does("agree", words="資料を送る", owner="広報", on=on)
    desk.does("finish", action=Activity.objects.get().actions.get().pk)
    desk.does("follow", result="窓口が決まった。")
    former = desk.number

    desk.does("next", on=(yesterday() + timedelta(days=180)).isoformat())

    new = Activity.objects.latest("pk")
    assert new.former_id == former
    assert "消費者庁" in desk.lead.get(f"{LIST}{new.pk}/").content.decode()
    desk.tells("消費者庁と意見を交わしました。", "We exchanged views with the CAA.")
    assert "消費者庁と意見を交わしました。" in desk.reads("/measures/")


@pytest.mark.parametrize("kind", [ActivityKind.BODY, ActivityKind.GUIDELINE])
def test_a_body_of_industry_and_a_guideline_are_kept_with_their_papers(
    desk: Desk, kind: ActivityKind
) -> None:
    desk.plans(kind, "表示の指針の部会", bodies="通販の団体")
    desk.does("hold", came="9")
    desk.does("attach", attached=SimpleUploadedFile(PAPER, "案".encode()))
    desk.tells("指針の部会に加わりました。", "We took part in work on a guideline.")

    assert PAPER in desk.lead.get(f"{LIST}{desk.number}/").content.decode()
    assert desk.enter().get(f"{LIST}{desk.number}/files/1/original/").status_code in (302, 403, 404)
    assert "指針の部会に加わりました。" in desk.reads("/measures/")


def test_work_on_product_safety_is_told_with_what_came_of_it_kept_inside(desk: Desk) -> None:
    desk.plans(ActivityKind.PRODUCT_SAFETY, "電池の安全", bodies="NITE\n電池の団体")
    desk.does("hold", came="7", minutes="膨らんだ電池の例を見た。")
    desk.does("follow", result="注意の文を変えた。")
    desk.tells("電池の安全について、NITEと話しました。", "We talked with NITE about batteries.")

    shown = desk.reads("/activities/") + desk.reads("/measures/")
    assert shown.count("電池の安全について、NITEと話しました。") == 2
    assert "膨らんだ電池" not in shown + desk.reads("/news/")
    assert "注意の文を変えた。" not in shown


def test_a_seminar_with_thirty_guests_is_entered_by_pasting_and_ticking(desk: Desk) -> None:
    desk.plans(ActivityKind.RIGHTS_SEMINAR, "偽物を防ぐセミナー", bodies="IIPPF")
    names = [f"出品者{n:02}" for n in range(1, 31)]
    desk.does("guests", guests="\r\n".join(names))
    asked = desk.lead.get(f"{LIST}{desk.number}/hold/", secure=True).content.decode()
    assert asked.count('type="checkbox"') == 30

    desk.does("hold", present=names[:22], came="")
    all_of_them = "\n".join([*names, "飛び入り"])
    desk.does("guests", guests=all_of_them, present=names[:22], came="")
    desk.does("guests", guests=all_of_them, present=[*names[:22], "飛び入り"], came="")
    desk.tells(
        "IIPPFと、偽物を防ぐセミナーを開きました。", "With IIPPF we held a seminar against counterfeits."
    )

    row = Activity.objects.get()
    assert (row.invited, row.came) == (31, 23)
    assert desk.lead.get(f"{LIST}{desk.number}/").content.decode().count("来た</span>") == 23
    assert "参加 23" in desk.reads("/activities/")
    assert "出品者01" not in desk.reads("/activities/") + desk.reads("/measures/") + desk.reads("/news/")


def test_a_seminar_for_sellers_abroad_is_told_in_english_and_its_course_is_ready(desk: Desk) -> None:
    desk.plans(ActivityKind.SELLERS_ABROAD, "日本の製品安全", title_en="Product safety in Japan")
    desk.does("hold", came="14")
    desk.tells("海外の出品者に製品の安全を話しました。", "We told sellers abroad about product safety.")

    assert "We told sellers abroad about product safety." in desk.reads("/measures/", "en")
    page = desk.lead.get("/desk/help/write/?from=selling-to-japan", secure=True)
    assert page.context["form"].initial["topic"] == "help-sellers"


def test_a_symposium_is_planned_called_off_planned_anew_and_told(desk: Desk) -> None:
    desk.plans(ActivityKind.SYMPOSIUM, "シンポジウム", place="東京")
    desk.does("off", reason="会場が使えない。")
    desk.plans(ActivityKind.SYMPOSIUM, "シンポジウム", place="大阪", starts="13:30")
    desk.does("hold", came="120")
    desk.tells("消費者団体とシンポジウムを開きました。", "We held a symposium with consumers' bodies.")

    assert "消費者団体とシンポジウムを開きました。" in desk.reads("/measures/")


@pytest.mark.parametrize(
    "kind",
    [ActivityKind.EDUCATION, ActivityKind.EDUCATION_REVIEWS, ActivityKind.EDUCATION_COUNTERFEITS],
)
def test_education_of_consumers_is_told_and_its_course_is_ready(desk: Desk, kind: ActivityKind) -> None:
    desk.plans(kind, "高校での授業", bodies="市立高校")
    desk.does("hold", came="38")
    desk.tells("高校で、見分け方の授業をしました。", "We taught at a school how to tell.")

    assert "高校で、見分け方の授業をしました。" in desk.reads("/measures/")
    page = desk.lead.get("/desk/help/write/?from=reviews-and-counterfeits", secure=True)
    assert page.context["form"].initial["topic"] == "help-buyers"


@pytest.mark.parametrize(("language", "line"), [("ja", "会合に加わりました。"), ("en", "We took part.")])
def test_a_released_line_stands_in_the_news_and_its_feeds_and_goes_when_it_is_withdrawn(
    desk: Desk, language: str, line: str
) -> None:
    desk.plans(ActivityKind.BODY, "会合")
    desk.does("hold", came="3")
    desk.does("line", line="会合に加わりました。", line_en="We took part.")
    feed = f"/news/feed.{language}.xml"
    assert line not in desk.reads(feed) + desk.reads("/news/", language)

    desk.does("release", who=desk.second)
    [item] = ET.fromstring(desk.reads(feed)).iter("item")
    assert item.findtext("title") == line
    assert (item.findtext("link") or "").endswith(f"/activities/#activity-{desk.number}")
    assert f'/activities/#activity-{desk.number}"' in desk.reads("/news/", language)
    assert f'id="activity-{desk.number}"' in desk.reads("/activities/", language)
    assert line in desk.reads("/news/?topic=trade", language)
    assert line not in desk.reads("/news/?topic=fraud", language)

    desk.does("withdraw", reason="日を誤った。")
    assert line not in desk.reads(feed) + desk.reads("/news/", language) + desk.reads(
        "/activities/", language
    )


@pytest.mark.parametrize("slug", ["guests", "hold", "correct", "line", "release"])
@pytest.mark.parametrize(
    ("role", "who"),
    [(Role.SELLER, "seller:S-1"), (Role.BUYER, "buyer:B-1"), (Role.READER, "reader:1"), (Role.ANONYMOUS, "")],
)
def test_nobody_but_staff_opens_what_is_decided(desk: Desk, slug: str, role: Role, who: str) -> None:
    desk.plans(ActivityKind.BODY, "会合")

    answer = desk.enter(role, who).get(f"{LIST}{desk.number}/{slug}/", secure=True)

    assert answer.status_code in (302, 403, 404)

"""Editions: drafted from what was counted, released by two, corrected beside the old, refused in words where they cannot be."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN, HalfYear, half_named
from mamori.law.gate import tells_few
from mamori.law.settings import REMEDY_CEILING
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.disclosure.editions import actions, queries as editions
from mamori.rooms.disclosure.measures import queries as counted
from mamori.rooms.disclosure.models import Edition, MonthFigure, SellerRequest
from mamori.rooms.disclosure.tests.conftest import agent, counsel, lead
from mamori.rooms.disclosure.tests.measured import AFTER, HALF, half_counted
from mamori.rooms.disclosure.tests.test_pages import read, send, text
from tests.reading import tidy
from verifier import mamori_verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff", "as_counted")]
DAY = timedelta(days=1)


@pytest.fixture
def as_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a half-year be counted, and counted anew be the same; the tables themselves are recounted in tests/halfyear."""
    half_counted()
    known = {one.month: one.counts for one in counted.published_months()}
    monkeypatch.setattr(counted, "count", lambda month: dict(known[month]))


def drafted(actor: Actor | None = None, **said: str) -> int:
    return actions.draft_edition(actor or lead(AFTER), half=str(HALF), **said)


def released(at: datetime = AFTER, **said: str) -> editions.EditionShown:
    number = drafted(lead(at), **said)
    actions.release_edition(counsel(at), edition=number)
    row = Edition.objects.get(pk=number)
    return editions.published_one(row.half, row.number)


def refused(**said: str) -> str:
    with pytest.raises(Refusal) as found:
        actions.draft_edition(lead(AFTER), **said)
    return found.value.sentence.ja


def moved(monkeypatch: pytest.MonkeyPatch, month: int, **counts: int) -> None:
    """Let counting anew find something else in a month."""
    count = counted.count

    def anew(asked: object) -> object:
        found = count(asked)  # type: ignore[arg-type]
        if asked == HALF.months[month - 1]:
            for name, value in counts.items():
                code = f"contact.{name}"
                found[code] = type(found[code])(code=code, count=value)
        return found

    monkeypatch.setattr(counted, "count", anew)


def test_a_lead_drafts_counsel_releases_and_everybody_reads_and_checks_it(
    enter: Enter, tmp_path: Path
) -> None:
    lead_, counsel_, anybody = (
        enter(Role.LEAD, stepped_up=True),
        enter(Role.COUNSEL, stepped_up=True),
        enter(Role.ANONYMOUS),
    )

    kept = send(lead_, "/desk/editions/draft/", half=str(HALF), reason="")
    number = Edition.objects.get().pk
    own = read(lead_, f"/desk/editions/{number}/release/")
    nothing = anybody.get(f"/measures/editions/{HALF}/1/", secure=True)
    done = send(counsel_, f"/desk/editions/{number}/release/")
    ledger.sequence(at=AFTER)
    page = read(anybody, f"/measures/editions/{HALF}/1/")
    file = anybody.get(f"/measures/editions/{HALF}/1/edition.json", secure=True).content
    receipt = tmp_path / "receipt.json"
    receipt.write_bytes(anybody.get(f"/measures/editions/{HALF}/1/receipt.json", secure=True).content)

    assert "確認を待ちます" in text(kept)
    assert "別の責任者か法務担当の確認が要ります" in own
    assert nothing.status_code == 404
    assert "公表しました" in text(done)
    assert "2026年上半期" in page
    assert "5未満" in page
    digest = sha256(file).hexdigest()
    assert digest in page
    assert json.loads(receipt.read_bytes())["content"]["payload"]["sha256"] == digest
    assert mamori_verify.main([str(receipt)]) == 0
    assert f"/measures/editions/{HALF}/1/" in read(anybody, "/measures/")


def test_what_may_not_be_told_stands_in_no_form_of_it(enter: Enter) -> None:
    found = released()
    anybody = enter(Role.ANONYMOUS)
    table = list(
        csv.reader(io.StringIO(anybody.get(f"/measures/editions/{HALF}/1/edition.csv").content.decode()))
    )
    march, april = (found.told["months"][place]["figures"] for place in (2, 3))

    assert march["contact.troubles"] == {"state": "few"}
    assert march["contact.resolved_in_time"] == {"state": "hidden"}
    assert april["contact.troubles"] == {"state": "exact", "count": 40}
    assert april["contact.resolved_in_time"] == {"state": "at-least", "count": 36, "value": "90.0"}
    assert found.told["totals"]["contact.troubles"] == {"state": "at-least", "count": 201}
    assert found.told["totals"]["contact.resolved_in_time"] == {"state": "hidden"}
    assert ["2026-03", "contact.troubles", "困りごとの受付", "few", "", "", "count", ""] in table
    assert "201 件以上" in read(anybody, f"/measures/editions/{HALF}/1/")


@pytest.mark.parametrize(
    "reason",
    [
        "2件を加えた。",
        "四人の取り消し",
        "Two cases were added",
        "Added 1 case",
        "誤りの1 件",
        "Reports fell from 12 to 3.",
        "3 reports came",
        "only two reports",
        "only 1 complaint",
        "In March, 4 injuries",
        "2 troubles",
        "one of the reports was ours",
        "申し出が7件、うち4が危険",
        "12件が３つ減った",
        "三つの申し出",
        "一つだけ数え漏れた",
        "ふたつ数え漏れた",
        "残り2",
        "2026年3月の3件",
        "40件のうち2個",
        "Reports decreased 3 in December",
        "We marked 4 of them",
        "3条件、2項目",
    ],
)
def test_a_reason_that_names_a_few_is_refused_as_it_is_published(reason: str) -> None:
    assert "件数を書かずに" in refused(half=str(HALF), reason=reason)


@pytest.mark.parametrize(
    "reason",
    [
        "12件を加えた。",
        "2026年3月の40件",
        "4月の数え漏れを加えた。",
        "Added 14 cases",
        "1,002件",
        "十二件を加えた",
        "3万件",
        "2026-03 and 2026/4",
        "3 March 2026, 1 April and the 2nd of May",
        "3か月後に、2日以内、1時間、4営業日、午後3時30分、3:30",
        "within 3 days, two business days or one hour",
        "2割、3倍、4％、3分の1、2.5ポイント",
        "4 per cent, 2 %, one percentage point",
        "3円、２千円、¥4, 1 yen",
        "第3条第1項第3号、4条2項、第１四半期",
        "article 3(1), version 2.0.1, step 3, P1 and Q4",
        "バージョン3、手順2",
        "No one is left out, one by one, by a two-step check",
        "一人ひとりに、一部の一般の人へ、同一の品",
    ],
)
def test_a_reason_that_names_many_or_a_month_is_none(reason: str) -> None:
    assert not tells_few(reason)


@pytest.mark.parametrize(
    ("half", "says"),
    [
        ("2026-2", "2027年1月30日"),
        ("2031-1", "2031年7月30日（水）24:00"),
        ("2026-3", "「2026-2」のように"),
        ("", "「2026-2」のように"),
    ],
)
def test_a_half_year_that_is_not_over_is_refused_in_words(half: str, says: str) -> None:
    assert says in refused(half=half)


def test_months_that_were_not_counted_are_named() -> None:
    assert "2025-12" in refused(half="2025-2")
    assert half_named("2025-2", None) == HalfYear(2025, 2)
    assert not Edition.objects.exists()


def test_who_drafted_it_does_not_release_it_and_agents_see_nothing() -> None:
    number = drafted()

    with pytest.raises(actions.EditionNeedsAnother):
        actions.release_edition(lead(AFTER), edition=number)
    with pytest.raises(editions.NoSuchEdition):
        actions.release_edition(agent(AFTER), edition=number)
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.release_edition(counsel(AFTER), edition=number, version=99)
    assert "公表版を作った" in refused.value.sentence.ja
    with pytest.raises(editions.NoSuchEdition):
        drafted(agent(AFTER))
    with pytest.raises(editions.NoSuchEdition):
        editions.edition_of(agent(AFTER), number)
    assert editions.published() == ()


def test_one_draft_of_a_half_year_waits_at_a_time_and_can_be_given_up(enter: Enter) -> None:
    number = drafted()

    assert "すでにあります" in refused(half=str(HALF))
    done = send(enter(Role.COUNSEL), f"/desk/editions/{number}/drop/", reason="文を直してから出す。")
    assert "取りやめました" in text(done)
    assert drafted()
    with pytest.raises(Refusal):
        actions.release_edition(counsel(AFTER), edition=number)


def test_a_draft_is_given_up_by_the_form_that_stands_on_its_own_page(enter: Enter) -> None:
    number, client = drafted(), enter(Role.COUNSEL)
    page = text(client.get(f"/desk/editions/{number}/", secure=True))
    shown = dict(re.findall(r'name="(token|version)" value="([^"]+)"', page))

    done = client.post(
        f"/desk/editions/{number}/drop/", shown | {"reason": "文を直す。"}, secure=True, follow=True
    )

    assert "取りやめました" in text(done)


def test_a_figure_that_shrank_is_named_and_needs_a_reason(
    monkeypatch: pytest.MonkeyPatch, enter: Enter
) -> None:
    moved(monkeypatch, 1, troubles=30, resolved_in_time=20)

    assert "2026-01 contact.troubles" in refused(half=str(HALF))
    number = drafted(reason="重複していた10件を除いた。")
    page = tidy(read(enter(Role.COUNSEL), f"/desk/editions/{number}/"))

    assert "40 → 30" in page
    assert "小さくなった" in page
    assert counted.published_months()[0].cells["contact.troubles"].count == 40  # until it is released
    actions.release_edition(counsel(AFTER), edition=number)
    assert counted.published_months()[0].cells["contact.troubles"].count == 30
    assert MonthFigure.objects.filter(version=2, edition=number).count() == len(SHOWN_BY_CODE)


def test_a_correction_stands_beside_what_it_corrects(monkeypatch: pytest.MonkeyPatch, enter: Enter) -> None:
    first = released()
    assert "数え直しても同じです" in refused(half=str(HALF))
    moved(monkeypatch, 1, troubles=60, resolved_in_time=40)

    second = released(AFTER + DAY, reason="漏れていた20件を加えた。")
    anybody = enter(Role.ANONYMOUS)
    old, new, page = (
        read(anybody, path)
        for path in (f"/measures/editions/{HALF}/1/", f"/measures/editions/{HALF}/2/", "/measures/")
    )

    assert second.number == 2
    assert "訂正版があります" in old
    assert "漏れていた20件を加えた。" in new
    assert "訂正" in new
    assert "漏れていた20件を加えた。" in page
    assert editions.published_one(str(HALF), 1).body == first.body
    assert editions.published_one(str(HALF), 1).digest == first.digest
    figure = second.told["months"][0]["figures"]["contact.troubles"]
    assert figure == {"state": "exact", "count": 60, "corrected": True}


def test_a_correction_of_a_few_is_not_told_and_neither_is_where_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released()
    moved(monkeypatch, 1, troubles=41, resolved_in_time=31)

    second = released(AFTER + DAY, reason="数え漏れを加えた。")

    figure = second.told["months"][0]["figures"]["contact.troubles"]
    assert figure == {"state": "exact", "count": 40}
    assert second.told["unshown"]
    assert not counted.published_months()[0].cells["contact.troubles"].corrected


def test_the_feed_names_editions_and_corrections(enter: Enter) -> None:
    released()
    released(AFTER + DAY, reason="文を直した。")

    feed = ElementTree.fromstring(enter(Role.ANONYMOUS).get("/measures/editions.atom").content)  # ours
    names = {"a": "http://www.w3.org/2005/Atom"}
    titles = [one.text for one in feed.findall("a:entry/a:title", names)]

    assert titles == ["2026年上半期（1〜6月） 訂正1", "2026年上半期（1〜6月）"]
    assert feed.findtext("a:entry/a:summary", namespaces=names) == "文を直した。"


def test_a_measure_that_was_off_for_a_while_says_on_which_days() -> None:
    off, on = datetime(2026, 2, 10, tzinfo=JAPAN), datetime(2026, 3, 1, tzinfo=JAPAN)
    terms.set(lead(off), setting=REMEDY_CEILING, value=0)
    terms.set(lead(on), setting=REMEDY_CEILING, value=10_000)

    told = {one["code"]: one for one in released().told["measures"]}

    assert told["P07"]["off"] == [{"from": "2026-02-10", "to": "2026-02-28"}]
    assert told["P06"]["off"] == []


def test_a_measure_that_was_off_all_the_time_is_not_in_it() -> None:
    terms.set(lead(HALF.since - DAY), setting=REMEDY_CEILING, value=0)

    assert "P07" not in {one["code"] for one in released().told["measures"]}


def requested(count: int, state: str, **more: object) -> None:
    at = datetime(2026, 2, 3, 10, tzinfo=JAPAN)
    for place in range(count):
        SellerRequest.objects.create(
            channel="page",
            sealed_for="market",
            received_at=at,
            turn_at=at,
            state=state,
            closed_at=None if state == "examining" else at + (place + 1) * DAY,
            **more,
        )


def test_requests_are_counted_in_the_edition_alone(enter: Enter) -> None:
    requested(12, "disclosed")
    requested(6, "refused", refused_on=["claim"])

    found = released().told["requests"]["figures"]

    assert found["received"] == {"state": "exact", "count": 18}
    assert found["outcome.disclosed"] == {"state": "exact", "count": 12}
    assert found["outcome.refused"] == {"state": "exact", "count": 6}
    assert found["refused_on.claim"] == {"state": "exact", "count": 6}
    assert found["days_median"] == {"state": "exact", "value": "5.0"}
    assert found["days_p95"] == {"state": "hidden"}
    anybody = enter(Role.ANONYMOUS)
    assert "received" not in anybody.get("/measures/figures.json").content.decode()
    assert "届いた請求" in read(anybody, f"/measures/editions/{HALF}/1/")


def test_a_few_requests_hide_how_all_of_them_ended_and_a_small_correction_is_not_told() -> None:
    requested(12, "disclosed")
    requested(2, "refused", refused_on=["need"])
    first = released().told["requests"]
    requested(1, "disclosed")

    second = released(AFTER + DAY, reason="数え漏れを加えた。").told

    assert first["figures"]["received"] == {"state": "exact", "count": 14}
    assert {cell["state"] for code, cell in first["figures"].items() if "." in code} == {"hidden"}
    assert second["requests"]["figures"] == first["figures"]
    assert second["unshown"]


def test_more_requests_correct_what_was_told_where_every_difference_is_great() -> None:
    requested(12, "disclosed")
    released()
    requested(10, "disclosed")

    second = released(AFTER + DAY, reason="届いていた10件を加えた。").told

    assert second["requests"]["figures"]["received"] == {"state": "exact", "count": 22}
    assert not second["unshown"]


def test_requests_are_not_corrected_to_a_few_more_than_an_edition_before_the_last_told() -> None:
    requested(12, "disclosed")
    released()
    requested(10, "disclosed")
    released(AFTER + DAY, reason="届いていた10件を加えた。")
    SellerRequest.objects.filter(pk__in=SellerRequest.objects.values("pk")[:8]).delete()

    third = released(AFTER + 2 * DAY, reason="重複を除いた。").told

    assert third["requests"]["figures"]["received"] == {"state": "exact", "count": 22}
    assert third["unshown"]

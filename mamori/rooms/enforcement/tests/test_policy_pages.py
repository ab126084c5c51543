"""The pages of the policy: a lead changes a row, sees what it does, another person approves, everybody reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.law.breaches import DISPLAYS
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.models import Finding, Measure, Policy
from mamori.rooms.enforcement.policy import actions
from mamori.rooms.enforcement.policy.records import DECLARED, traced
from mamori.rooms.enforcement.policy.rules import table as rules
from mamori.rooms.enforcement.policy.rules.table import Cure, History, Reach, Severity, Situation, Table, read

pytestmark = pytest.mark.django_db
DRAFT = "/desk/policy/1/"
ROW_8 = {
    "breach": list(DISPLAYS),
    "severity": ["minor"],
    "cure": ["open"],
    "harm": ["none", "money"],
    "measure": "correction",
    "days": "２１",
    "points": "5",
}


@pytest.fixture
def lead(enter: Enter) -> Client:
    return enter(Role.LEAD)


@pytest.fixture
def counsel(enter: Enter) -> Client:
    return enter(Role.COUNSEL)


@pytest.fixture
def drafting(lead: Client) -> Client:
    lead.post("/desk/policy/")
    return lead


def edited() -> int:
    return Policy.objects.latest("number").edited


def table() -> Table:
    return read(Policy.objects.latest("number").table)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def save(client: Client, row: str, seen: int | None = None, **changes: Any) -> Any:
    form = ROW_8 | {"version": edited() if seen is None else seen} | changes
    return client.post(f"{DRAFT}row/?row={row}", form)


def decided(days_ago: int, before: int = 25) -> None:
    """Leave a decision of the past: a false display of a seller with so many points."""
    at = datetime.now(UTC) - timedelta(days=days_ago)
    situation = Situation(
        breach="display-false",
        severity=Severity.MINOR,
        history=History.SEVERAL,
        cure=Cure.OPEN,
        harm=Reach.NONE,
    )
    answer = DECLARED.answer(situation)
    finding = Finding.objects.create(
        breach="display-false",
        severity="minor",
        harm="none",
        seller_ref="S-9",
        origin=f"test:{days_ago}",
        source="contact",
        automated=False,
        alleged=b"",
        found_at=at,
        opened_at=at,
    )
    Measure.objects.create(
        finding=finding,
        kind=answer.measure,
        seller_ref="S-9",
        target_ref=str(days_ago),
        clause="new-listings",
        clause_version=1,
        policy=0,
        row=answer.row,
        proposed=answer.measure,
        trace=traced(situation, before, answer),
        decided_by="lead:1",
        state="in_force",
        decided_at=at,
    )


def test_a_lead_changes_a_row_and_another_person_publishes_it(lead: Client, counsel: Client) -> None:
    begun = lead.post("/desk/policy/")
    saved = save(lead, "8")
    page = body(lead.get(DRAFT))
    asked = lead.post(f"{DRAFT}propose/", {"version": edited(), "reason": "14日では直らないことが多いため"})
    own = body(lead.get(DRAFT))
    shown = body(counsel.get(DRAFT))
    approved = counsel.post(f"{DRAFT}publish/", {"version": edited(), "haste": "", "reason": ""})
    overview = body(counsel.get("/desk/policy/"))
    public = body(Client().get("/policy/"))

    assert begun["Location"] == DRAFT
    assert saved["Location"] == f"{DRAFT}?done=row"
    assert "直すところはありません" in page
    assert "是正のお願い 14日・5点" in page
    assert "是正のお願い 21日・5点" in page
    assert "重くなる 56、軽くなる 0" in page
    assert asked["Location"] == f"{DRAFT}?done=propose"
    assert "自分では承認できません" in own
    assert "14日では直らないことが多いため" in shown
    assert "15 日の予告期間のあと" in shown
    assert approved["Location"] == f"{DRAFT}?done=publish"
    assert "公表した改定" in overview
    assert "新しい基準（第1版）になります" in public
    assert Policy.objects.get().state == PolicyState.ANNOUNCED


def test_who_proposed_is_refused_by_the_page_too(drafting: Client) -> None:
    save(drafting, "8")
    drafting.post(f"{DRAFT}propose/", {"version": edited(), "reason": "x"})

    refused = drafting.post(f"{DRAFT}publish/", {"version": edited()})

    assert refused.status_code == 403
    assert "自分では承認できません" in body(refused)


def test_a_proposal_goes_back_with_a_reason(drafting: Client, counsel: Client) -> None:
    save(drafting, "8")
    drafting.post(f"{DRAFT}propose/", {"version": edited(), "reason": "x"})

    without = counsel.post(f"{DRAFT}send-back/", {"version": edited(), "reason": ""})
    back = counsel.post(f"{DRAFT}send-back/", {"version": edited(), "reason": "理由が足りない"})

    assert without.status_code == 422
    assert back["Location"] == f"{DRAFT}?done=send-back"
    assert Policy.objects.get().state == PolicyState.DRAFT


def test_a_row_is_checked_as_it_is_typed_and_nothing_is_saved(drafting: Client) -> None:
    wrong = save(drafting, "8", points="2", check="1")
    unfit = save(drafting, "8", days="200", check="1")
    fine = save(drafting, "8", check="1")

    assert "8番の行は、1番より「直したか」が重い場合なのに点数が少なく" in body(wrong)
    assert "日数は3日から60日まで" in body(unfit)
    assert "直すところはありません" in body(fine)
    assert (edited(), table()) == (0, rules.DECLARED)


def test_without_scripts_the_button_checks_and_keeps_what_was_typed(drafting: Client) -> None:
    page = save(drafting, "8", measure="notice", days="", points="2", check="1")

    assert "まだ保存していません" in body(page)
    assert "点数が少なく" in body(page)
    assert '<option value="notice" selected>' in body(page)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": "十四"}, "日数：数字だけでご記入ください"),
        ({"points": ""}, "「点数」をご記入ください"),
        ({"points": "101"}, "点数は100点まで"),
        ({"days": "2"}, "日数は3日から60日まで"),
        ({"measure": "review-removed", "days": ""}, "レビューへの措置なので"),
        ({"measure": "flogging"}, "選択"),
        ({"breach": ["rudeness"]}, "選択"),
    ],
)
def test_a_row_that_cannot_be_is_not_saved(drafting: Client, changes: dict[str, Any], words: str) -> None:
    refused = save(drafting, "8", **changes)

    assert refused.status_code == 422
    assert words in body(refused)
    assert table() == rules.DECLARED


def test_a_form_opened_before_somebody_elses_change_is_told_and_may_be_sent_again(
    drafting: Client, counsel: Client
) -> None:
    save(counsel, "8", days="28")

    refused = save(drafting, "8", seen=0)
    again = save(drafting, "8", seen=1)

    assert refused.status_code == 409
    assert "8番の行を書いた" in body(refused)
    assert 'name="version" value="1"' in body(refused)
    assert again.status_code == 302


def test_a_gap_leads_to_a_row_that_fills_it(drafting: Client) -> None:
    drafting.post(f"{DRAFT}drop/?row=1", {"version": edited(), "row": "1"})
    page = body(drafting.get(DRAFT))
    address = page.split("row/?row=new&amp;", 1)[1].split('"', 1)[0].replace("&amp;", "&")
    form = body(drafting.get(f"{DRAFT}row/?row=new&{address}"))
    answer = save(
        drafting,
        "new",
        breach=[],
        severity=["minor", "serious"],
        cure=["cured"],
        harm=[],
        measure="notice",
        days="",
        points="3",
    )

    assert "この場合の行がありません" in page
    assert "checked" in form
    assert answer["Location"] == f"{DRAFT}?done=row"
    assert table().rows[-1].name == "16"
    assert "直すところはありません" in body(drafting.get(DRAFT))


def test_a_row_is_copied_and_moved(drafting: Client) -> None:
    copy = body(drafting.get(f"{DRAFT}row/?row=new&copy=8"))
    moved = save(drafting, "8", after="1")
    nothing = save(drafting, "8", after="900")

    assert '<option value="correction" selected>' in copy
    assert '<option value="8" selected>' in copy
    assert moved["Location"] == f"{DRAFT}?done=row"
    assert nothing.status_code == 422
    assert [row.name for row in table().rows[:3]] == ["1", "8", "2"]


def test_bands_are_changed_on_their_page(drafting: Client) -> None:
    given = {"few": "5", "several": "20", "many": "50", "expires_days": "365"}
    wrong = drafting.post(f"{DRAFT}bands/", given | {"version": edited(), "many": "20"})
    saved = drafting.post(f"{DRAFT}bands/", given | {"version": edited()})
    page = body(drafting.get(DRAFT))

    assert wrong.status_code == 422
    assert "順に大きくしてください" in body(wrong)
    assert saved.status_code == 302
    assert "0〜4点" in page
    assert 'value="5"' in body(drafting.get(f"{DRAFT}bands/"))


def test_a_table_goes_out_as_a_file_and_comes_back(drafting: Client) -> None:
    given = drafting.get(f"{DRAFT}?format=json")
    raw = json.loads(given.content)
    raw["expires_days"] = 200
    file = SimpleUploadedFile("policy.json", json.dumps(raw).encode())
    taken = drafting.post(f"{DRAFT}file/", {"version": edited(), "file": file})

    assert given["Content-Disposition"] == 'attachment; filename="policy-1.json"'
    assert taken["Location"] == f"{DRAFT}?done=file"
    assert table() == replace(rules.DECLARED, expires_days=200)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "JSONではありません"),
        (b"\xff\xfe", "JSONではありません"),
        (b'{"bands": 1}', "項目だけが要ります"),
        (b"[" * 600_000, "大きすぎます"),
        (
            json.dumps(rules.stored(rules.DECLARED))
            .replace('"days": "14"', '"days": "fourteen"', 1)
            .encode(),
            "3番目の行：「days」には数字が要ります",
        ),
        (
            json.dumps(rules.stored(rules.DECLARED)).replace('\\"serious\\"', "true or $", 1).encode(),
            "1番目の行：「severity」に",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_row_and_reason(drafting: Client, content: bytes, words: str) -> None:
    file = SimpleUploadedFile("policy.json", content)

    refused = drafting.post(f"{DRAFT}file/", {"version": edited(), "file": file})

    assert refused.status_code == 422
    assert words in body(refused)
    assert table() == rules.DECLARED


def test_the_last_decisions_are_tried_and_too_few_are_called_so(drafting: Client) -> None:
    for days_ago in range(1, 4):
        decided(days_ago)
    save(drafting, "8")

    page = body(drafting.get(DRAFT))

    assert "最近の判断 3 件に当てはめると、重くなる 3" in page
    assert "件数が少ない" in page
    assert page.count("S-9") == 3
    assert "是正のお願い 14日・5点" in page


def test_enough_decisions_are_not_called_few(drafting: Client) -> None:
    for days_ago in range(1, 31):
        decided(days_ago)

    assert "件数が少ない" not in body(drafting.get(DRAFT))
    assert "変わる判断を見る" not in body(drafting.get(DRAFT))


def test_with_faults_there_is_no_effect_to_see(drafting: Client) -> None:
    drafting.post(f"{DRAFT}drop/?row=1", {"version": edited(), "row": "1"})

    asked = drafting.post(f"{DRAFT}propose/", {"version": edited(), "reason": "x"})

    assert "影響を計算できません" in body(drafting.get(DRAFT))
    assert "変わる判断を見る" not in body(drafting.get(DRAFT))
    assert asked.status_code == 422
    assert "直すところが1件あるため" in body(asked)


def test_a_change_is_given_up_with_a_reason(drafting: Client) -> None:
    assert drafting.post(f"{DRAFT}discard/", {"version": 0, "reason": ""}).status_code == 422

    gone = drafting.post(f"{DRAFT}discard/", {"version": 0, "reason": "要らない"})

    assert gone["Location"] == f"{DRAFT}?done=discard"
    assert "取りやめました" in body(drafting.get(gone["Location"]))
    assert "取りやめた" in body(drafting.get("/desk/policy/"))


def test_a_second_draft_is_refused_on_the_page(drafting: Client) -> None:
    refused = drafting.post("/desk/policy/")

    assert refused.status_code == 409
    assert "すでにあります" in body(refused)


def test_what_is_not_there_is_answered_with_404(drafting: Client) -> None:
    for path in (f"{DRAFT}row/?row=900", f"{DRAFT}nothing/", "/desk/policy/7/", "/policy/1/"):
        assert drafting.get(path).status_code == 404, path


def publish_now() -> None:
    """Publish a version whose day has come."""
    at = datetime.now(UTC) - timedelta(days=20)
    one = Actor(by="lead:1", role=Role.LEAD, at=at, via="test")
    other = Actor(by="counsel:2", role=Role.COUNSEL, at=at, via="test")
    number = actions.draft_policy(one)
    row = rules.DECLARED.row("8")
    assert row is not None
    actions.put_row(one, number=number, version=0, row=replace(row, days=28))
    actions.propose_policy(one, number=number, version=1, reason="x")
    actions.publish_policy(other, number=number, version=2)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_everybody_reads_the_version_in_force_and_former_ones(db: None, lang: str) -> None:
    publish_now()
    anybody = Client(headers={"accept-language": lang})

    page, former = body(anybody.get("/policy/")), body(anybody.get("/policy/0/"))

    assert ("第1版" if lang == "ja" else "Version 1") in page
    assert ("いまの基準ではありません" if lang == "ja" else "not the one in force") in former
    assert ("180 日のあいだ異議" if lang == "ja" else "may appeal for 180 days") in page


def test_machines_read_the_same_table(db: None) -> None:
    publish_now()

    told = Client().get("/policy.json").json()

    raw = {name: told["in_force"][name] for name in ("bands", "expires_days", "decision")}
    row = read(raw).row("8")
    assert told["in_force"]["number"] == 1
    assert told["next"] is None
    assert row is not None
    assert row.days == 28
    assert told["measures"]["closed"]["gravity"] == 100

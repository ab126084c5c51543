"""The pages of inquiries: entered, corrected, proposed, agreed to, handed over; the register; the table for everybody."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.law.inquiries import INQUIRIES
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.tests.test_pages import read, send, text

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {
    "kind": "police",
    "by": "○○警察署",
    "paper": "第12号 2026-11-16",
    "scope": "2026年10月の登録",
    "asked": ["registered", "messages"],
    "parties": "seller:S-1",
    "words": "捜査のため",
}
DAY = {"due_on_0": "2026", "due_on_1": "12", "due_on_2": "31"}


def test_leads_enter_and_two_decide_on_the_pages(enter: Enter) -> None:
    lead, counsel = enter(Role.LEAD, stepped_up=True), enter(Role.COUNSEL, stepped_up=True)

    wrong = send(lead, "/desk/inquiries/enter/", **GIVEN | {"parties": "さくら"})
    kept = send(lead, "/desk/inquiries/enter/", **GIVEN | DAY)
    twice = send(lead, "/desk/inquiries/enter/", **GIVEN)
    number = Inquiry.objects.get().pk
    at = f"/desk/inquiries/{number}/"
    corrected = send(
        lead, f"{at}correct/", **GIVEN | DAY | {"silent": "on", "reason": "漏らさない求めがあった。"}
    )
    page = read(lead, at)
    offered = send(lead, f"{at}offer/", items=["registered"], reason="捜査に要る。")
    own = read(lead, f"{at}agree/")
    agreeing = read(counsel, f"{at}agree/")
    agreed = send(counsel, f"{at}agree/")
    handed = send(lead, f"{at}handover/", reason="12月1日に書面で渡した。")

    assert wrong.status_code == 422
    assert "記録しました" in text(kept)
    assert twice.status_code == 409
    assert "これは別の文書" in text(twice)
    assert "直しました" in text(corrected)
    assert "決して渡せないもの" in page
    assert "漏らさないで" in page
    assert "令状" in page
    assert "別の人の確認を待ちます" in text(offered)
    assert "別の責任者か法務担当の確認が要ります" in own
    assert "捜査に要る。" in agreeing
    assert "渡すと決めました" in text(agreed)
    assert "照会を終えました" in text(handed)
    assert "12月1日に書面で渡した。" in text(handed)
    for narrowed in ("kind=police&state=partly", "party=seller:S-1", "format=csv"):
        assert "○○警察署" in read(lead, f"/desk/inquiries/?{narrowed}")
    for narrowed in ("party=seller:S-2", "month=2020-01"):
        assert "当てはまるものはありません" in read(lead, f"/desk/inquiries/?{narrowed}")
    for path in (f"{number}/nothing/", "999/", "999/agree/", f"{number}/agree"):
        assert counsel.get(f"/desk/inquiries/{path}", secure=True).status_code in (301, 404)


def test_each_decision_is_made_on_the_page_and_what_is_refused_has_the_inquiry_beside_it(
    enter: Enter,
) -> None:
    lead = enter(Role.LEAD)
    send(lead, "/desk/inquiries/enter/", **GIVEN)
    number = Inquiry.objects.get().pk
    at = f"/desk/inquiries/{number}/"
    page = read(lead, at)

    refused = lead.post(f"{at}offer/", {"reason": "捜査に要る。"}, secure=True)
    send(lead, f"{at}offer/", items=["registered"], reason="捜査に要る。")
    proposed = read(enter(Role.COUNSEL), at)

    for slug in ("offer", "refuse", "pass", "correct"):
        assert f'<form method="post" action="{at}{slug}/"' in page
    assert 'value="第12号 2026-11-16"' in page  # what is corrected stands in its form
    assert refused.status_code == 422
    assert "捜査に要る。" in text(refused)
    assert "決して渡せないもの" in text(refused)
    assert f'href="{at}agree/"' in proposed
    assert f'action="{at}back/"' in proposed


def test_what_is_another_s_to_decide_or_cannot_be_offered_says_so_before_anything_is_typed(
    enter: Enter,
) -> None:
    lead = enter(Role.LEAD)
    send(lead, "/desk/inquiries/enter/", **GIVEN | {"kind": "holder", "parties": ""})
    number = Inquiry.objects.get().pk

    assert "この種類の照会を決めるのは法務担当です" in read(lead, f"/desk/inquiries/{number}/")
    assert "だれについてかが記録されていません" in read(enter(Role.COUNSEL), f"/desk/inquiries/{number}/")


def test_agents_read_the_table_and_find_it(enter: Enter) -> None:
    agent = enter(Role.AGENT)
    page = read(agent, "/desk/reading/inquiry/")

    assert all(rule.title.ja in page for rule in INQUIRIES.values())
    assert 'href="/desk/reading/inquiry/"' in read(agent, "/desk/notices/")
    assert 'href="/desk/inquiries/"' not in read(agent, "/desk/notices/")


def test_the_page_of_holds_is_opened_with_whom_and_the_ground(enter: Enter) -> None:
    page = read(enter(Role.LEAD), "/desk/holds/?what=seller:S-1&ground=preservation")

    assert 'value="seller:S-1"' in page

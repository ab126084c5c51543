"""The pages on which a campaign is drafted, looked at, started and followed, and on which a seller answers."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.japan.calendar import JAPAN
from mamori.rooms.display.tests.test_pages import read
from mamori.rooms.display.tests.test_proof_pages import take
from mamori.rooms.outreach.models import Campaign, SellerTold
from mamori.rooms.outreach.tests.conftest import drafted, hear, started, told_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
LIST, OWN = "/desk/campaigns/", "/seller/campaigns/"


def now() -> datetime:
    return datetime.now(JAPAN)


def desk(enter: Enter, role: Role) -> Client:
    return enter(role, f"staff:{role}@example.jp")


def test_an_agent_drafts_and_a_lead_looks_starts_stops_resumes_and_finishes(enter: Enter) -> None:
    agent, lead = desk(enter, Role.AGENT), desk(enter, Role.LEAD)
    assert "一斉案内はまだありません" in read(agent, LIST)

    after = take(agent, f"{LIST}draft/", code="article5", audience="all").content.decode()
    number = Campaign.objects.get().pk
    page = f"{LIST}{number}/"
    counting = read(lead, page)
    closed = read(lead, f"{page}start/")
    hear(now())
    counted, for_agent = read(lead, page), read(agent, page)
    begun = take(lead, f"{page}start/", reason="知らせる。").content.decode()
    hear(now())
    running = read(lead, page)

    assert "下書きしました" in after
    assert "数えています" in counting
    assert "まだ数えています" in closed
    for words in ("店 S-1", "取引DPF法第5条", "article 5 of the Act", "約1時間", "聞いていない出品者"):
        assert words in counted
    assert "S-3" not in counted
    assert "知らせ始める" in counted
    assert "知らせ始める" not in for_agent
    assert "始めました" in begun
    assert "返事のない出品者" in running
    assert "店 S-2" in read(agent, f"{page}waiting/")
    assert "止めました" in take(lead, f"{page}stop/", reason="様子を見る。").content.decode()
    assert "再び始めました" in take(lead, f"{page}resume/", reason="続ける。").content.decode()
    hear(now())
    assert "終えました" in take(lead, f"{page}finish/", reason="終える。").content.decode()


def test_a_seller_reads_what_it_was_told_and_says_so_once(enter: Enter) -> None:
    shop, other = enter(Role.SELLER, "seller:S-1"), enter(Role.SELLER, "seller:S-3")
    started(at=now())
    told = SellerTold.objects.get(seller_ref="S-1").pk

    page = read(shop, OWN)
    done = take(shop, f"{OWN}{told}/acknowledge/").content.decode()

    assert "取引DPF法第5条" in page
    assert "/seller/display/" in page
    assert "承りました" in done
    assert "受領証" in done
    assert "案内はありません" in read(other, OWN)
    assert other.get(f"{OWN}{told}/acknowledge/", secure=True).status_code == 404
    assert other.post(f"{OWN}{told}/acknowledge/", {"token": "x"}, secure=True).status_code == 404
    assert "読んで、表示を確かめた" in read(desk(enter, Role.AGENT), f"{LIST}{Campaign.objects.get().pk}/")


def test_an_agent_starts_nothing_and_what_is_not_there_is_said_so(enter: Enter) -> None:
    agent, number = desk(enter, Role.AGENT), drafted(at=now())

    agent.post(f"{LIST}{number}/start/", {"token": "a-token-of-a-form", "reason": "知らせる。"}, secure=True)
    hear(now())

    assert told_of(number) == []
    assert agent.get(f"{LIST}{number}/nothing/", secure=True).status_code == 404
    assert agent.get(f"{LIST}{number + 1}/", secure=True).status_code == 404


def test_both_languages_say_the_same(enter: Enter) -> None:
    shop = enter(Role.SELLER, "seller:S-1")
    started(at=now())

    page = shop.get(OWN, secure=True, headers={"accept-language": "en"}).content.decode()

    assert "From the marketplace" in page

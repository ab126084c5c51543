"""The pages on which a campaign is drafted, looked at, started and followed, and on which a seller answers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.japan.calendar import JAPAN
from mamori.law.outreach import ARTICLE5, CAMPAIGNS
from mamori.rooms.display.tests.test_pages import read
from mamori.rooms.outreach.models import Campaign, SellerTold
from mamori.rooms.outreach.tests.conftest import drafted, hear, started, take, told_of

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
    assert "これを決めるのは" in for_agent
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

    page, inbox, display = read(shop, OWN), read(shop, "/seller/"), read(shop, "/seller/display/")
    confirming = read(shop, f"{OWN}{told}/acknowledge/")
    done = take(shop, f"{OWN}{told}/acknowledge/").content.decode()

    assert "取引DPF法第5条" in page
    assert "/seller/display/" in page
    assert "お返事をお待ちしています" in page
    assert "まだお返事がありません" in inbox
    assert "まだお返事がありません" in display
    assert "いまの表示" in confirming
    assert "まだ書かれていない" in confirming
    assert "まだお返事がありません" not in read(shop, "/seller/")
    assert "まだお返事がありません" not in read(other, "/seller/")
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
    ways = {
        "ja": read(shop, OWN),
        "en": shop.get(OWN, secure=True, headers={"accept-language": "en"}).content.decode(),
    }

    for lang, words in (("ja", ARTICLE5.notice.title.ja), ("en", ARTICLE5.notice.title.en)):
        assert words in ways[lang]
    parts = [re.findall(r'<dt>|<h2|href="/seller/[a-z0-9/]*"', page) for page in ways.values()]
    assert parts[0] == parts[1]


def test_a_seller_reads_what_was_sent_though_the_words_have_changed_or_are_declared_no_more(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, lead = enter(Role.SELLER, "seller:S-1"), desk(enter, Role.LEAD)
    started(at=now())
    told, number = SellerTold.objects.get(seller_ref="S-1").pk, Campaign.objects.get().pk
    sent = ARTICLE5.notice.title.ja

    changed = replace(ARTICLE5, notice=replace(ARTICLE5.notice, title=Text("変えた題", "changed")))
    monkeypatch.setitem(CAMPAIGNS, ARTICLE5.code, changed)  # type: ignore[arg-type]
    assert sent in read(shop, OWN)
    assert "変えた題" not in read(shop, OWN)
    monkeypatch.delitem(CAMPAIGNS, ARTICLE5.code)  # type: ignore[arg-type]
    assert sent in read(shop, OWN)
    assert "いまは行わない案内" in read(lead, LIST)
    assert "いまは行わない案内" in read(lead, f"{LIST}{number}/")
    assert "承りました" in take(shop, f"{OWN}{told}/acknowledge/").content.decode()

    found = ledger.acts_about(f"outreach.told:{told}")
    acts = {act.kind: act.content["payload"] for act in found if act.content}
    assert acts["outreach.tell"]["words"] == acts["outreach.acknowledge"]["words"] != ""
    assert acts["outreach.acknowledge"]["display"] == "unwritten"


def test_who_would_be_told_again_is_counted_and_told_only_where_that_is_ticked(enter: Enter) -> None:
    lead, first = desk(enter, Role.LEAD), started(at=now())
    take(lead, f"{LIST}{first}/finish/", reason="終える。")
    second = drafted(at=now())

    page, form = read(lead, f"{LIST}{second}/"), read(lead, f"{LIST}{second}/start/")
    refused = lead.post(
        f"{LIST}{second}/start/", {"token": "t" * 22, "version": "1", "reason": "知らせる。"}, secure=True
    )

    for shown in (page, form):
        assert "同じ案内をすでに受け取った出品者" in shown
    assert refused.status_code == 409
    assert "その欄に印を付けてください" in refused.content.decode()
    begun = take(lead, f"{LIST}{second}/start/", reason="知らせる。", again="on").content.decode()
    assert "始めました" in begun


def test_the_list_of_who_has_not_answered_is_narrowed(enter: Enter) -> None:
    at = datetime(2026, 11, 16, 10, 5, tzinfo=JAPAN)
    agent, number = desk(enter, Role.AGENT), started(at=at)
    SellerTold.objects.filter(seller_ref="S-1").update(reminded_at=at)
    page = f"{LIST}{number}/waiting/"

    assert "店 S-2" not in read(agent, f"{page}?again=yes")
    assert "店 S-1" not in read(agent, f"{page}?again=no")
    for written in ("2026-11-16", "2026-11-16T10", "2026-11-16T10:05"):
        assert "店 S-1" in read(agent, f"{page}?told={written}")
    for written in ("2026-11-17", "2026-11-16T11", "2026-11-16T10:06", "2026", "2026-W47", "nothing"):
        assert "店 S-1" not in read(agent, f"{page}?told={written}")


def test_a_form_that_was_opened_before_somebody_stopped_it_resumes_nothing(enter: Enter) -> None:
    lead, counsel = desk(enter, Role.LEAD), desk(enter, Role.COUNSEL)
    number = started(at=now())
    page = f"{LIST}{number}/"
    take(lead, f"{page}stop/", reason="様子を見る。")
    stale = counsel.get(f"{page}resume/", secure=True).context
    take(lead, f"{page}resume/", reason="続ける。")
    take(lead, f"{page}stop/", reason="重大な誤りのため。")

    old = {"token": stale["token"], "version": stale["form"].initial["version"], "reason": "続ける。"}
    late = counsel.post(f"{page}resume/", old, secure=True)

    assert late.status_code == 409
    assert "一斉案内を止めた" in late.content.decode()
    assert Campaign.objects.get(pk=number).state == "stopped"
    history = read(counsel, page)
    assert "重大な誤りのため。" in history
    assert history.index("重大な誤りのため。") < history.index("様子を見る。")

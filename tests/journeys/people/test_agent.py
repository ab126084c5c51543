"""An agent's morning: the next case, a call, the words on a ground, a proposal that both sides take."""

from __future__ import annotations

import pytest

from tests.journeys.browser import House
from tests.journeys.people.conftest import Come

pytestmark = pytest.mark.processes

DANGER = "コードから火花が出ました"


def test_an_agent_calls_reads_on_a_ground_and_brings_both_sides_to_an_agreement(
    comes: Come, open_house: House
) -> None:
    number = open_house.do("tell_of_lamp", DANGER)

    # Before anybody stepped in: what it is about and who, not the words.
    agent = comes("agent", to=f"/desk/cases/{number}/")
    agent.sees("危険を感じる", "購入者に電話する")
    agent.opens("出品者に電話する")  # folded while the buyer in danger comes first
    agent.sees("011-000-0002")
    agent.sees_nothing_of(DANGER, "石井", "agent@example.jp")
    agent.presses("自分の担当にする")
    agent.shows("agent-case")
    agent.goes(f"/desk/cases/{number}/")
    agent.opens("架電待ち：出品者に電話して結果を記録する")
    agent.chooses("留守番電話")
    agent.writes(note="折り返しを頼んだ")
    agent.presses("結果を記録する")
    agent.sees("記録しました", "購入者に電話し、けがや火を確かめ")  # a voicemail to the seller ends no danger

    # The buyer is reached, and what they answer stands in the record.
    agent.opens("購入者に確かめたと記録する")
    for name in ("injured", "fire", "kept", "stopped"):
        agent.main.locator(f"input[name={name}]").filter(visible=True).first.check()
    agent.presses("記録する")
    agent.sees("購入者に確かめたと記録しました", "火や煙が出ましたか")

    # The buyer asks the centre to step in; from now on the buyer's consent is a ground.
    buyer = comes("buyer:B-AGENT", to=f"/threads/{number}/", by="phone")
    buyer.opens("相談窓口に間に入ってもらう")
    buyer.chooses("はい、読んでもよい")
    buyer.presses("間に入ってもらう")
    agent.goes(f"/desk/cases/{number}/")
    agent.sees_nothing_of(DANGER)
    agent.presses("理由を残して開く")
    agent.sees(DANGER, "読んだことを記録しました")
    agent.shows("agent-words")
    agent.goes(f"/desk/cases/{number}/")
    agent.sees(DANGER)  # the ground holds for half an hour

    # Whoever has the case mediates; a proposal; each side is asked, and their word is needed once.
    agent.sees("双方に聞き、解決を提案します。", DANGER)
    agent.has_no_button("自分の担当にする")
    agent.opens("解決を提案する")
    agent.chooses("全額を返金する")
    agent.writes(said="ランプは使わずに、そのままお持ちください")
    agent.presses("提案する")
    agent.sees("提案し、双方に知らせました。")
    buyer.goes(f"/threads/{number}/")
    buyer.sees("解決の提案が届いています。", "ランプは使わずに、そのままお持ちください")
    buyer.shows("agent-proposal")
    second = comes("buyer:B-AGENT", to=f"/threads/{number}/accept/")  # the same buyer, at another screen
    second.sees("この提案を受けますか")
    buyer.opens("受ける")
    buyer.presses("この提案を受ける")
    buyer.sees("提案を受けました。")
    second.presses("この提案を受ける")
    second.sees_nothing_of("提案を受けました。")
    seller = comes("seller:S-LAMPS", to=f"/seller/threads/{number}/")
    seller.opens("受ける")
    seller.presses("この提案を受ける")
    seller.sees("購入者と合意しました。")

    # It is done, the buyer says so, and the case leaves the desk.
    buyer.goes(f"/threads/{number}/")
    buyer.sees("出品者と合意しました。")
    buyer.opens("解決したと伝える")
    buyer.presses("解決した")
    buyer.sees("解決してよかったです。")
    agent.goes(f"/desk/cases/{number}/")
    agent.sees("架電", "折り返しを頼んだ")
    agent.has_no_button("自分の担当にする", "担当を変える")
    assert agent.heard.dialogs == []

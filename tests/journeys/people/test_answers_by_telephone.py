"""A buyer answers a proposal by telephone: read out, read back, agreed; and undone when she says it was misheard."""

from __future__ import annotations

import pytest

from tests.journeys.people.conftest import Come
from tests.journeys.people.person import Person
from tests.journeys.people.test_old_buyer import tells_who_she_is

pytestmark = pytest.mark.processes

YES = "ええ、半分返していただけるなら結構です"


def takes_the_trouble(agent: Person) -> str:
    """Let the agent take the trouble of a buyer who calls, mediate, and propose; return the number."""
    tells_who_she_is(agent, "O-CALLS", amount="4980")
    agent.chooses("壊れている・動かない", "お金の損失", "いいえ、読まないでほしい")
    agent.writes(said="取っ手が取れました")
    agent.chooses("読み上げて、合っていると言っていただいた")
    agent.presses("この内容で受け付ける")
    number = agent.number()
    agent.opens("案件を開く")
    agent.opens("仲介を始める")
    agent.presses("仲介を始める")
    agent.opens("解決を提案する")
    agent.chooses("出品者が一部を返金する")
    agent.writes(amount="2,490", said="半額の返金ではいかがでしょうか")
    agent.presses("提案する")
    return number


def test_who_has_no_computer_answers_a_proposal_by_telephone_and_corrects_it(comes: Come) -> None:
    agent = comes("agent", to="/desk/")
    number = takes_the_trouble(agent)

    # She calls. The agent reads out what is proposed, and writes her answer down as she says it.
    agent.opens("購入者の返事を電話・手紙で伺う")
    agent.writes(amount="4980", phone="1234")
    agent.presses("確かめる")
    agent.opens("提案を読み上げて返事を書き取る")
    agent.sees(
        "相談窓口から、次の提案があります",
        "「出品者が一部を返金する（2,490円）」",
        "半額の返金ではいかがでしょうか",
    )
    agent.sees("これは、どちらが正しいかを決めるものではありません")
    agent.chooses("受ける")
    agent.presses("読み返す文章を見る")
    agent.sees("入力をご確認ください")  # her words are needed
    agent.writes(said=YES)
    agent.shows("told-script")
    agent.presses("読み返す文章を見る")
    agent.presses("この返事を記録する")
    agent.sees("まだ記録されていません")  # nothing counts that was not read back
    agent.shows("told-read-back")
    agent.chooses("全文を読み上げ、このとおりだと言っていただいた")
    agent.presses("この返事を記録する")
    agent.sees("伺ったとおりに記録し、ご本人に書面で知らせます", YES)
    agent.shows("told-case")

    # The shop sees her answer and how it came, and of her words not one; it agrees on its own page.
    seller = comes("seller:S-KITCHEN", to=f"/seller/threads/{number}/", by="phone")
    seller.opens("受ける")
    seller.presses("この提案を受ける")
    seller.sees("合意した", "電話で伺い、窓口が書き取りました")
    seller.sees_nothing_of(YES, "川口")
    seller.shows("told-as-the-seller-sees")

    # She opens the letter with her grandson: that was not what she said, and it is undone.
    buyer = comes("buyer:B-CALLS", to=f"/threads/{number}/", by="phone")
    buyer.sees(YES)
    buyer.shows("told-as-she-sees")
    buyer.opens("聞き違いだと伝える")
    buyer.writes(said="全額と言いました")
    buyer.shows("told-misheard")
    buyer.presses("聞き違いだと伝える")
    buyer.sees("聞き違いのご連絡を受け取りました", "聞き違いとして取り消された")
    agent.goes(f"/desk/cases/{number}/")
    agent.sees("全額と言いました", "電話や手紙で伺った返事に聞き違いがありました")
    agent.shows("told-corrected")
    seller.goes(f"/seller/threads/{number}/")
    seller.sees("聞き違いとして取り消された")
    seller.sees_nothing_of("全額と言いました")

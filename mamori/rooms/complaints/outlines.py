"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION

OUTLINES = (
    Outline(
        practice="P09",
        does=Text(
            "危ない商品、偽物、うその表示などを、商品ページからだれでも、名乗らずに知らせられます。"
            "けが・火・危険の知らせは、商品を見えなくするか、結論を出すか、責任者が危険なしと確かめるまで、曜日にかかわらず{danger}ごとに責任者に催促が届きます。"
            "ほかは{decision}以内の結論を目安とし、事実を尋ねて返答を待つあいだは数えず、返答から数え直します。知らせた人がだれかは、お店に伝わりません。"
            "結果と理由は、専用のページか、望まれた方法（電話・手紙・メール）でお伝えします。",
            "From the page of the goods anybody may report what is dangerous, counterfeit or falsely displayed, without a name. "
            "Of injury, fire or danger those in charge are reminded every {danger}, on every day of the week, until the goods "
            "are hidden, it is decided, or a lead has ruled the danger out. All else is to be decided within {decision}; while "
            "somebody is asked for facts the time stands still, and it begins anew with the answer. No shop learns who reported "
            "it. What came of it and why is told on a page of their own, or as they wished: by telephone, letter or mail.",
        ),
        fills={"danger": COMPLAINT_DANGER, "decision": COMPLAINT_DECISION},
        to="/complaints/",
    ),
)

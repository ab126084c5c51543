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
            "けが・火・危険の知らせは、商品を見えなくするか結論を出すまで、曜日にかかわらず{danger}ごとに責任者に催促が届きます。"
            "ほかは{decision}以内に結論を出します。知らせた人がだれかは、お店に伝わりません。結果と理由は、メールか専用のページで必ずお伝えします。",
            "From the page of the goods anybody may report what is dangerous, counterfeit or falsely displayed, without a name. "
            "Of injury, fire or danger those in charge are reminded every {danger}, on every day of the week, until the goods "
            "are hidden or it is decided; all else is decided within {decision}. No shop learns who reported it. What came of "
            "it and why is told to each by mail or on a page of their own.",
        ),
        fills={"danger": COMPLAINT_DANGER, "decision": COMPLAINT_DECISION},
        to="/complaints/",
    ),
)

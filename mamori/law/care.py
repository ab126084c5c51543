"""Conduct of callers that staff need not bear, and what they say then.  Pure data.

From 2026-10-01 an employer has to have such a way.  It protects who works here; it takes nothing from a consumer's matter.
The kinds are read from the ministry's guidance (M); what is a hard demand, said in anger, is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mamori.grammar.text import Text


class ConductKind(StrEnum):
    """What somebody does to who takes a call."""

    VIOLENCE = "violence"
    INSULT = "insult"
    BINDING = "binding"
    REPEATED = "repeated"
    SEXUAL = "sexual"
    DEMAND = "demand"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return CONDUCT[self][0]


CONDUCT: Mapping[ConductKind, tuple[Text, Text]] = {
    ConductKind.VIOLENCE: (
        Text("暴力・脅し（危害を加えると言うなど）", "violence or a threat of it"),
        Text(
            "「身の危険を感じる言葉ですので、おやめください。続くときは電話を切り、警察に相談します。」",
            "“These words are a threat: please stop. If it goes on I end this call, and we go to the police.”",
        ),
    ),
    ConductKind.INSULT: (
        Text("人格を傷つける暴言・どなり続ける", "insults, or shouting that goes on"),
        Text(
            "「お話は承りますが、いまのような言葉はお控えください。続くときは、いったん電話を切ります。」",
            "“I take down what troubles you, but please leave out such words. If they go on I have to end this call.”",
        ),
    ),
    ConductKind.BINDING: (
        Text("長い時間、電話を切らせない", "keeping somebody on the line for long"),
        Text(
            "「ここまでのお話は、すべて記録しました。新しいお話がなければ、この電話はここまでにいたします。」",
            "“I have taken down all of it. If there is nothing new, I have to end this call here.”",
        ),
    ),
    ConductKind.REPEATED: (
        Text("同じ話の電話を何度もかける", "calling again and again about the same"),
        Text(
            "「この件は受け付けており、結果をお知らせします。同じお話の電話には、これ以上お答えできません。」",
            "“This is taken, and you will be told what comes of it. I cannot answer more calls about the same.”",
        ),
    ),
    ConductKind.SEXUAL: (
        Text("性的な言葉・つきまとい", "sexual words, or following somebody"),
        Text(
            "「いまのお話にはお答えしません。続くときは電話を切ります。」",
            "“I do not answer that. If it goes on I end this call.”",
        ),
    ),
    ConductKind.DEMAND: (
        Text(
            "土下座・担当者の処分や個人情報など、応じられない求め",
            "demands nobody may make: kneeling, dismissal, somebody's own address",
        ),
        Text(
            "「そのご求めにはお応えできません。お困りごとそのものは、続けて承ります。」",
            "“That I cannot do. What troubles you I go on taking down.”",
        ),
    ),
}
"""What it is, and what is said to warn."""
AT_ONCE = frozenset({ConductKind.VIOLENCE, ConductKind.SEXUAL})
"""Upon these a call may be ended without a warning."""
END_OF_CALL = Text(
    "「申し訳ありませんが、この電話はここで切らせていただきます。お申し出はそのまま調べ、お約束した方法で結果をお知らせします。」",
    "“I am sorry: I end this call now. What you reported is looked into all the same, and you will be told as we agreed.”",
)
"""What is said before hanging up."""

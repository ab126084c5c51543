"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law.insight import IMPROVEMENT_CHANGE, IMPROVEMENT_OWNER

OUTLINES = (
    Outline(
        practice="P14",
        does=Text(
            "寄せられた申し出と困りごとを、理由・商品のカテゴリ・受け付けた方法・月ごとに数え、増えたものから見ます。直すことは{owner}以内に担当を"
            "決め、{change}を目安に変え、前と後の件数を比べます。そのうち選んだものを公開しています。",
            "Reports and troubles are counted by reason, category of goods, how they came and month, and what rises is looked at "
            "first. What has to be better is owned by somebody within {owner} and, as a rule, changed within {change}; then the "
            "counts before and after are compared. Some of these are published.",
        ),
        fills={"owner": IMPROVEMENT_OWNER, "change": IMPROVEMENT_CHANGE},
        to="/improvements/",
    ),
)

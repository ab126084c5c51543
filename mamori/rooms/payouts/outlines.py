"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law import shown
from mamori.law.deadlines import PAYOUT_LOOK

OUTLINES = (
    Outline(
        practice="P21",
        does=Text(
            "売上金は、登録名と口座の名義が合う出品者にだけ支払います。合うかどうかが疑わしいときは、{look}以内に担当者が確かめ、"
            "合わない口座には支払いません。",
            "Proceeds are paid only where the account is in the seller's registered name. Where that is in doubt somebody looks "
            "at it within {look}; an account in another name is not paid.",
        ),
        fills={"look": PAYOUT_LOOK},
        figures=(shown.ACCOUNTS.code, shown.ACCOUNTS_USED.code),
        for_sellers=True,
    ),
)

"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.measure import Severity
from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law.clarifications import CLARIFICATION_OTHER, CLARIFICATION_UNSAFE
from mamori.law.deadlines import APPEAL_WINDOW, BREACH_HEARING
from mamori.law.shown import BREACHES

OUTLINES = (
    Outline(
        practice="P12",
        does=Text(
            "安全や権利の面で確かめる必要があるときは、決める前に、出品者・メーカー・輸入業者・国内管理人・権利者に事実を尋ねます。"
            "返答の期限は、安全のことは{unsafe}、権利のことは{other}で、返答がないときにどう扱うかは、尋ねるときに伝えます。だれかの知らせがきっかけでも、知らせた人のことは伝えません。",
            "Where goods may be unsafe or infringe a right, the seller, the maker, the importer, its administrator in Japan "
            "or the holder of the right is asked before anything is decided. They have {unsafe} to answer on safety "
            "and {other} on rights, and are told what follows from silence. "
            "Where somebody reported it, nobody who is asked learns who.",
        ),
        fills={"unsafe": CLARIFICATION_UNSAFE, "other": CLARIFICATION_OTHER},
        for_sellers=True,
    ),
    Outline(
        practice="P13",
        does=Text(
            "違反の疑いに気づくと、担当者が調べ、内容とこれまでの違反に応じた措置を決めます。注意と是正のお願いのほかは、決める前に出品者の意見を{hearing}のあいだ聴きます。"
            "注意から、商品の非表示、利用の停止、契約の終了まであり、基準は公開しています。人に危険があるときは、先に措置をとることがあります。"
            "出品者は{appeal}のあいだ異議を申し出られ、別の人が見直します。",
            "When something is noticed, staff look into it and decide on a measure that fits what it is and what went before. "
            "Before any but a notice or a correction request the seller is heard for {hearing}. Measures go from a notice to "
            "goods being hidden, suspension and the end of the contract. The policy is public. Where people "
            "are in danger a measure may come first. The seller may appeal for {appeal}; another "
            "person then looks at it.",
        ),
        fills={"hearing": BREACH_HEARING, "appeal": APPEAL_WINDOW},
        figures=tuple(one.code for severity in reversed(Severity) for one in BREACHES[severity]),
        to="/policy/",
        for_sellers=True,
    ),
)

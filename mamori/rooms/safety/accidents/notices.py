"""What is written on account of an accident: staff are reminded, and a buyer who told of it is asked to keep the thing."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

NONE_LEFT = Text("なし（終えるかを決めてください）", "none: please decide whether it is closed")
WAITS = Template(
    code="safety.accident_waits",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("事故の確認の時です", "It is time to look at an accident"),
    body=Text(
        "製品の事故（番号 {number}）が終わっていません。まだの段階：{steps}。"
        "事故のページで、次の段階に進むか、しない理由を記録してください。",
        "The accident with goods, number {number}, is not closed. Steps that are left: {steps}. Please take the next one on its "
        "page, or note why it is left out.",
    ),
)
KEEP = Template(
    code="safety.keep",
    kind=NoticeKind.SAFETY,
    title=Text(
        "お知らせいただいた商品を、捨てずに保管してください", "Please keep the goods that you told us of"
    ),
    body=Text(
        "お知らせいただいた商品（{goods}）は、使うのをやめ、箱や説明書と一緒に、今のまま捨てずに保管してください。原因を調べるために必要です。"
        "分解や修理はしないでください。危ないと感じるときは、触らずに離れ、119番へ電話してください。（受付番号 {number}）",
        "Please stop using {goods}, which you told us of, and keep it as it is with its box and papers: it is needed to find the "
        "cause. Please do not take it apart or repair it. If it seems dangerous, do not touch it, keep away, and call "
        "119. (Number {number})",
    ),
)
TEMPLATES = (WAITS, KEEP)

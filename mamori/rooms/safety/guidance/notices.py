"""What buyers read of safe use: why now, and the guidance of the kind; it sells nothing and leads to nothing that is sold."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.law.guidance import GuidanceMoment

GUIDED = Template(
    code="safety.guidance",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("安全な使い方：{kind}", "Using it safely: {kind}"),
    body=Text(
        "{opening}\n{advice}\nご注文（{order}）の商品についての案内です。「安全な使い方」のページで、いつでも読み直すことができます。"
        "案内の番号は {number} です。",
        "{opening}\n{advice}\nThis is about what you ordered ({order}). You can read it again at any time on the page “Using it "
        "safely”. The number of this guidance is {number}.",
    ),
)
OPENINGS = {
    GuidanceMoment.DELIVERY: Text(
        "お届けした商品を、安全に使っていただくための案内です。",
        "This is how to use safely what was delivered to you.",
    ),
    GuidanceMoment.SEASON: Text(
        "使うことの多い季節になりました。使う前にお読みください。",
        "The season has come in which it is used most. Please read this before you use it.",
    ),
}
TEMPLATES = (GUIDED,)

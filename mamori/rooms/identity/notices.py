"""What a seller is told of the check of its registered name."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

ENDS_SOON = Template(
    code="identity.ends_soon",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("本人確認の期限が近づいています", "The check of your identity ends soon"),
    body=Text(
        "登録名の確認は{until}までです。それまでに、通販サイトの登録情報のページで確認をやり直してください。過ぎると、売上金の支払いの前に確認が必要になります。",
        "The check of your registered name holds until {until}. Please have it checked again before, on the marketplace's "
        "page of registered data. Afterwards it has to be checked before proceeds are paid.",
    ),
)
ENDED = Template(
    code="identity.ended",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("本人確認の期限が過ぎました", "The check of your identity has ended"),
    body=Text(
        "登録名の確認は{until}で終わりました。通販サイトの登録情報のページで確認をやり直してください。売上金の支払いの前に確認が必要です。",
        "The check of your registered name ended on {until}. Please have it checked again on the marketplace's page of "
        "registered data. It has to be checked before proceeds are paid.",
    ),
)
CHANGED = Template(
    code="identity.changed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text(
        "登録名が変わりました。確認をお願いします", "Your registered name changed: please have it checked"
    ),
    body=Text(
        "登録された氏名・名称が、確認したときのものと違います。お心当たりがあれば、通販サイトの登録情報のページで確認をやり直してください。"
        "お心当たりがなければ、すぐに相談窓口にお知らせください。",
        "The registered name is not the one that was checked. If you changed it, please have it checked again on the "
        "marketplace's page of registered data. If you did not, please tell the customer centre at once.",
    ),
)

TEMPLATES = (ENDS_SOON, ENDED, CHANGED)

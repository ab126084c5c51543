"""What buyers are told of a danger: first to stop using it, then what is dangerous; once more; and that there was none."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

STOP = Text("すぐに使うのをやめてください。", "Please stop using it at once.")
STOP_AND_KEEP = Text(
    "すぐに使うのをやめ、商品は捨てずに保管してください。",
    "Please stop using it at once, and keep it: do not throw it away.",
)


def _safety(code: str, title: Text, body: Text) -> Template:
    return Template(code=f"contact.{code}", kind=NoticeKind.SAFETY, title=title, body=body)


WARNED = _safety(
    "alert",
    Text("使うのをやめてください：{goods}", "Stop using it: {goods}"),
    Text(
        "{stop}\nご注文の{names}について：{what}\n{next}\n"
        "使うのをやめたこと、けがや発火があったことは、このページでお知らせください。けがや火のおそれがあるときは、先に119番へ電話してください。"
        "お知らせの番号は {number} です。",
        "{stop}\nYou ordered {names}: {what}\n{next}\n"
        "Please say on this page that you have stopped using it, or that somebody was hurt or it burnt. If there may be injury "
        "or fire, call 119 first. The number of this warning is {number}.",
    ),
)
WARNED_MORE = _safety(
    "alert_more",
    Text("ほかにも、使うのをやめてください：{goods}", "Stop using this as well: {goods}"),
    Text(
        "{stop}\n先にお知らせした商品のほか、ご注文の{names}にも同じ危険のおそれがあります：{what}\n{next}\n"
        "使うのをやめたことなどは、このページでお知らせください。けがや火のおそれがあるときは、先に119番へ電話してください。"
        "お知らせの番号は {number} です。",
        "{stop}\nBeside what we told you of before, {names}, which you ordered, may be dangerous in the same way: {what}\n"
        "{next}\nPlease answer on this page. If there may be injury or fire, call 119 first. The number of this warning is "
        "{number}.",
    ),
)
REMINDED = _safety(
    "alert_reminder",
    Text("もう一度：使うのをやめてください：{goods}", "Once more: stop using it: {goods}"),
    Text(
        "{stop}\n先にお知らせした危険について、まだお返事がありません：{what}\n{next}\n"
        "このページで一つ選んでお知らせください。お返事がないときは、電話をすることがあります。お知らせの番号は {number} です。",
        "{stop}\nWe told you of a danger and have not heard from you: {what}\n{next}\n"
        "Please choose an answer on this page; if we do not hear from you, we may call you. The number of this warning is "
        "{number}.",
    ),
)
CLEARED = _safety(
    "alert_cleared",
    Text("危険はありませんでした：{goods}", "There was no danger: {goods}"),
    Text(
        "先に「使うのをやめてください」とお知らせした商品（{goods}）は、調べた結果、危険はありませんでした。"
        "使うのを再開できます。ご心配をおかけしました。返品などの手続きを始めた方は、そのやり取りのページか電話でご相談ください。"
        "お知らせの番号は {number} です。",
        "We asked you to stop using {goods}. It was looked into, and there is no danger: you can use it again. We are sorry for "
        "the worry. If you have begun to return it, please ask on the page of that conversation, or by telephone. The number "
        "of this warning was {number}.",
    ),
)
TEMPLATES = (WARNED, WARNED_MORE, REMINDED, CLEARED)

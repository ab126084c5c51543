"""What whoever reports is asked, each declared once."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.queries.mine import AboutWhat, MineShown

ANYBODY = tuple(Role)
REPORT: Decision[AboutWhat | None] = Decision(
    slug="report",
    title=Text("問題のある商品・お店などを知らせる", "Report goods, a shop or something else"),
    lead=Text(
        "だれでも、名乗らずに知らせられます。だれが知らせたかは、お店に伝わりません。サインインしていても、あなたのアカウントとは結び付けません。",
        "Anybody may report, without a name. No shop learns who did. Signed in or not, it is not linked to your account.",
    ),
    button=Text("知らせる", "Report it"),
    done={"report": Text("受け付けました。", "It was received.")},
    verb=actions.report,
    key="",
    roles=ANYBODY,
    is_there=lambda page: True,
)
CONFIRM: Decision[MineShown] = Decision(
    slug="code",
    title=Text("メールアドレスを確かめる", "Confirm your address"),
    lead=Text(
        "メールに届いたコードを入れると、結果をそのアドレスにお送りします。ほかのメールは送りません。",
        "Enter the code that came by mail: the outcome will be sent there, and nothing else.",
    ),
    button=Text("確かめる", "Confirm"),
    done={"confirm_mail": Text("メールアドレスを確かめました。", "Your address is confirmed.")},
    verb=actions.confirm_mail,
    key="secret",
    roles=ANYBODY,
    is_there=lambda page: page.is_code_sent and not page.is_confirmed,
)
MAIL: Decision[MineShown] = Decision(
    slug="mail",
    title=Text("結果をメールで受け取る", "Hear of it by mail"),
    lead=Text(
        "このアドレスに確認コードをお送りします。確かめるまで、ほかのメールは送りません。",
        "A code is sent to this address. Until it is confirmed nothing else is.",
    ),
    button=Text("コードを送る", "Send the code"),
    done={"leave_mail": Text("コードを送りました。", "A code was sent.")},
    verb=actions.leave_mail,
    key="secret",
    roles=ANYBODY,
    is_there=lambda page: page.can_mail and not page.is_confirmed,
)
DANGER: Decision[MineShown] = Decision(
    slug="danger",
    title=Text("けが・火・型番を伝える", "Tell of injury, fire, or the model"),
    lead=Text(
        "答えなくてもかまいません。早く確かめる助けになります。結論が出たあとでも、けが・火の申し出はすぐに見ます。",
        "You need not answer. It helps us to act soon. After a decision, too, word of injury or fire is looked at at once.",
    ),
    button=Text("送る", "Send"),
    done={"danger": Text("ありがとうございます。受け取りました。", "Thank you. It was received.")},
    verb=actions.answer_danger,
    key="secret",
    roles=ANYBODY,
    is_there=lambda page: True,
)
ADD: Decision[MineShown] = Decision(
    slug="add",
    title=Text("書き足す・写真を添える", "Add words or photos"),
    lead=None,
    button=Text("書き足す", "Add it"),
    done={"add": Text("受け取りました。担当者が読みます。", "It was received, and will be read.")},
    verb=actions.add_words,
    key="secret",
    roles=ANYBODY,
    is_there=lambda page: not page.heard,
)
AGAIN: Decision[MineShown] = Decision(
    slug="again",
    title=Text("見直しを求める", "Ask for another look"),
    lead=Text(
        "はじめに決めた人とは別の担当者が見直します。求められるのは一度です。",
        "Somebody else than who decided looks at it again. You may ask once.",
    ),
    button=Text("見直しを求める", "Ask for another look"),
    done={"ask_again": Text("別の担当者が見直します。", "Another person will look at it.")},
    verb=actions.ask_again,
    key="secret",
    roles=ANYBODY,
    is_there=lambda page: bool(page.heard),
    closed=lambda page: page.why_not_again,
)
STAYS_OF_DANGER = Text(
    "危険の申し出なので、対象・型番・けがや火の有無だけは、保存の期間が過ぎるまで残します。ほかの人の安全のためです。",
    "As it tells of a danger, what it is about, its model and whether somebody was hurt or it burnt are kept until their time is "
    "over, for the safety of others.",
)
TAKE_BACK: Decision[MineShown] = Decision(
    slug="take-back",
    title=Text("取り下げて、消す", "Take it back and erase it"),
    lead=Text(
        "書いた言葉、添えたもの、連絡先を消します。元には戻せません。このページは開けなくなり、結果もお知らせできません。"
        "申し出が一件あったことと、その対象・理由・結論は、だれのものでもない記録として残ります。確かめ始めたことは、続けることがあります。",
        "Your words, what you added and your address are erased. This cannot be undone: the page cannot be opened any more, and "
        "you are not told what comes of it. That there was a report, what it was about, why, and what was decided stays, of "
        "nobody. What we began to look at may go on.",
    ),
    button=Text("消す", "Erase it"),
    done={"take_back": Text("消しました。", "It is erased.")},
    verb=actions.take_back,
    key="secret",
    roles=ANYBODY,
    is_there=lambda page: True,
    warns=lambda page: STAYS_OF_DANGER if page.is_dangerous else None,
    tone="grave",
)
WITH_FILES = (ADD, AGAIN)
DECISIONS = (CONFIRM, DANGER, MAIL, ADD, AGAIN, TAKE_BACK)
BY_SLUG = {one.slug: one for one in DECISIONS}

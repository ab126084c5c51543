"""Notices about accounts: to the person concerned, to those who may agree, to the outside reader."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.people.rules import CODE_MINUTES, INVITATION_HOURS

OUTSIDE_READER = "reader"
"""Whom a notice is for that goes to the outside reader; the address is the setting people.outside_reader."""
EVERY_READER = "readers"
"""Whom a notice is for that goes to everybody with the role of a reader."""


def _transactional(code: str, title: Text, body: Text) -> Template:
    return Template(code=f"people.{code}", kind=NoticeKind.TRANSACTIONAL, title=title, body=body)


SIGN_IN_CODE = _transactional(
    "sign_in_code",
    Text("確認コード", "Your sign-in code"),
    Text(
        f"確認コードは {{code}} です。{CODE_MINUTES}分以内に、コードを求めた画面に入力してください。"
        "心当たりがないときは、何もしなくて大丈夫です。このコードを人に伝えないでください。",
        f"Your code is {{code}}. Please enter it within {CODE_MINUTES} minutes on the page that asked for it. "
        "If you did not ask, nothing needs to be done. Please tell this code to nobody.",
    ),
)
INVITATION = _transactional(
    "invitation",
    Text("サインインの準備をしてください", "Please set up how you sign in"),
    Text(
        f"相談窓口の担当者として登録されました。{INVITATION_HOURS}時間以内に、"
        "次のリンクを開いてパスキーを登録してください。 {link}",
        "You have been added to the customer centre's staff. "
        f"Please open this link within {INVITATION_HOURS} hours and set up a passkey. {{link}}",
    ),
)
FACTOR_CHANGED = _transactional(
    "factor_changed",
    Text("サインインの手段が変わりました", "Your way of signing in has changed"),
    Text(
        "サインインの手段が変わり、ほかの端末からはサインアウトしました。心当たりがないときは、すぐに責任者に知らせてください。",
        "Your way of signing in has changed and other devices were signed out. If it was not you, please tell a lead at once.",
    ),
)
PROPOSED = _transactional(
    "proposed",
    Text("承認をお願いします", "Please look at a proposal"),
    Text(
        "承認待ち：{matter}（対象：{concerned}）。「担当者」のページで内容を確かめ、承認または却下してください。",
        "Waiting for agreement: {matter} (about: {concerned}). Please look at it on the page “People”, and agree or decline.",
    ),
)
WAITS = _transactional(
    "waits",
    Text("まもなく実行されます", "Something will be carried out soon"),
    Text(
        "{matter}（対象：{concerned}）が申請され、{due}に実行されます。心当たりがないときは、それまでに運営者へ知らせてください。",
        "{matter} (about: {concerned}) was proposed and will be carried out on {due}. "
        "If this is wrong, please tell the operator before.",
    ),
)
DONE = _transactional(
    "done",
    Text("実行されました", "Something was carried out"),
    Text(
        "{matter}（対象：{concerned}）が実行されました。心当たりがないときは、運営者に知らせてください。",
        "{matter} (about: {concerned}) was carried out. If this is wrong, please tell the operator.",
    ),
)

TEMPLATES = (SIGN_IN_CODE, INVITATION, FACTOR_CHANGED, PROPOSED, WAITS, DONE)

"""The notices that tell sellers of new terms."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

NEW = Template(
    code="terms.new",
    kind=NoticeKind.LEGAL,
    title=Text("規約の新しい版をお読みください", "Please read the new version of the terms"),
    body=Text(
        "規約の条項（{clauses}）の新しい版です。変更が始まる日：{binds}。"
        "「規約」のページで内容を読み、よろしければ同意してください。ご質問は窓口へどうぞ。",
        "A new version of clauses of the terms: {clauses}. From: {binds}. "
        "Please read them on the page “Terms” and accept them if you agree. We are glad to answer questions.",
    ),
)
AT_ONCE = Template(
    code="terms.at_once",
    kind=NoticeKind.LEGAL,
    title=Text("規約が変わりました", "The terms have changed"),
    body=Text(
        "規約の条項（{clauses}）が{binds}から変わりました。期間を置かなかった理由：{ground}。{reason} "
        "「規約」のページで内容を読み、よろしければ同意してください。",
        "Clauses of the terms changed from {binds}: {clauses}. Why without waiting: {ground}. {reason} "
        "Please read them on the page “Terms” and accept them if you agree.",
    ),
)

TEMPLATES = (NEW, AT_ONCE)

"""Kinds of what a marketplace holds of people, as they are asked for."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from mamori.grammar.text import Text


class HeldKind(StrEnum):
    """Kinds of what is held of people."""

    REGISTERED = "registered"
    ORDERS = "orders"
    PAYOUTS = "payouts"
    BANK = "bank"
    DOCUMENTS = "documents"
    CENTRE = "centre"
    NOTES = "notes"
    SIGN_INS = "sign_ins"
    LOGS = "logs"
    MESSAGES = "messages"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _KEPT[self]


_KEPT = {
    HeldKind.REGISTERED: Text("登録された名前・住所・連絡先", "registered names, addresses and contacts"),
    HeldKind.ORDERS: Text("注文の記録", "the record of orders"),
    HeldKind.PAYOUTS: Text("売上と送金の記録", "sales and payouts"),
    HeldKind.BANK: Text("銀行口座", "bank accounts"),
    HeldKind.DOCUMENTS: Text("本人確認書類", "identity documents"),
    HeldKind.CENTRE: Text(
        "相談窓口への相談とその答え", "what was said to the customer centre, and its answers"
    ),
    HeldKind.NOTES: Text("担当者のメモ", "notes of staff"),
    HeldKind.SIGN_INS: Text("ログインの日時とIPアドレス", "moments and IP addresses of sign-ins"),
    HeldKind.LOGS: Text("通信履歴（だれがだれに、いつ）", "communication logs: who to whom, when"),
    HeldKind.MESSAGES: Text("やり取りの文面と添付", "words and files of conversations"),
}
SECRET = frozenset({HeldKind.MESSAGES, HeldKind.LOGS, HeldKind.SIGN_INS})
"""Secrecy of communications: given upon a judge's warrant, or where a statute names it."""


def listed(some: Collection[HeldKind]) -> Text:
    """Return several kinds in words, in order."""
    return Text.listed(one.text for one in HeldKind if one in some) if some else Text("なし", "nothing")

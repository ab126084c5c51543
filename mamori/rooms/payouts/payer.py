"""Who pays: the operator's code, name and account with its bank, as the settings say."""

from __future__ import annotations

import re
from datetime import datetime

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.japan.banks.account import account
from mamori.japan.zengin.orders import Sender, sender
from mamori.law.paying import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME


class PayerNotSet(Refusal, code="payer-not-set", status=422):
    """Given when it is not set who pays, or not whole."""

    text = Text(
        "振込を依頼する側の設定がまだです。payouts.payer_code（10桁）、payouts.payer_name（カナ）、payouts.payer_account"
        "（銀行-支店-種目-口座番号、例 0001-001-1-1234567）を、設定の画面か mamori set で入力してください。",
        "It is not set who orders the transfers. Please set payouts.payer_code (10 digits), payouts.payer_name (kana) and "
        "payouts.payer_account (bank-branch-kind-number, such as 0001-001-1-1234567) on the settings page or with mamori set.",
    )


def said(at: datetime) -> dict[str, str]:
    """Return what the settings say of who pays, to be kept with a run."""
    parts = {
        "code": terms.setting(PAYER_CODE, at=at),
        "name": terms.setting(PAYER_NAME, at=at),
        "account": terms.setting(PAYER_ACCOUNT, at=at),
    }
    if not all(parts.values()) or not re.fullmatch(r"\d{4}-\d{3}-\d-\d{7}", parts["account"]):
        raise PayerNotSet
    return parts


def sender_of(parts: dict[str, str]) -> Sender:
    """Return who pays, as a file names it."""
    bank, branch, kind, number = parts["account"].split("-")
    found = account(bank=bank, branch_code=branch, kind=kind, number=number)
    return sender(code=parts["code"], name=parts["name"], account=found)

"""What an operator may choose about payouts: how a new account is proven, and who pays."""

from __future__ import annotations

from mamori.grammar.declaration import Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE

PAYOUT_PROOF = Setting(
    code="payouts.proof",
    title=Text(
        "新しい振込先に初めて支払う前の確かめ方",
        "how a new account is proven before the first payout goes to it",
    ),
    default="none",
    citation=OWN_RULE,
    among=("none", "test", "bank"),
    words=(
        Text("しない（名義と読みの一致だけで支払う）", "not at all (name and reading have to agree)"),
        Text(
            "少額を試しに振り込み、届いた額を出品者が答える",
            "a few yen are sent and the seller says how many came",
        ),
        Text("銀行の口座確認の結果を連携で受け取る", "the bank's own check of the name, told over the API"),
    ),
)
PAYER_CODE = Setting(
    code="payouts.payer_code",
    title=Text(
        "総合振込の依頼人コード（10桁）",
        "the code under which the bank knows who orders transfers (10 digits)",
    ),
    default="",
    citation=OWN_RULE,
    most=10,
)
PAYER_NAME = Setting(
    code="payouts.payer_name",
    title=Text("総合振込の依頼人名（カナ）", "the name of who orders transfers, in kana"),
    default="",
    citation=OWN_RULE,
    most=40,
)
PAYER_ACCOUNT = Setting(
    code="payouts.payer_account",
    title=Text(
        "支払う口座（銀行コード-支店コード-種目-口座番号、例 0001-001-1-1234567）",
        "the account that pays: bank-branch-kind-number, such as 0001-001-1-1234567",
    ),
    default="",
    citation=OWN_RULE,
    most=20,
)

PAYOUT_SETTINGS = (PAYOUT_PROOF, PAYER_CODE, PAYER_NAME, PAYER_ACCOUNT)

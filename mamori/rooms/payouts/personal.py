"""What the room of payouts keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    BY_STAFF,
    KIND,
    SELLER,
    CopyTo,
    blind,
    code,
    digest,
    reference,
    sealed,
    table,
)

PAYOUT = reference("支払いの番号", "the payout's reference", told=(CopyTo.WEBHOOK, CopyTo.REPLY))

table("payouts_payee", seller_ref=SELLER)
table(
    "payouts_account",
    sealed=sealed(
        "銀行・支店・口座番号・口座名義",
        "bank, branch, account number and holder",
        whose="the seller",
        at=("payouts_account {payee_id}/{number} sealed",),
    ),
    place=blind(
        "振込先の口座（銀行・支店・種目・番号）", "where the money goes: bank, branch, kind and number"
    ),
    asked_by=reference("申し出た人の参照", "reference of who asked for it"),
    verdict=KIND,
    why=KIND,
    looked_by=BY_STAFF,
    proved_by=KIND,
)
table(
    "payouts_payout",
    ref=PAYOUT,
    reasons=code("待つ理由と額（決まった語）", "why it waits, by name, and how much"),
    clause=KIND,
    settled=KIND,
)
table("payouts_transfer", because=KIND)
table("payouts_release", by=BY_STAFF)
table(
    "payouts_objection",
    said=sealed("保留への異議", "what the seller says against a hold", whose="the seller"),
    by=reference("申し出た人の参照", "reference of who says it"),
    answer=sealed("異議への返事", "the answer to it", whose="the seller"),
    answered_by=BY_STAFF,
)
table(
    "payouts_run",
    ref=reference("振込の作業の名前", "the run's name"),
    payer=code("振込を依頼する運営者の口座", "the operator's own account"),
    digest=digest("振込データのハッシュ", "hash of the file", along=True),
)
table(
    "payouts_line",
    payout_ref=PAYOUT,
    seller_ref=SELLER,
    refused=KIND,
    values=code("断りの文の値", "the values of a refusal's sentence"),
)

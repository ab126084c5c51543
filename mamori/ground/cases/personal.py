"""What the index of cases keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    ABOUT,
    BUYER,
    BY_STAFF,
    KIND,
    ORDER,
    SELLER,
    Reach,
    code,
    reference,
    sealed,
    table,
    tokens,
)

table(
    "cases_case",
    kind=KIND,
    about=ABOUT,
    title=code("話題", "the topic"),
    buyer_ref=BUYER,
    seller_ref=SELLER,
    order_ref=ORDER,
    state=KIND,
    due_kind=KIND,
    attention=KIND,
    assignee=BY_STAFF,
)
table("cases_ask", what=KIND)
table(
    "cases_entry",
    key=reference("検索の見出しの元", "what the entry stands for", reach=Reach.ERASED),
    subject=reference("だれの鍵か", "whose key it is", reach=Reach.ERASED),
    sealed=sealed(
        "見つかったとき確かめる言葉",
        "the words that a hit is checked against",
        whose="subject",
        searched=True,
        at=("cases_entry {key} sealed",),
    ),
)
table(
    "cases_note",
    by=BY_STAFF,
    sealed=sealed(
        "担当者のメモ",
        "notes of staff",
        whose="the buyer, else the seller; a case of neither has its own",
    ),
)
table("cases_tokens", tokens=tokens("共有された言葉と案件の検索語", "of cases and of words that were shared"))

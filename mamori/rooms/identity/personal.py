"""What the room of identity keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import KIND, SELLER, sealed, table

table(
    "identity_version",
    seller_ref=SELLER,
    sealed=sealed(
        "登録された氏名・名称と読み",
        "the registered name and its reading",
        whose="the seller",
        at=("identity_version {seller_ref}/{number} sealed",),
    ),
    method=KIND,
)

"""The twelve commitments of the product safety pledge in our own words, and of each what runs here.  Pure data.

The numbers and words of 7 to 12 were not read: they are shown as unread, and no clock rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.complaints import COMPLAINT_DECISION
from mamori.law.pledge import commitment
from mamori.law.requests import REQUEST_PLEDGE

NOT_YET = Text("この仕組みには、まだありません。", "Nothing of it runs here yet.")
UNREAD_COMMITMENT = Text(
    "番号と言葉は原文で確かめていません。期限は置きません。",
    "Its number and words were not read in the text, and no clock rests on it.",
)
FIRST_UNREAD = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One commitment: what it asks, what runs here (None: nothing yet), and the deadline of ours that answers it."""

    number: int
    title: Text
    runs: Text | None = None
    deadline: Deadline | None = None

    def __post_init__(self) -> None:
        if self.is_unread and self.deadline:
            raise ValueError(f"commitment {self.number} was not read: no clock may rest on it")

    @property
    def is_unread(self) -> bool:
        """Say whether it is known from memory alone."""
        return self.number >= FIRST_UNREAD

    @property
    def citation(self) -> Citation:
        """Return its source."""
        return commitment(self.number, Confidence.MEMORY if self.is_unread else Confidence.OFFICIAL)

    @property
    def says(self) -> Text:
        """Say what runs here, or that nothing does yet."""
        return self.runs or NOT_YET


COMMITMENTS = (
    Commitment(
        number=1,
        title=Text(
            "規制当局のサイトなどで、回収や危険な製品を定期的に確かめて対処する",
            "Regulators' sites are looked at regularly for recalled and unsafe products, and what is found is acted on",
        ),
    ),
    Commitment(
        number=2,
        title=Text(
            "規制当局からの知らせと要請を受ける専用の窓口を置く",
            "Regulators have a point of contact of their own for notices and requests",
        ),
        runs=Text(
            "要請の受付（safety の部屋）：メール・電話・文書で受けたものを書きとめ、送り主を確かめます。",
            "The intake of requests (room safety): what came by mail, telephone or paper is written down, its sender verified.",
        ),
    ),
    Commitment(
        number=3,
        title=Text(
            "規制当局の要請を受けた出品を期限までに削除し、したことと結果を伝える",
            "What a regulator requests to be taken down is removed in time, and what was done is reported",
        ),
        runs=Text(
            "要請の受付から回答まで。期限は下のとおりで、翌営業日を1日目とします。",
            "From the intake of a request to its answer. The deadline stands below; day 1 is the next business day.",
        ),
        deadline=REQUEST_PLEDGE,
    ),
    Commitment(
        number=4,
        title=Text(
            "規制当局の求めに応じ、できる範囲で供給の経路を明らかにする",
            "On a regulator's request the supply chain is identified within reason",
        ),
    ),
    Commitment(
        number=5,
        title=Text("3と4を行うための内部の体制を整える", "There is an internal system for 3 and 4"),
        runs=Text(
            "部門ごとの手順書（/desk/reading/）と、誰が何をしたかの記録。",
            "The handbook for every department (/desk/reading/), and the record of who did what.",
        ),
    ),
    Commitment(
        number=6,
        title=Text(
            "消費者が危険を直接知らせる手段を置き、期限までに答える",
            "Consumers can tell of unsafe products directly, and are answered in time",
        ),
        runs=Text(
            "申し出の画面と、電話・文書の受付票。メーカーに尋ねていても、期限までに途中の経過を答えます。",
            "The page for reports, and sheets for telephone and paper. While a maker is asked, the consumer hears how it stands.",
        ),
        deadline=COMPLAINT_DECISION,
    ),
    Commitment(
        number=7,
        title=Text("出品者に製品の安全について知らせる", "Sellers are told about product safety"),
        runs=Text(
            "出品者へのお知らせと講座（outreach の部屋）。",
            "Announcements to sellers and courses for them (room outreach).",
        ),
    ),
    Commitment(
        number=8,
        title=Text("削除した製品の再出品を防ぐ", "What was removed is kept from being listed again"),
    ),
    Commitment(
        number=9,
        title=Text(
            "危険な製品を繰り返し出品する出品者に、規制当局とともに対処する",
            "Sellers who list unsafe products again and again are dealt with, together with regulators",
        ),
        runs=Text(
            "違反の記録と、繰り返すほど重くなる措置（enforcement の部屋）。規制当局とともに行うことは記録していません。",
            "The record of breaches, and measures that grow with repetition (room enforcement). What is done together with "
            "regulators is not recorded.",
        ),
    ),
    Commitment(
        number=10,
        title=Text(
            "回収を消費者に知らせることに協力する", "Recalls are made known to consumers together with others"
        ),
    ),
    Commitment(
        number=11,
        title=Text(
            "禁止された製品や回収中の製品の販売を防ぐ",
            "Banned and recalled products are kept from being sold",
        ),
    ),
    Commitment(
        number=12,
        title=Text(
            "危険な製品を見つける新しい技術を試す", "New technology for finding unsafe products is explored"
        ),
    ),
)
"""All twelve, in their order."""

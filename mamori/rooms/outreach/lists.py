"""What staff read in this room: campaigns, and who has not answered one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.lifecycle import CAMPAIGN
from mamori.rooms.outreach.models import WAITS, Campaign, SellerTold
from mamori.rooms.outreach.queries import CampaignShown


def campaign_rows(rows: Sequence[Campaign], hand: Hand) -> Sequence[CampaignShown]:
    """Return what the list tells of these campaigns."""
    return queries.campaigns(rows)


CAMPAIGNS: ReadingList[CampaignShown] = ReadingList(
    slug="campaigns",
    title=Text("出品者への一斉案内", "Campaigns to sellers"),
    lead=Text(
        "法律に関わることを、事業者の出品者にまとめて知らせます。新しい順です。",
        "What the law makes worth knowing is told to all sellers that are businesses. The newest first.",
    ),
    empty=Text("一斉案内はまだありません", "There is no campaign yet"),
    roles=STAFF,
    rows=lambda hand: Campaign.objects.all(),
    order=("-id",),
    read=campaign_rows,
    columns=(
        ListColumn(
            title=Text("案内", "Campaign"),
            value="title",
            to="number",
            at="outreach_staff:campaign",
            beneath=(ListColumn(title=Text("だれに", "To whom"), value="audience_text"),),
        ),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("下書き", "Drafted"), value="drafted_at", written=Written.MOMENT),
        ListColumn(title=Text("開始", "Started"), value="started_at", written=Written.MOMENT),
    ),
    filters=(by_state(CAMPAIGN),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A seller that was told and has not answered."""

    seller_ref: str
    shop: str
    told_at: datetime
    reminded_at: datetime | None


def waiting_rows(rows: Sequence[SellerTold], hand: Hand) -> list[WaitingRow]:
    """Return what the list tells of these sellers, the shops' names in one look."""
    shops = market.shop_names(row.seller_ref for row in rows)
    return [
        WaitingRow(
            seller_ref=row.seller_ref,
            shop=shops.get(row.seller_ref, ""),
            told_at=row.told_at,
            reminded_at=row.reminded_at,
        )
        for row in rows
    ]


def waiting_of(campaign: int) -> ReadingList[WaitingRow]:
    """Return the list of those who have not answered a campaign."""
    return ReadingList(
        slug=f"campaign-{campaign}-waiting",
        title=Text("返事のない出品者", "Sellers that have not answered"),
        lead=Text(
            "案内を受け取り、「読んで、表示を確かめた」をまだ押していない出品者です。知らせた順です。押さないことは、違反ではありません。",
            "Sellers that were told and have not said that they read it and checked their display, in the order in which they "
            "were told. It is no breach not to say so.",
        ),
        empty=Text("返事を待っている出品者はありません", "Nobody's word is awaited"),
        roles=STAFF,
        rows=lambda hand: SellerTold.objects.filter(WAITS, campaign=campaign),
        order=("told_at", "id"),
        read=waiting_rows,
        columns=(
            ListColumn(
                title=Text("出品者", "Seller"),
                value="shop",
                written=Written.CALLED,
                to="seller_ref",
                at="display_staff:seller",
                beneath=(
                    ListColumn(
                        title=Text("出品者の番号", "Seller's reference"),
                        value="seller_ref",
                        written=Written.CALLED,
                    ),
                ),
            ),
            ListColumn(title=Text("知らせた日時", "Told"), value="told_at", written=Written.MOMENT),
            ListColumn(
                title=Text("もう一度知らせた日時", "Told once more"),
                value="reminded_at",
                written=Written.MOMENT,
            ),
        ),
    )

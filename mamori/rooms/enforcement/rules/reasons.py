"""The declared reasons of this room's decisions: why somebody was not heard first, why nothing was done, why it ended."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


class Source(StrEnum):
    """From where a finding came."""

    CONTACT = "contact"
    DISPLAY = "display"
    STAFF = "staff"
    REPORT = "report"
    AUTHORITY = "authority"
    MARKET = "market"
    REPEAT = "repeat"


SOURCE_TEXTS = {
    Source.CONTACT: Text("購入者とのやり取りの経過", "how inquiries of buyers went"),
    Source.DISPLAY: Text("表示の確認の経過", "how the look at a display went"),
    Source.STAFF: Text("運営者の確認", "the operator's own look"),
    Source.REPORT: Text("申し出", "a report"),
    Source.AUTHORITY: Text("行政機関の要請", "an authority's request"),
    Source.MARKET: Text("通販サイトからの知らせ", "what the marketplace told"),
    Source.REPEAT: Text("期限までに直らなかったこと", "a correction that was not made in time"),
}


class Unheard(StrEnum):
    """Why a seller was not heard before the measure; it may speak afterwards."""

    DANGER = "danger"
    LAW = "law"
    FRAUD = "fraud"


UNHEARD_TEXTS = {
    Unheard.DANGER: Text(
        "人の身体に危険が及ぶおそれがあり、待てないため", "people may come to harm, and it cannot wait"
    ),
    Unheard.LAW: Text(
        "法令に基づく要請により、直ちに行う必要があるため", "a request under the law asks for it at once"
    ),
    Unheard.FRAUD: Text(
        "待つ間に被害が広がるおそれが高いため", "others would very likely lose money while it waits"
    ),
}


class Dismissed(StrEnum):
    """Why no measure was taken."""

    NO_BREACH = "no_breach"
    NOT_ESTABLISHED = "not_established"
    CURED = "cured"
    NOT_THE_SELLERS = "not_the_sellers"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return DISMISSED_TEXTS[self]


DISMISSED_TEXTS = {
    Dismissed.NO_BREACH: Text("違反には当たらないため", "it is no breach"),
    Dismissed.NOT_ESTABLISHED: Text("事実を確かめられなかったため", "it could not be established"),
    Dismissed.CURED: Text("すでに直っているため", "it has been put right"),
    Dismissed.NOT_THE_SELLERS: Text("出品者の責任ではないため", "it was not the seller's doing"),
}


class Ended(StrEnum):
    """Why a measure ended."""

    DUE = "due"
    CURED = "cured"
    UNCURED = "uncured"
    REVIEWED = "reviewed"
    APPEAL = "appeal"
    MISTAKE = "mistake"
    GONE = "gone"
    REJECTED = "rejected"
    DECIDED = "decided"
    NO_DANGER = "no_danger"


ENDED_TEXTS = {
    Ended.DUE: Text("期間が終わったため", "its time was over"),
    Ended.CURED: Text("直ったことが確かめられたため", "it was seen to be put right"),
    Ended.UNCURED: Text(
        "期限までに直らなかったため、あらためて判断するため",
        "it was not put right in time and is looked at anew",
    ),
    Ended.REVIEWED: Text("見直しの結果、続ける必要がなくなったため", "a review found it needed no longer"),
    Ended.APPEAL: Text("異議が認められたため", "the appeal was granted"),
    Ended.MISTAKE: Text("誤りがあったため", "it was a mistake"),
    Ended.GONE: Text("対象がもうないため", "what it touches is no longer there"),
    Ended.REJECTED: Text("承認されなかったため", "it was not approved"),
    Ended.DECIDED: Text("この件の判断が出たため", "the matter was decided"),
    Ended.NO_DANGER: Text(
        "責任者か法務担当が確かめ、隠しておく必要がないと判断したため",
        "a lead or counsel looked and found no need to keep it hidden",
    ),
}
REVERSING = frozenset({Ended.APPEAL, Ended.MISTAKE})
"""The reasons that make a measure as though it had never been: its points go, too."""

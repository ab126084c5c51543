"""What all sellers of a kind may be told: which law it is about, to whom it goes, and how fast mail may leave the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.businesstime import CalendarDays, EveryHours
from mamori.grammar.citation import Citation
from mamori.grammar.declaration import CountedIn, Deadline, NoticeKind, Setting, Template
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE, act


class Audience(StrEnum):
    """To which sellers it goes.  All of them are businesses: a private person is told by no campaign."""

    ALL = "all"
    LACKING = "lacking"
    UNTOLD = "untold"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _AUDIENCES[self]

    @property
    def tells_newcomers(self) -> bool:
        """Say whether who comes later, or turns out to be a business, is told as well."""
        return self is not Audience.LACKING


_AUDIENCES = {
    Audience.ALL: Text("事業者の出品者すべて", "all sellers that are businesses"),
    Audience.LACKING: Text(
        "表示に直すところがある、またはまだ書いていない事業者",
        "businesses whose display lacks something or is not written",
    ),
    Audience.UNTOLD: Text("同じ案内をまだ受け取っていない事業者", "businesses that were never told the same"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCampaign:
    """What can be told to sellers: the law it is about, the notice, the one by which it is called to mind, and a page.

    `page` is called by `page_text`: there a seller does what it is asked to.
    """

    code: str
    title: Text
    citation: Citation
    notice: Template
    reminder: Template
    page: str
    page_text: Text


ARTICLE5 = DeclaredCampaign(
    code="article5",
    title=Text(
        "情報の開示がありうることと、表示の見直し", "Disclosure is possible: look through your display"
    ),
    citation=act("5"),
    notice=Template(
        code="outreach.article5",
        kind=NoticeKind.LEGAL,
        title=Text(
            "登録の情報が購入者に開示されることがあります",
            "What is registered of you may be disclosed to a buyer",
        ),
        body=Text(
            "取引DPF法第5条により、購入者の請求が要件に当たるときは、登録されたお名前・住所などを開示することがあります。連絡がつくかぎり、その前にご意見を"
            "うかがいます。特定商取引法に基づく表示を見直し、{due}までに「運営者からの案内」のページで「読んで、表示を確かめた」を押してください。"
            "押さなくても、法律による扱いは変わりません。",
            "By article 5 of the Act on digital shopping platforms, your registered name, address and the like may be disclosed "
            "to a buyer whose request meets its conditions; you are heard first wherever you can be reached. Please look through "
            "your display under the Act on Specified Commercial Transactions, and by {due} say on the page “From the "
            "marketplace” that you have. What the law provides is the same either way.",
        ),
    ),
    reminder=Template(
        code="outreach.article5_reminder",
        kind=NoticeKind.LEGAL,
        title=Text("表示の見直しをお願いします", "Please look through your display"),
        body=Text(
            "取引DPF法第5条による開示の案内について、まだお返事がありません。特定商取引法に基づく表示を見直し、「運営者からの案内」のページで"
            "「読んで、表示を確かめた」を押してください。押さなくても、法律による扱いは変わりません。",
            "We told you of disclosure by article 5 of the Act on digital shopping platforms, and have not heard from you. "
            "Please look through your display under the Act on Specified Commercial Transactions, and say so on the page “From "
            "the marketplace”. What the law provides is the same either way.",
        ),
    ),
    page="/seller/display/",
    page_text=Text("表示のページを開く", "Open your display"),
)
CAMPAIGNS: Mapping[str, DeclaredCampaign] = {one.code: one for one in (ARTICLE5,)}


class CampaignCode(StrEnum):
    """What can be told, to be chosen by staff."""

    ARTICLE5 = ARTICLE5.code

    @property
    def text(self) -> Text:
        """Return it for people."""
        return CAMPAIGNS[self].title


OUTREACH_REMINDER = Deadline(
    code="outreach.reminder",
    title=Text(
        "案内を確かめた返事がない出品者に、もう一度知らせるまで",
        "a seller who has not said so is told once more",
    ),
    duration=CalendarDays(14),
    citation=OWN_RULE,
)
OUTREACH_HOUR = Deadline(
    code="outreach.hour",
    title=Text(
        "1時間の目安の数まで知らせたあと、続きを始めるまで",
        "telling goes on after as many were told as go out in an hour",
    ),
    duration=EveryHours(1),
    citation=OWN_RULE,
)
OUTREACH_DEADLINES = (OUTREACH_REMINDER, OUTREACH_HOUR)
OUTREACH_HOURLY = Setting(
    code="outreach.hourly",
    title=Text(
        "一斉案内で1時間に知らせる出品者のおよその数（もう一度の知らせを含む）",
        "about as many sellers as a campaign tells, or tells once more, within an hour",
    ),
    default=5_000,
    citation=OWN_RULE,
    least=20,
    most=200_000,
    unit=CountedIn.SELLERS,
)
OUTREACH_SETTINGS = (OUTREACH_HOURLY,)

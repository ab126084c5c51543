"""The headings under which the measures of the guideline are told, and which practices stand under each.

They are those of an association's slides, and not the words of the notice, which was not read.
"""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.law import duties

NOTICE_66 = Text(
    "指針（令和4年5月2日内閣府告示第66号）",
    "the guideline (Cabinet Office Public Notice No. 66 of 2 May 2022)",
)
UNREAD = Text(
    "告示第66号（指針）の本文は読んでいません。所管庁に見せる前に、告示と比べてください。",
    "The text of Public Notice 66 was not read: compare before you show this to an authority.",
)
HEADINGS_FROM = Text(
    "見出しは、業界団体が会員の取組例をまとめた資料のもので、告示の文言ではありません。",
    "The headings are those of an association's slides on what its members do, and not the words of the notice.",
)
NO_HEADING = Text("見出しのない取組み", "Practices without a heading")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineHeading:
    """A heading under one duty of the Act, and the practices that stand under it."""

    duty: str
    title: Text
    practices: tuple[str, ...]


HEADINGS = (
    GuidelineHeading(
        duty=duties.CONTACT.code,
        title=Text("販売業者等の連絡先の表示の徹底", "Seeing that sellers display how they are reached"),
        practices=("P01", "P02"),
    ),
    GuidelineHeading(
        duty=duties.CONTACT.code,
        title=Text("販売業者等への連絡ツールの提供", "A tool by which sellers are written to"),
        practices=("P03",),
    ),
    GuidelineHeading(
        duty=duties.CONTACT.code,
        title=Text(
            "連絡手段が機能しない場合の取引DPF提供者の対応",
            "What the platform does where the means of contact fail",
        ),
        practices=("P04", "P05", "P06", "P07"),
    ),
    GuidelineHeading(
        duty=duties.COMPLAINTS.code,
        title=Text("お客様からの苦情の申出の受付", "Taking in complaints of customers"),
        practices=("P08", "P09"),
    ),
    GuidelineHeading(
        duty=duties.COMPLAINTS.code,
        title=Text("関係者との連携", "Work with others concerned"),
        practices=("P10", "P11", "P12"),
    ),
    GuidelineHeading(
        duty=duties.COMPLAINTS.code,
        title=Text(
            "不適切な表示が行われた場合の対応、その他", "What is done about unfit displays, and other things"
        ),
        practices=("P13", "P14", "P15", "P16"),
    ),
    GuidelineHeading(
        duty=duties.IDENTITY.code,
        title=Text(
            "第3号に関する取組（資料に小見出しはない）",
            "Measures under item (iii) (the slides have no heading below it)",
        ),
        practices=("P17", "P18", "P19", "P20", "P21", "P22"),
    ),
    GuidelineHeading(
        duty=duties.MEASURES_SHOWN.code,
        title=Text("法第3条第2項に関する取組", "Measures under article 3(2)"),
        practices=("P23", "P24", "P25"),
    ),
    GuidelineHeading(
        duty=duties.SELLER_DISCLOSURE.code,
        title=Text("法第5条に関して想定している取組体制", "How requests under article 5 are prepared for"),
        practices=("P26", "P27", "P28", "P29", "P30"),
    ),
)

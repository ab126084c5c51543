"""Who is told by mail when a half-year is published, where requests reach the operator, when JOMC's page is looked at."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import Deadline, Setting, SettingGroup
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE

REPORT_TO = Setting(
    code="disclosure.report_to",
    title=Text(
        "公表版を出したとき、報告（PDF）をだれにメールで知らせるか（窓口の責任者・法務担当・閲覧だけの人）",
        "who is told by mail of the report (PDF) when an edition is published: leads, counsel, people of other departments",
    ),
    default="both",
    citation=OWN_RULE,
    among=("none", "lead", "counsel", "both", "readers"),
    words=(
        Text("だれにも知らせない", "nobody"),
        Text("相談窓口の責任者", "leads"),
        Text("法務担当", "counsel"),
        Text("責任者と法務担当", "leads and counsel"),
        Text(
            "責任者と法務担当と、閲覧だけの人（他部署や経営者）",
            "leads, counsel, and readers of other departments",
        ),
    ),
    group=SettingGroup.TELLING,
)
OPERATOR_MAIL = Setting(
    code="operator.mail",
    title=Text(
        "開示請求などを受け取るメールアドレス（ページに出ます）",
        "mail address for requests, such as for a seller's information (shown on pages)",
    ),
    default="",
    citation=OWN_RULE,
    most=200,
)
OPERATOR_NAME_EN = Setting(
    code="operator.name_en",
    title=Text(
        "英語のページ・メール・手紙に出す運営者の名前",
        "the operator's name on English pages, mails and letters",
    ),
    default="",
    citation=OWN_RULE,
    most=60,
)
PUBLISHING_SETTINGS = (REPORT_TO, OPERATOR_MAIL, OPERATOR_NAME_EN)


JOMC = Text("オンラインマーケットプレイス協議会（JOMC）", "Japan Online Marketplaces Consortium (JOMC)")
JOMC_TITLE = Text(
    "取引DPF法の法定指針に関する取組",
    "Measures under the statutory guideline of the Act on Digital Platforms for Shopping",
)
ITEM_HEADINGS: Mapping[str, Text] = {
    "contact": Text("出品者との連絡", "Reaching sellers"),
    "complaints": Text("苦情の申出と、表示の適正", "Complaints, and what sellers display"),
    "identity": Text("出品者の特定", "Who the sellers are"),
}
"""The duties under which measures stand there, by item of article 3(1) in their order: a subject, and no claim."""
JOMC_LOOK = Deadline(
    code="disclosure.jomc_look",
    title=Text("JOMCのページを人が見るまで", "somebody's next look at the page of JOMC"),
    duration=CalendarDays(30),
    citation=OWN_RULE,
    group=SettingGroup.TELLING,
)

"""What an operator chooses where staff sign in by their company (OpenID Connect); all of it on the server alone."""

from __future__ import annotations

from typing import Any

from mamori.grammar.declaration import CountedIn, Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE

COMPANY_NAME = Setting(
    code="people.company_name",
    title=Text(
        "サインインのボタンに出す会社の名前", "the company's name on the button by which staff sign in"
    ),
    default="",
    citation=OWN_RULE,
    most=60,
)
COMPANY_NAME_EN = Setting(
    code="people.company_name_en",
    title=Text("同じ名前の英語", "the same name in English"),
    default="",
    citation=OWN_RULE,
    most=60,
)
COMPANY_GROUPS = Setting(
    code="people.company_groups",
    title=Text(
        "会社のどの項目（クレーム）にグループが入っているか", "the claim in which the company names groups"
    ),
    default="groups",
    citation=OWN_RULE,
    most=200,
)
COMPANY_ROLES = Setting(
    code="people.company_roles",
    title=Text(
        "グループと役割の対応。上に書いたものが先（例 mamori-leads=lead; mamori-agents=agent）。"
        "空なら、役割はこの窓口で付ける",
        "which group gives which role, the first that fits (mamori-leads=lead; mamori-agents=agent); "
        "empty where roles are given here",
    ),
    default="",
    citation=OWN_RULE,
    most=4_000,
)
COMPANY_OTHERS = Setting(
    code="people.company_others",
    title=Text(
        "どのグループにも入っていない社員（reader＝閲覧だけで入れる、none＝入れない）",
        "whoever is in none of these groups (reader = comes in and only reads, none = does not come in)",
    ),
    default="reader",
    citation=OWN_RULE,
    among=("reader", "none"),
    words=(Text("閲覧だけで入れる", "comes in and only reads"), Text("入れない", "does not come in")),
)
COMPANY_ASK = Setting(
    code="people.company_ask",
    title=Text("役割がない社員に、頼む相手として示す言葉", "whom a person without a role is told to ask"),
    default="",
    citation=OWN_RULE,
    most=100,
)
COMPANY_STAY = Setting(
    code="people.company_stay",
    title=Text(
        "会社でのサインインが、ここで何時間有効か（会社で止められた人が残れる最長の時間）",
        "hours for which a sign-in at the company holds here: the longest that somebody disabled there may remain",
    ),
    default=4,
    citation=OWN_RULE,
    least=1,
    most=12,
    unit=CountedIn.HOURS,
)
COMPANY_ACR = Setting(
    code="people.company_acr",
    title=Text(
        "会社に求める確かめ方の強さ（acr の値、空白区切り。空なら問わない）",
        "how strongly the company must have proved who it is: acr values apart by blanks, empty for any",
    ),
    default="",
    citation=OWN_RULE,
    most=400,
)
COMPANY_ONLY = Setting(
    code="people.company_only",
    title=Text(
        "担当者のサインインは会社からだけにする（パスキーとパスワードでは入れない）",
        "staff sign in by the company alone, never with passkey or password",
    ),
    default=False,
    citation=OWN_RULE,
)
COMPANY_SETTINGS: tuple[Setting[Any], ...] = (
    COMPANY_NAME,
    COMPANY_NAME_EN,
    COMPANY_GROUPS,
    COMPANY_ROLES,
    COMPANY_OTHERS,
    COMPANY_ASK,
    COMPANY_STAY,
    COMPANY_ACR,
    COMPANY_ONLY,
)

"""What a seller is told: the words are declared with the law that they are about; as they were when sent; and what staff are."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.facts import NoticeFact
from mamori.law.outreach import CAMPAIGNS

TEMPLATES = tuple(template for one in CAMPAIGNS.values() for template in (one.notice, one.reminder))
ACTIVITY_DUE = Template(
    code="outreach.activity_due",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("活動の期日です", "Something about an activity is due"),
    body=Text(
        "活動（受付番号 {number}、{kind}）で、期日が来ました：{what}。"
        "デスクの「活動」の画面を開いて進めてください。期日が来ても、何も自動では終わりません。",
        "For the activity {number} ({kind}) something is due: {what}. Please open “Activities” at the desk and go on with "
        "it. Nothing ends by itself.",
    ),
)


def code_of(campaign_code: str) -> str:
    """Return what the first notice of such campaigns is called, also of those that are declared no more."""
    return f"outreach.{campaign_code}"


def sent(seller_ref: str, campaign_codes: Collection[str]) -> Mapping[str, NoticeFact]:
    """Return by what each is about the notices by which such campaigns told a seller, word by word as they were sent."""
    codes = {code_of(one) for one in campaign_codes}
    found = outbox.notices(to=f"seller:{seller_ref}", templates=codes, limit=200)
    return {one.about: one for one in found}

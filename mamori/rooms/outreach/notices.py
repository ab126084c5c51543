"""What a seller is told: the words are declared with the law that they are about; and as they were when they were sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.facts import NoticeFact
from mamori.law.outreach import CAMPAIGNS

TEMPLATES = tuple(template for one in CAMPAIGNS.values() for template in (one.notice, one.reminder))


def code_of(campaign_code: str) -> str:
    """Return what the first notice of such campaigns is called, also of those that are declared no more."""
    return f"outreach.{campaign_code}"


def sent(seller_ref: str, campaign_codes: Collection[str]) -> Mapping[str, NoticeFact]:
    """Return by what each is about the notices by which such campaigns told a seller, word by word as they were sent."""
    codes = {code_of(one) for one in campaign_codes}
    found = outbox.notices(to=f"seller:{seller_ref}", templates=codes, limit=200)
    return {one.about: one for one in found}

"""What a seller is told: the words are declared with the law that they are about."""

from __future__ import annotations

from mamori.law.outreach import CAMPAIGNS

TEMPLATES = tuple(template for one in CAMPAIGNS.values() for template in (one.notice, one.reminder))

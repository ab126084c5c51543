"""What no page may say: a place that nothing filled, a code of programs, and to everybody what was only remembered of the law."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from mamori.law.clauses import CLAUSES
from mamori.law.grounds import GROUNDS
from tests.law.remembered import unread

PUBLIC = ("", "buyer", "seller")
"""The guests of whom each may be anybody."""
WORDS = """() => {
  const all = document.body.cloneNode(true);
  all.querySelectorAll('code, pre, script, style').forEach(one => one.remove());
  return all.textContent;
}"""
ASKED_FOR = "{order}"
"""Sellers write it themselves where their usual text names the order; beside that box alone it is explained."""
_LAW = "|".join(one.code for one in (*CLAUSES, *GROUNDS) if "-" in one.code)
CODES = re.compile(rf"\b(?:staff|agent|lead|counsel|machine):[\w@.-]+|\b(?:{_LAW})\b")
"""What programs call people, clauses and grounds by."""


def unfit(words: str, *, is_public: bool) -> list[str]:
    """Name what stands in the words of a page and may not."""
    found = [f"a place that nothing fills: {one}" for one in re.findall(r"\{\w*\}", words)]
    found += [f"a code: {one}" for one in CODES.findall(words)]
    if is_public:
        found += [f"from memory: {one}" for one in sorted(unread()) if one in words]
    return found


def unfit_on(page: Page, guest: str) -> list[str]:
    """Name what stands on an open page and may not."""
    words = page.evaluate(WORDS)
    if page.url.endswith("/seller/phrases/"):
        words = words.replace(ASKED_FOR, "")
    return unfit(words, is_public=guest.partition("=")[0] in PUBLIC)

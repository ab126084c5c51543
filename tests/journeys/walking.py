"""A guest who follows every link: one page of each kind, as far as links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set as AbstractSet
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

STARTS: dict[str, tuple[str, ...]] = {
    "": ("/", "/in/", "/account/login/", "/nowhere"),
    "buyer": ("/", "/threads/", "/report/", "/ask/"),
    "seller": ("/seller/",),
    "delegate": ("/seller/",),
}
DESK = ("/desk/", "/desk/components", "/account/factors/")
OTHERS = {
    "buyer": re.compile(r"^/(?:seller|desk)\b"),
    "seller": re.compile(r"^/(?:report|ask|threads|notices|scanning|desk)\b"),
    "delegate": re.compile(r"^/(?:report|ask|threads|notices|scanning|desk)\b"),
    "agent": re.compile(r"^/(?:report|ask|threads|notices|scanning|seller)\b|^/receipts/0000"),
}
"""Doors that a guest sees the outside of, and samples: nobody's links lead in there."""
LEAVE = re.compile(r"^/(?:api|static|out|metrics|health)\b|\.(?:jsonl?|pdf|html|ndjson|txt)$|/(?:problems|papers)/")
VARIES = re.compile(
    r"(?<=/settings/)[^/]+|(?<=/receipts/)[^/]+|(?<=/reading/)[^/]+|(?<=/guide/)[^/]+|(?<=/terms/)(?!changes)[^/]+"
    r"|\d+|[0-9a-f]{8}-[0-9a-f-]{27}"
)
MOST = 200
"""No guest reaches so many kinds of pages; one who does would leave the rest unseen, and fails."""


def kind_of(path: str) -> str:
    """Return the kind of page that stands at a path: numbers, and names of what is declared, make no difference."""
    return VARIES.sub("#", urlsplit(path).path)


def starts(guest: str) -> tuple[str, ...]:
    """Return where a guest begins."""
    return STARTS.get(guest.partition("=")[0], DESK)


def walk(page: Page, guest: str, known: AbstractSet[str] = frozenset()) -> Iterator[tuple[str, Response]]:
    """Go to one page of each kind that links lead to, and yield its path and answer while it is open.

    Kinds that are known already are left out, but for those where the guest begins.
    """
    waiting, seen = list(starts(guest)), set[str]()
    role = guest.partition("=")[0]
    others = OTHERS.get(role, OTHERS["agent"] if role else None)
    while waiting:
        assert len(seen) < MOST, waiting
        path = waiting.pop(0)
        bare = urlsplit(path).path
        if kind_of(path) in seen or LEAVE.search(bare) or (others and others.search(bare)):
            continue
        seen.add(kind_of(path))
        if kind_of(path) in known and path not in starts(guest):
            continue
        if bare.endswith((".csv", ".md")):  # a file to keep, and no page
            continue
        answer = page.goto(path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield path, answer
        ways = "a[href^='/'], button[name=open][value^='/']"  # a place that stands in no menu yet is opened by a button
        links = f'[...document.querySelectorAll("{ways}")].map(a => a.getAttribute("href") ?? a.value)'
        waiting += [link for link in page.evaluate(links) if kind_of(link) not in seen]

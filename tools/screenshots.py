"""Every page as every guest sees it, wide and narrow, light and dark, in both languages: `python -m tools.screenshots`.

With `--ten` instead the pictures of the ten people, taken while their stories are tested, for the documentation.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.browser import House, built, chromium, no_browser, opened, visit
from tests.journeys.walking import kind_of, walk

ROOT = Path(__file__).parents[1]
TEN = ROOT / "docs" / "images" / "ten"
GUESTS = ("", "buyer=buyer:B-1", "seller=seller:S-1", "agent", "lead", "counsel")
WIDTHS, LIGHTS, LANGS = (390, 1280), ("light", "dark"), ("ja-JP", "en-US")

type Pages = dict[str, list[str]]


def main() -> None:
    """Build a house, walk through it as each guest, and leave the pictures in a folder."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--to", type=Path, default=ROOT / "var" / "shots")
    words.add_argument("--guest", action="append", help="buyer=buyer:B-1, agent …; all when left out")
    words.add_argument("--quick", action="store_true", help="one look only: wide, light, Japanese")
    words.add_argument(
        "--ten", action="store_true", help="the pictures of docs/explanation/ten-people.md instead"
    )
    words.add_argument(
        "--cases",
        type=int,
        default=0,
        help="so many open cases, and the pages that show them, instead of all",
    )
    asked = words.parse_args()
    if why := no_browser():
        raise SystemExit(why)
    if asked.ten:
        raise SystemExit(ten())
    looks = [(1280, "light", "ja-JP")] if asked.quick else list(product(WIDTHS, LIGHTS, LANGS))
    shutil.rmtree(asked.to, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        built(Path(scratch) / "template")
        with opened(Path(scratch) / "template", Path(scratch) / "home") as house, chromium() as browser:
            pages = at_work(house.do("crowd", str(asked.cases))) if asked.cases else None
            for guest in asked.guest or pages or GUESTS:
                for look in looks:
                    print(take(browser, house, guest, look, to=asked.to, pages=pages))


def ten() -> int:
    """Walk with the ten people and keep a picture of what they see; return 0 when all is as their stories say."""
    env = os.environ | {"MAMORI_PICTURES": str(TEN)}
    return subprocess.call([sys.executable, "-m", "pytest", "tests/journeys/people"], cwd=ROOT, env=env)


def at_work(cases: list[dict[str, str]]) -> Pages:
    """Return the pages of a busy desk by who opens them: the lists, and a case in danger, with an offer, late, and new."""
    offered = cases[-2]
    shown = [cases[0], offered, cases[6], cases[-3]]
    staff = ["/desk/", *(f"/desk/cases/{one['number']}/" for one in shown)]
    return {
        "agent": staff,
        "lead": ["/desk/today/", *staff],
        "counsel": ["/desk/today/", *staff],
        f"buyer={offered['buyer']}": ["/", f"/threads/{offered['number']}/"],
        f"seller={offered['seller']}": ["/seller/", f"/seller/threads/{offered['number']}/"],
    }


def take(
    browser: Browser, house: House, guest: str, look: tuple[int, str, str], *, to: Path, pages: Pages | None
) -> str:
    """Take a picture of each of the pages, or of each kind of page that a guest reaches; say how many."""
    wide, light, locale = look
    size = {"width": wide, "height": 900}
    window = visit(browser, house, guest, color_scheme=light, locale=locale, viewport=size)
    page, count = window.new_page(), 0
    who = guest.partition("=")[0] or "anybody"
    folder = to / who / f"{wide}-{light}-{locale[:2]}"
    folder.mkdir(parents=True, exist_ok=True)
    for path in pages.get(guest, ()) if pages else (path for path, _ in walk(page, guest)):
        if pages:
            page.goto(path)
        name = (
            re.sub(r"[^a-z0-9#]+", "-", path if pages else kind_of(path)).strip("-").replace("#", "n")
            or "home"
        )
        page.screenshot(path=folder / f"{name}.png", full_page=True)
        count += 1
    window.close()
    return f"{folder}: {count}"


if __name__ == "__main__":
    main()

"""A first lead brings a fresh house to "ready" at the desk, counted in loads, keys and clicks: 25 minutes at the most."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.browser import ROOT, House, axe, house_env, opened, read, too_wide
from tests.journeys.counting import Mouse, loads_of
from tests.ports import free_port
from trials.scratch import loaded

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes
PAGE = "/desk/first/"
A_LOAD, A_CLICK, A_KEY = 2.0, 1.0, 0.3
"""Seconds, as an estimate for somebody who reads nothing twice."""
TYPED = {
    "operator.name/": "守り市場",
    "operator.name_en/": "Mamori Market",
    "operator.phone/": "03-1111-2222",
    "operator.address/": "〒100-0001 東京都千代田区千代田1-1",
    "operator.shop/": "https://shop.example.jp/",
    "operator.colour/": "#0b57d0",
    "contact.telecom_number/": "A-12-34567",
}
ASIDE = {
    "ウイルス検査": "来週、サーバーの担当が入れる",
    "控えを": "控えは親会社の仕組みで取る",
    "出品者か注文": "来週、取り込む",
    "表示を直さない": "知らせてから押す",
}


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a house in which nothing stands but its tables, with a mail server that takes all."""
    place = tmp_path_factory.mktemp("fresh")
    command = loaded("-m", "mamori.site", "setup")
    subprocess.run(command, cwd=ROOT, env=house_env(place / "home"), check=True, stdout=subprocess.DEVNULL)
    mail = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    mail.start()
    way = {
        "MAMORI_MAIL": f"smtp://127.0.0.1:{mail.port}?tls=none",
        "MAMORI_MAIL_FROM": "centre@example.jp",
    }
    try:
        with opened(place / "home", place / "copy", **way) as house:
            yield house
    finally:
        mail.stop()


class Person:
    """Somebody at the desk of whom it is counted what they load, click and type."""

    def __init__(self, page: Page) -> None:
        self.page, self.mouse, self.keys, self.loads = page, Mouse(), 0, loads_of(page)

    def press(self, what: Locator) -> None:
        """Click on what leads to another page."""
        with self.page.expect_navigation():
            self.mouse.click(what)
        read(self.page)

    def type(self, where: Locator, words: str) -> None:
        """Go into a field and type; what is typed by a Japanese keyboard takes two keys a letter."""
        self.mouse.click(where)
        where.fill(words)
        self.keys += sum(1 if letter.isascii() else 2 for letter in words)

    def go_first(self) -> None:
        """Open the page by the menu."""
        self.mouse.click(self.page.locator("#menu summary", has_text="整える"))
        self.press(self.page.locator(f"#menu a[href='{PAGE}']"))

    @property
    def minutes(self) -> float:
        """Return what it costs them, as an estimate."""
        return (len(self.loads) * A_LOAD + self.mouse.count * A_CLICK + self.keys * A_KEY) / 60

    @property
    def told(self) -> str:
        """Say it."""
        counted = f"loads: {len(self.loads)}, clicks: {self.mouse.count}, keys: {self.keys}"
        return f"{counted}, {self.minutes:.1f} minutes"


def mend(lead: Person, logo: Path) -> bool:
    """Mend the first line that nobody mended yet, or put it aside; say whether there was one."""
    rows = lead.page.locator("main > ul.list > li")
    lines = [rows.nth(place) for place in range(rows.count())]
    for row in lines:
        link, words = row.get_by_role("link", name="直す"), row.inner_text()
        place = (link.get_attribute("href") or "") if link.count() else ""
        setting = place.removeprefix("/desk/settings/")
        if setting in TYPED:
            lead.press(link)
            lead.type(lead.page.locator("[name=value]"), TYPED[setting])
            lead.press(lead.page.get_by_role("button", name="変更する"))
            lead.go_first()
        elif place == "/desk/settings/logo/":
            lead.press(link)
            lead.page.locator("[name=picture]").set_input_files(logo)
            lead.mouse.count += 3  # opens what the browser asks by, chooses, and says yes
            lead.press(lead.page.get_by_role("button", name="このロゴを出す"))
            assert axe(lead.page) == [] == too_wide(lead.page)
            lead.press(lead.page.get_by_role("link", name="はじめに整えること").first)
        elif reason := next((why for what, why in ASIDE.items() if what in words), ""):
            lead.press(row.get_by_role("link", name="このままとする"))
            lead.type(lead.page.locator("[name=reason]"), reason)
            lead.press(lead.page.locator("main form button"))
        else:
            continue
        return True
    return False


def test_a_first_lead_brings_a_fresh_house_to_ready_in_twenty_five_minutes(
    guest: Visit, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.png"
    picture(logo)
    counsel = Person(guest("counsel").new_page())
    lead = Person(guest("lead").new_page())
    lead.page.goto("/desk/")
    lead.press(lead.page.get_by_role("link", name="はじめに整えることが残っています"))

    lead.press(lead.page.get_by_role("button", name="自分に1通送る"))
    expect(lead.page.locator("#mail ~ p[role=status]")).to_contain_text("受け取られました")
    lead.press(lead.page.locator("main a[href='/desk/terms/patterns/']").first)
    for box in lead.page.locator("[name=clauses]").all():
        lead.mouse.click(box)
    lead.press(lead.page.get_by_role("button", name="公表を申請する"))
    counsel.page.goto("/desk/terms/")
    counsel.press(counsel.page.get_by_role("link", name="号を読む"))
    counsel.press(counsel.page.get_by_role("link", name="承認・却下へ進む"))
    counsel.press(counsel.page.get_by_role("button", name="承認する"))
    lead.go_first()
    while mend(lead, logo):
        pass

    print(f"lead: {lead.told}; second person: {counsel.told}")
    expect(lead.page.get_by_role("status").first).to_contain_text("整いました")

    assert len(counsel.loads) <= 4  # one visit
    assert lead.minutes + counsel.minutes <= 25
    assert lead.minutes <= 6
    anybody = guest().new_page()
    anybody.goto("/")
    expect(anybody.locator("header img.logo")).to_be_visible()
    assert anybody.locator("header img.logo").evaluate("one => one.naturalWidth") > 0
    expect(anybody.get_by_role("link", name="通販サイトに戻る")).to_have_attribute(
        "href", "https://shop.example.jp/"
    )


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
@pytest.mark.parametrize("width", [390, 1280])
def test_logo_and_list_are_readable_in_any_light_language_and_width(
    guest: Visit, width: int, locale: str, light: str
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "locale": locale, "color_scheme": light}

    for who, paths in (("lead", (PAGE, "/desk/settings/logo/")), ("", ("/",))):
        page = guest(who, **look).new_page()
        for path in paths:
            page.goto(path)
            assert axe(page) == [] == too_wide(page), path


def picture(where: Path) -> None:
    """Draw a mark on nothing, as a shop's logo is kept."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((10, 10, 190, 190), fill="#0b57d0")
    pen.rectangle((220, 70, 580, 130), fill="#1a1a1a")
    image.save(where)

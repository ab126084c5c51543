"""Scripts stored in every field by every role, looked at on every page by everybody, with no policy to save us: none runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys import payloads
from tests.journeys.browser import ROOT, House, house_env, opened, read
from tests.journeys.walking import kind_of, walk
from trials.scratch import loaded

pytestmark = pytest.mark.processes

LEAST_PAGES = 250
LEAST_PAIRS = 9_000
"""So many payloads were seen, each counted once a page: fewer would prove little."""
_WORDS = """
seller.name seller.person seller.mail seller.phone seller.address seller.hours seller.returns
buyer.name buyer.mail buyer.phone buyer.address listing operator phone account delegate file
said acknowledged answered unsolved asked view typed
note handover look contact refusal solution claim hold proposal
"""
FIELDS = frozenset(_WORDS.split())
"""Every field that anybody shows; a listing's code and the sender's address on letters stand on no page."""
FOREIGN = """() => {
  const bad = [];
  const runs = /^(?:javascript|vbscript|data):/i;
  for (const el of document.querySelectorAll("*")) {
    const name = el.localName, start = el.outerHTML.slice(0, 120);
    const src = el.getAttribute("src") || "";
    if (name === "script" && !src.startsWith("/static/") && el.type !== "application/json") bad.push(start);
    if (["base", "object", "embed", "marquee", "math", "frame", "image", "xmp", "plaintext"].includes(name)) bad.push(start);
    if (name === "iframe" && (el.hasAttribute("srcdoc") || !src.startsWith("/"))) bad.push(start);
    if (name === "meta" && /refresh/i.test(el.httpEquiv)) bad.push(start);
    if (name === "link" && !(el.getAttribute("href") || "").startsWith("/")) bad.push(start);
    for (const {name: what, value} of el.attributes) {
      if (/^on/i.test(what)) bad.push(start);
      if (/(?:^|:)(?:href|src|action|formaction|data)$/i.test(what) && runs.test(value.replace(/[\\0-\\x20]/g, "")))
        bad.push(start);
    }
  }
  return bad;
}"""
"""What no page of ours has, and what a payload would have become."""
MARK, FIELD = re.compile(r"zq(\d+)z"), re.compile(r"zf[:-]([a-z.]+)[:-]")
OPERATORS = {"lead", "agent", "counsel"}


@dataclass
class Looked:
    """What was seen on the pages, and what should not have been."""

    origin: str
    pages: int = 0
    pairs: int = 0
    marks: set[int] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    ran: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> Page:
        """Open a page in which a script that runs is noticed, whatever it does."""
        context.expose_binding(
            "hit", lambda source, number: self.ran.append(f"hit {number}: {source['page'].url}")
        )
        page = context.new_page()
        page.on(
            "dialog",
            lambda dialog: (self.ran.append(f"dialog {dialog.message}: {page.url}"), dialog.dismiss()),
        )
        page.on(
            "response",
            lambda answer: answer.status >= 500 and self.failed.append(f"{answer.status} {answer.url}"),
        )
        page.on("request", lambda asked: self._elsewhere(asked.url))
        return page

    def at(self, page: Page) -> None:
        """Look at the page that is open."""
        html = read(page).content()
        marks = {int(number) for number in MARK.findall(html)}
        self.pages += 1
        self.pairs += len(marks)
        self.marks |= marks
        self.fields |= set(FIELD.findall(html))
        self.foreign += [f"{page.url}: {found}" for found in page.evaluate(FOREIGN)]
        if payloads.SQUARE in html:
            self.ran.append(f"computed: {page.url}")

    def go(self, page: Page, paths: Iterable[str]) -> None:
        """Open each page and look at it."""
        for path in paths:
            page.goto(path)
            self.at(page)

    def _elsewhere(self, url: str) -> None:
        if not url.startswith((self.origin, "data:", "blob:", "about:")):
            self.ran.append(f"asked elsewhere: {url}")


@dataclass(frozen=True, slots=True)
class Scene:
    """A poisoned house, and who and what is in it."""

    home: Path
    world: dict[str, Any]
    poisoned: dict[str, Any]
    env: dict[str, str]


@pytest.fixture(scope="module")
def scene(template: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Fill every field of a copied house."""
    home = tmp_path_factory.mktemp("poisoned") / "home"
    shutil.copytree(template[0], home)
    more = {"MAMORI_DEMO": "1", "MAMORI_MAIL": f"folder://{home / 'mail'}"}
    done = subprocess.run(
        loaded("-m", "tests.journeys.poison"),
        cwd=ROOT,
        env=house_env(home, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Scene(home, template[1], json.loads(done.stdout.splitlines()[-1]), more)


@contextmanager
def looking(browser: Browser, scene: Scene, home: Path, **more: str) -> Iterator[tuple[House, Page, Looked]]:
    """Serve the poisoned house and open a browser that obeys no policy."""
    with opened(scene.home, home, **scene.env, **more) as house:
        context = browser.new_context(base_url=house.origin, bypass_csp=True, locale="ja-JP")
        looked = Looked(house.origin)
        yield house, looked.listen(context), looked
        context.close()


class Guests:
    """Everybody who looks: let in all at once, as each process that lets somebody in takes its time."""

    def __init__(self, house: House, scene: Scene) -> None:
        self.house = house
        first = scene.poisoned["sellers"][0]
        self.names = ["seller=seller:S-1", f"delegate=seller:{first}/d0", *sorted(OPERATORS)]
        self.names += [f"buyer=buyer:{ref}" for ref in scene.poisoned["buyers"]]
        self.names += [f"seller=seller:{ref}" for ref in scene.poisoned["sellers"]]
        self.found: dict[str, dict[str, str]] = house.do("let_in", *self.names)

    def enter(self, page: Page, guest: str) -> None:
        """Let the page be the guest's."""
        page.context.clear_cookies()
        cookies = self.found[guest].items() if guest else ()
        page.context.add_cookies([{"name": n, "value": v, "url": self.house.origin} for n, v in cookies])


def test_nothing_that_anybody_stored_runs_on_any_page(browser: Browser, scene: Scene, tmp_path: Path) -> None:
    with looking(browser, scene, tmp_path / "home") as (house, page, looked):
        guests = Guests(house, scene)

        _everybody_walks(guests, page, looked, scene)
        _each_side_reads(guests, page, looked, scene)
        _staff_look(guests, page, looked, scene)
        _mails_are_opened(guests, page, looked)
        _forms_give_back_what_was_typed(guests, page, looked)

    print(f"{looked.pages} pages, {looked.pairs} payloads on them, {len(looked.marks)} different")
    assert looked.ran == []
    assert looked.foreign == []
    assert looked.failed == []
    assert looked.marks >= set(range(len(payloads.EVERY)))
    assert looked.fields >= FIELDS, FIELDS - looked.fields
    assert looked.pages >= LEAST_PAGES
    assert looked.pairs >= LEAST_PAIRS


def _everybody_walks(guests: Guests, page: Page, looked: Looked, scene: Scene) -> None:
    first = scene.poisoned["buyers"][0], scene.poisoned["sellers"][0]
    seller, delegate, *staff = guests.names[:5]
    sides = ([""], [f"buyer=buyer:{first[0]}"], [f"seller=seller:{first[1]}", seller, delegate], staff[::-1])
    for (
        side
    ) in sides:  # a page of one side has the same templates for each of it: one of each kind is looked at
        known: set[str] = set()
        for guest in side:
            guests.enter(page, guest)
            for path, _ in walk(page, guest, known):
                looked.at(page)
                known.add(kind_of(path))


def _each_side_reads(guests: Guests, page: Page, looked: Looked, scene: Scene) -> None:
    where = scene.poisoned
    for place, (case, question) in enumerate(zip(where["cases"], where["questions"], strict=True)):
        guests.enter(page, f"buyer=buyer:{where['buyers'][place]}")
        ask = f"/ask/?listing={quote(where['listings'][place], safe='')}"
        report = f"/report/?order={quote(where['orders'][place], safe='')}"
        looked.go(page, ["/threads/", f"/threads/{case}/", f"/threads/{question}/", report, ask])
        guests.enter(page, f"seller=seller:{where['sellers'][place]}")
        looked.go(page, ["/seller/", f"/seller/threads/{case}/", f"/seller/threads/{question}/"])


def _staff_look(guests: Guests, page: Page, looked: Looked, scene: Scene) -> None:
    guests.enter(page, "lead")
    looked.go(page, [f"/desk/?view={view}" for view in ("all", "flagged", "mine", "closed")])
    for case in scene.poisoned["cases"][:5]:
        looked.go(page, [f"/desk/cases/{case}/", f"/desk/cases/{case}/hand-over/"])
        forms = "[...document.querySelectorAll('form[action*=\"/contact/look/\"]')]"
        looks = f"{forms}.map(f => f.getAttribute('action'))"
        page.goto(f"/desk/cases/{case}/")
        looked.go(page, page.evaluate(looks)[:1])
        for whose in ("buyer", "seller"):
            page.goto(f"/desk/cases/{case}/contact/details/{whose}/")
            page.locator("#details form button").click()
            page.locator("#details [role=status]").wait_for()
            looked.at(page)
    page.goto(f"/desk/cases/{scene.poisoned['cases'][0]}/contact/words/")
    page.locator("#words textarea").fill("x")
    page.locator("#words form[method=post]:has(textarea) button").click()
    page.locator("#words [role=status]").wait_for()
    looked.at(page)
    recovery = scene.world["recovery_case"]
    looked.go(page, [f"/desk/cases/{recovery}/"])
    for text in payloads.chunks(90):
        looked.go(page, [f"/desk/search/?q={quote(text)}"])
    for ref in (*scene.poisoned["orders"], *scene.poisoned["sellers"]):
        looked.go(page, [f"/desk/search/?q={quote(ref)}"])


def _mails_are_opened(guests: Guests, page: Page, looked: Looked) -> None:
    guests.enter(page, "")
    looked.go(page, ["/inbox/"])
    mails: list[str] = page.evaluate(
        "[...document.querySelectorAll('.mails a')].map(a => a.getAttribute('href'))"
    )
    assert len(mails) > 20
    looked.go(page, (f"{mail}{part}" for mail in mails[:30] for part in ("", "html")))


def _forms_give_back_what_was_typed(guests: Guests, page: Page, looked: Looked) -> None:
    """What is refused stands in the form again; what lies nowhere is named by nobody."""
    text = f"zf:typed: {payloads.chunks(470)[0]}"
    forms = (
        ("lead", "/desk/holds/"),
        ("lead", "/desk/erasing/"),
        ("lead", "/desk/settings/operator.phone/"),
        ("", "/in/"),
        ("", "/find/"),
    )
    forms += (("lead", "/desk/people/add/"), (guests.names[0], "/seller/delegates/"), ("", "/account/login/"))
    for guest, path in forms:
        guests.enter(page, guest)
        page.goto(path)
        for box in page.locator(
            "main input:not([type=radio], [type=checkbox], [type=hidden], [type=file], [type=number]), main textarea"
        ).all():
            if box.is_visible():
                box.fill(text[: int(box.get_attribute("maxlength") or len(text))].replace("\n", " "))
        page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
        button = page.locator("main form button:visible").last
        if button.count():
            button.click()
        looked.at(page)
    for number in range(0, len(payloads.EVERY), 13):
        bad = quote(payloads.armed(number), safe="")
        looked.go(page, (f"/{bad}", f"/?done={bad}", f"/problems/{bad}", f"/receipts/{bad}/", f"/in/{bad}"))


IN_TITLE = payloads.EVERY.index("</title><script>hit(@)</script>")
PLANTED = {
    "contact/messages.html": "{{ message.words }}",
    "desk/case.html": "{{ entry.reason }}",
    "desk/search.html": "{{ q }}",
}
"""Templates that will not escape: what parties wrote, what staff wrote, and what stands in the address."""


def test_a_template_that_does_not_escape_is_caught(browser: Browser, scene: Scene, tmp_path: Path) -> None:
    for name, words in PLANTED.items():
        [source] = (ROOT / "mamori").rglob(f"templates/{name}")
        whole = source.read_text("utf-8")
        assert words in whole
        planted = scene.home / "planted" / name
        planted.parent.mkdir(parents=True, exist_ok=True)
        planted.write_text(whole.replace(words, words.replace(" }}", "|safe }}")), "utf-8")
    case, buyer = scene.poisoned["cases"][0], f"buyer=buyer:{scene.poisoned['buyers'][0]}"

    with looking(
        browser, scene, tmp_path / "home", DJANGO_SETTINGS_MODULE="tests.journeys.planted"
    ) as house_open:
        house, page, looked = house_open
        guests, caught = Guests(house, scene), {}
        for guest, path in (
            (buyer, f"/threads/{case}/"),
            ("lead", f"/desk/cases/{case}/"),
            ("lead", f"/desk/search/?q={quote(payloads.armed(IN_TITLE))}"),
        ):
            guests.enter(page, guest)
            looked.go(page, [path])
            caught[path] = bool(looked.ran), bool(looked.foreign)
            looked.ran.clear()
            looked.foreign.clear()

    assert set(caught.values()) == {(True, True)}, caught

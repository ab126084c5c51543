"""What is taken away of an order: a PDF/A-3 with its data and receipts, which the one-file verifier proves, or refutes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.db import transaction

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger, facts as log
from mamori.ground.market import actions as market, facts
from mamori.ground.market.actions import Item, ListingLine, OrderLine, ScreenLine
from mamori.ground.post import letters
from mamori.rooms.display.actions import displays, matter as versions
from mamori.rooms.display.bundle.queries import bundle
from mamori.rooms.display.bundle.rules import ProofReach
from mamori.rooms.display.models import Content
from mamori.rooms.display.queries.versions import stored_content
from mamori.rooms.display.tests.conftest import display, ordered
from verifier import mamori_verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
BUYERS = "/displays/orders/O-1/?format=pdf"
STAFFS = "/desk/displays/orders/O-1/?format=pdf"
NOW = datetime.now(UTC)
SCREEN = "<p>鍋 1点 8,000円 買手 様 東京都千代田区架空町1-1 注文を確定する</p>"


@dataclass(frozen=True)
class Taken:
    """A bundle that was taken away: the PDF, its words, and its two files."""

    pdf: bytes
    words: str
    seen: str
    receipts: str


def actor(by: str, role: Role, days: int = 0) -> Actor:
    return Actor(by=by, role=role, at=NOW - timedelta(days=days), via="test")


def write(*, days: int, ref: str = "S-1", **said: str) -> None:
    displays.write_display(actor(f"seller:{ref}", Role.SELLER, days), seller_ref=ref, told=display(**said))


def shop(days: int = 0) -> Actor:
    return actor("machine:test", Role.MACHINE, days)


def order(*, days: int = 3, seller: str = "S-1", ref: str = "O-1") -> None:
    ordered(shop(days), ref, seller, NOW - timedelta(days=days))
    ledger.sequence(at=NOW)


def tell_order(*, seen: int, now: int) -> None:
    """Let the marketplace tell an order, and how many days ago its buyer saw what it ordered."""
    line = OrderLine(
        ref="O-1",
        buyer="B-1",
        seller="S-1",
        amount=8_000,
        ordered_at=NOW - timedelta(days=now),
        seen_at=NOW - timedelta(days=seen),
        items=(Item(listing="L-1", price=8_000),),
    )
    market.put_order(shop(), line)
    ledger.sequence(at=NOW)


def take(enter: Enter, role: Role = Role.BUYER, who: str = "buyer:B-1", path: str = BUYERS) -> Taken:
    answer = enter(role, who).get(path, secure=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(answer.content)
    files = {
        each.get_name(): bytes(each.get_data()).decode()
        for each in (document.get_attachment(place) for place in range(document.count_attachments()))
    }
    words = "".join(page.get_textpage().get_text_range() for page in document)
    assert set(files) == {"seen.json", "receipts.json"}
    return Taken(answer.content, words.replace("\u200b", ""), files["seen.json"], files["receipts.json"])


def verify(folder: Path, receipts: str, seen: str, *more: str) -> int:
    (folder / "receipts.json").write_text(receipts)
    (folder / "seen.json").write_text(seen)
    told = [str(folder / "receipts.json"), "--seen", str(folder / "seen.json"), "--key", log.key(), *more]
    return mamori_verify.main(told)


def test_it_is_a_pdf_a_3_that_says_what_was_shown_and_holds_the_data(enter: Enter) -> None:
    write(days=5, text="お店の文章です。")
    order()
    write(days=0, shipping="全国一律 900円")

    taken = take(enter)

    assert b"<pdfaid:part>3</pdfaid:part>" in taken.pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in taken.pdf
    assert all(
        said in taken.words
        for said in ("O-1", "S-1", "全国一律 800円", "全国一律 900円", "お店の文章です。", "mamori_verify.py")
    )
    seen = json.loads(taken.seen)
    assert seen["display"]["content"]["text"] == "お店の文章です。"
    assert (seen["order"]["ref"], seen["now"]["version"], seen["screen"]) == ("O-1", 2, None)


def test_the_verifier_proves_time_and_content_and_says_so(
    enter: Enter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(days=5)
    order()
    taken = take(enter)

    assert verify(tmp_path, taken.receipts, taken.seen) == 0

    said = capsys.readouterr().out
    assert "表示の中身は、記録されたとおりです" in said
    assert "Not proved" in said
    assert "faults" not in taken.receipts
    assert "seller:S-1/" not in taken.receipts
    assert {one["of"] for one in json.loads(taken.receipts)["receipts"]} == {"display", "order"}


def test_its_two_files_alone_are_proved_on_either_engine(tmp_path: Path) -> None:
    write(days=5)
    order()
    found = facts.order("O-1")
    assert found is not None

    made = bundle(found, at=NOW, with_screen=True)

    assert made is not None
    assert made.bound[0].proof is ProofReach.CONTENT
    assert verify(tmp_path, made.receipts, made.seen) == 0
    assert verify(tmp_path, made.receipts, made.seen.replace("800円", "100円")) == 1


def test_each_planted_fault_is_found(enter: Enter, tmp_path: Path) -> None:
    write(days=5)
    order()
    taken = take(enter)
    changed = taken.seen.replace("全国一律 800円", "全国一律 100円")
    hidden = taken.receipts.replace(_digest(taken.seen), _digest(changed))
    swapped = json.loads(taken.receipts)
    first, second = swapped["receipts"]
    first["receipt"], second["receipt"] = second["receipt"], first["receipt"]

    assert verify(tmp_path, taken.receipts, changed) == 1
    assert verify(tmp_path, hidden, changed) == 1
    assert verify(tmp_path, json.dumps(swapped, ensure_ascii=False), taken.seen) == 1
    assert verify(tmp_path, taken.receipts, taken.seen) == 0


def test_the_display_of_another_version_or_shop_does_not_pass_for_this(enter: Enter, tmp_path: Path) -> None:
    write(days=5)
    write(days=5, ref="S-2", shipping="無料")
    order()
    order(seller="S-2", ref="O-2")
    one, other = take(enter), take(enter, path="/displays/orders/O-2/?format=pdf")
    mixed, strange = json.loads(one.receipts), json.loads(other.receipts)
    mixed["receipts"][0] = strange["receipts"][0]

    assert verify(tmp_path, json.dumps(mixed, ensure_ascii=False), one.seen) == 1
    assert verify(tmp_path, one.receipts, other.seen) == 1


def _digest(text: str) -> str:
    return mamori_verify.sha(text.encode()).hex()


def test_a_display_that_was_kept_without_salt_is_proved_in_time_only(
    enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(versions, "_salted", lambda plain: plain)
        write(days=5)
    order()

    taken = take(enter)

    assert "この版は、中身を確かめるための値を持たない形で記録されました" in taken.words
    assert '"content": null' in taken.receipts
    assert verify(tmp_path, taken.receipts, taken.seen) == 0


def test_the_screen_is_in_the_buyers_copy_alone(enter: Enter) -> None:
    write(days=5)
    order()
    market.put_screen(shop(), ScreenLine(ref="O-1", text=SCREEN))
    ledger.sequence(at=NOW)

    buyer = take(enter)
    seller = take(enter, Role.SELLER, "seller:S-1")
    staff = take(enter, Role.AGENT, "", STAFFS)

    assert "架空町1-1" in buyer.words
    assert json.loads(buyer.seen)["screen"]["text"] == SCREEN
    assert all("架空町" not in one.words + one.seen for one in (seller, staff))
    assert {one["of"] for one in json.loads(seller.receipts)["receipts"]} == {"display", "order", "screen"}


def test_what_waits_for_its_place_is_said_to_wait(enter: Enter, tmp_path: Path) -> None:
    write(days=5)
    ordered(shop(3), "O-1", "S-1", NOW - timedelta(days=3))

    taken = take(enter)

    assert "まだ証明がない" in taken.words
    assert verify(tmp_path, taken.receipts, taken.seen) == 2


def test_goods_are_as_they_were_said_to_be_when_they_were_ordered_beside_what_they_are_now(
    enter: Enter,
) -> None:
    write(days=5)
    order()
    market.put_listing(shop(), ListingLine(ref="L-1", seller="S-1", name="鍋（大）", price=9_000))

    taken = take(enter)

    assert all(said in taken.words for said in ("8,000円", "鍋（大）", "9,000円"))
    [goods] = json.loads(taken.seen)["goods"]
    assert goods["then"]["content"] == {"name": "鍋", "price": 8_000}
    assert goods["now"] == {"name": "鍋（大）", "price": 9_000}


def test_of_goods_that_were_told_later_it_says_that_nothing_was_kept(enter: Enter) -> None:
    write(days=5)
    order(days=3, ref="O-0")
    tell_order(seen=4, now=1)

    taken = take(enter)

    assert "注文したときの情報は残していません" in taken.words
    assert json.loads(taken.seen)["goods"][0]["then"] is None


def test_which_versions_were_seen_is_told_with_the_order(enter: Enter) -> None:
    write(days=5, shipping="全国一律 700円")
    order(days=4, ref="O-0")
    write(days=2, shipping="全国一律 900円")
    market.put_listing(shop(2), ListingLine(ref="L-1", seller="S-1", name="鍋（大）", price=9_000))
    tell_order(seen=3, now=1)

    taken = take(enter)
    page = enter(Role.BUYER, "buyer:B-1").get("/displays/orders/O-1/", secure=True).content.decode()

    told = json.loads(taken.seen)
    assert told["display"]["version"] == 1
    assert told["goods"][0]["then"]["content"]["name"] == "鍋"
    assert "見た時刻" in taken.words
    assert "通販サイトが伝えた閲覧の時刻" in page
    assert "鍋（大）" in page


HOSTILE = (
    '<script>alert(1)</script> #panic("x") #read("/etc/passwd") $x^2$ *bold* _it_ `raw` @ref <label> \\ ] } #eval("1")',
    "W" * 900,
    "絵文字 😀👨\u200d👩\u200d👧 𠮷野家 髙橋 ᠮᠣᠩᠭᠣᠯ สวัสดี עברית \u202eabc\ufeff\ue000 ㈱ か\u3099",
)


@pytest.mark.parametrize("said", HOSTILE)
def test_whatever_a_seller_wrote_is_set_as_text(enter: Enter, said: str) -> None:
    write(days=5, shipping=said, text=said)
    order()

    taken = take(enter)

    assert json.loads(taken.seen)["display"]["content"]["text"] == said
    assert "".join(taken.words.split()).count("".join(said.split())[:20]) >= 2 or "絵文字" in said
    assert "𠮷野家" in taken.words or "𠮷" not in said


def test_forty_thousand_signs_are_set_and_all_of_them_attached(enter: Enter) -> None:
    text = "送料は全国一律八百円です。返品は八日以内。\n" * 1_900
    write(days=5, text=text[:40_000])
    order()
    write(days=0, text="短い文章")

    taken = take(enter)

    assert "続きは seen.json にあります" in taken.words
    assert json.loads(taken.seen)["display"]["content"]["text"] == text[:40_000].strip()


@pytest.mark.parametrize(
    ("role", "who", "path"),
    [
        (Role.BUYER, "buyer:B-2", BUYERS),
        (Role.SELLER, "seller:EVE", BUYERS),
        (Role.SELLER, "seller:S-2", BUYERS),
        (Role.BUYER, "buyer:B-1", "/displays/orders/O-9/?format=pdf"),
    ],
)
def test_nobody_else_gets_it(enter: Enter, role: Role, who: str, path: str) -> None:
    write(days=5)
    order()

    assert enter(role, who).get(path, secure=True).status_code == 404


def test_there_is_none_of_a_private_person_and_none_from_before_the_first_version(enter: Enter) -> None:
    write(days=5, ref="S-3")
    order(seller="S-3")
    write(days=1)
    order(ref="O-2")
    client = enter(Role.BUYER, "buyer:B-1")

    private = client.get(BUYERS, secure=True)
    older = client.get("/displays/orders/O-2/?format=pdf", secure=True)

    assert (private.status_code, older.status_code) == (404, 404)
    assert "最初の表示より前" in older.content.decode()


def test_with_its_seller_all_goes_by_which_a_guess_could_be_confirmed(enter: Enter) -> None:
    write(days=5)
    order()
    salt = _salt()

    with transaction.atomic():
        ledger.shred(actor("counsel:1", Role.COUNSEL), subject="seller:S-1", reason="asked")

    assert len(salt) == 64
    assert _salt() == ""
    assert all(one.content is None for one in log.acts_about("display.display:S-1"))
    assert enter(Role.BUYER, "buyer:B-1").get(BUYERS, secure=True).status_code == 404


def _salt() -> str:
    found = stored_content(Content.objects.get())
    return found.salt if found else ""


def test_the_same_content_has_one_salt_and_each_version_an_act_of_its_own(
    enter: Enter, tmp_path: Path
) -> None:
    write(days=9)
    write(days=8, shipping="全国一律 900円")
    write(days=7)
    order()
    taken = take(enter)

    assert Content.objects.count() == 2
    assert json.loads(taken.seen)["display"]["version"] == 3
    assert verify(tmp_path, taken.receipts, taken.seen) == 0


def test_without_the_extra_it_is_said_what_is_missing(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    write(days=5)
    order()

    def absent() -> None:
        raise letters.TypstMissing

    monkeypatch.setattr(letters, "_typst", absent)
    answer = enter(Role.BUYER, "buyer:B-1").get(BUYERS, secure=True)

    assert answer.status_code == 424
    assert "--extra letters" in answer.content.decode()


def test_the_page_leads_to_it(enter: Enter) -> None:
    write(days=5)
    order()

    page = enter(Role.BUYER, "buyer:B-1").get("/displays/orders/O-1/", secure=True).content.decode()

    assert '<a href="?format=pdf">控えを保存する（PDF）</a>' in page

"""A receipt is checked in the reader's own browser: what holds is proved, what was changed is refuted, as the verifier says."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.browser import axe
from tests.journeys.conftest import Visit
from verifier import mamori_verify as verifier

pytestmark = pytest.mark.processes
ONLY_LOOKS = True

BUYER = "buyer=buyer:B-1"
VERIFY = """async ([texts, key]) => {
  const { Refuted, Unreadable, verify } = await import("/static/public/receipt.js");
  const found = [];
  for (const text of texts) {
    try {
      await verify(text, key);
      found.push(0);
    } catch (no) {
      if (!(no instanceof Refuted)) throw no;
      found.push(no instanceof Unreadable ? 2 : 1);
    }
  }
  return found;
}"""


def receipt_of(page: Page, address: str) -> str:
    answer = page.request.get(f"/receipts/{address}/receipt.json")
    assert answer.status == 200
    return answer.text()


def changed(field: str, change: Callable[[Any], Any]) -> Callable[[str], str]:
    """Return what changes one field of a receipt's text."""

    def spoil(text: str) -> str:
        data = json.loads(text)
        data[field] = change(data[field])
        return json.dumps(data, ensure_ascii=False)

    return spoil


def flipped(digits: str) -> str:
    """Return hexadecimal digits with one bit of the first byte turned round."""
    return f"{int(digits[:2], 16) ^ 1:02x}{digits[2:]}"


SPOILT = {
    "the proof": changed("proof", lambda proof: [flipped(proof[0]), *proof[1:]]),
    "the place": changed("index", lambda index: index + 1),
    "the content": changed("content", lambda content: content | {"payload": content["payload"] | {"x": 1}}),
    "the salt": changed("salt", flipped),
    "the moment": changed("leaf", lambda leaf: leaf | {"at": f"2001{leaf['at'][4:]}"}),
    "the signed text": changed("checkpoint", lambda note: re.sub(r"at 20\d\d", "at 2001", note)),
    "the signed size": changed("size", lambda size: size + 1),
}


def test_a_receipt_is_proved_and_its_words_are_only_for_who_did_it(
    guest: Visit, world: dict[str, Any]
) -> None:
    mine, anybodys = guest(BUYER).new_page(), guest().new_page()

    for page in (mine, anybodys):
        page.goto(f"/receipts/{world['receipt_address']}/")
        expect(page.get_by_text("確かめました。改ざんは見つかりません。")).to_be_visible()
        assert axe(page) == []

    expect(mine.get_by_text("内容も、記録されたとおりです。")).to_be_visible()
    expect(anybodys.get_by_text("証明されたのは、種類・日時・場所だけです。")).to_be_visible()
    assert json.loads(receipt_of(anybodys, world["receipt_address"]))["content"] is None
    assert json.loads(receipt_of(mine, world["receipt_address"]))["content"]["by"] == "buyer:B-1"


@pytest.mark.parametrize("what", SPOILT)
def test_a_receipt_that_was_tampered_with_is_refuted(guest: Visit, world: dict[str, Any], what: str) -> None:
    page = guest(BUYER).new_page()
    text = SPOILT[what](receipt_of(page, world["receipt_address"]))

    def tampered(route: Route) -> None:
        route.fulfill(body=text, content_type="application/json")

    page.route("**/receipt.json", tampered)
    page.goto(f"/receipts/{world['receipt_address']}/")

    expect(page.get_by_text("確かめた結果、誤りがあります。")).to_be_visible()
    expect(page.get_by_text("この受領証を信じないでください。")).to_be_visible()
    expect(page.get_by_text("改ざんは見つかりません")).to_have_count(0)


def test_the_key_is_compared_with_the_published_one(guest: Visit, world: dict[str, Any]) -> None:
    page = guest().new_page()
    page.goto(f"/receipts/{world['receipt_address']}/")
    key = page.locator("#shown-key").inner_text().strip()

    expect(page.get_by_text("まだ確かめていないこと")).to_be_visible()
    page.get_by_label("公表されている鍵").fill(key)
    expect(page.get_by_text("鍵は、入力された公表の鍵と同じです。")).to_be_visible()
    page.get_by_label("公表されている鍵").fill(other_key(key))
    expect(page.get_by_text("受領証の鍵が、与えられた鍵と異なります。")).to_be_visible()
    page.get_by_label("公表されている鍵").fill("nonsense")
    expect(page.get_by_text("確かめられません。")).to_be_visible()


def other_key(key: str) -> str:
    """Return a key that is well-formed, of the same log's name, and not the one."""
    name = key.partition("+")[0]
    data = b"\x01" + bytes(32)
    mark = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4].hex()
    return f"{name}+{mark}+{base64.b64encode(data).decode()}"


def test_a_kept_receipt_is_checked_and_sent_nowhere(
    guest: Visit, world: dict[str, Any], tmp_path: Path
) -> None:
    page = guest().new_page()
    file = tmp_path / "receipt.json"
    file.write_text(receipt_of(page, world["receipt_address"]), "utf-8")
    page.goto("/receipts/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))

    page.get_by_label("受領証のファイル").set_input_files(file)

    expect(page.get_by_text("確かめました。改ざんは見つかりません。")).to_be_visible()
    assert [one for one in asked if not one.startswith("GET ") or "/static/" not in one] == []


@pytest.mark.parametrize("lost", ["crypto", "scripts"])
def test_where_it_cannot_be_checked_the_reader_is_told_what_to_do(
    guest: Visit, world: dict[str, Any], lost: str
) -> None:
    page = guest(java_script_enabled=lost != "scripts").new_page()
    if lost == "crypto":
        page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")

    page.goto(f"/receipts/{world['receipt_address']}/")

    said = (
        "このブラウザーは署名を確かめられません" if lost == "crypto" else "確かめるには JavaScript が要ります"
    )
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_role("link", name="受領証を保存する")).to_be_visible()
    program = page.get_by_role("link", name="検証プログラムを保存する")
    assert page.request.get(str(program.get_attribute("href"))).text() == Path(verifier.__file__).read_text(
        "utf-8"
    )


def test_the_browser_says_the_same_as_the_verifier(
    guest: Visit, world: dict[str, Any], tmp_path: Path
) -> None:
    page = guest(BUYER).new_page()
    page.goto("/receipts/")
    whole = receipt_of(page, world["receipt_address"])
    texts = [whole, *(spoil(whole) for spoil in SPOILT.values()), *mutants(whole, 1_000)]
    key = json.loads(whole)["key"]

    told = page.evaluate(VERIFY, [texts, key])

    expected = [outcome(tmp_path, text, key) for text in texts]
    wrong = [
        (ours, theirs, parted(whole, text))
        for text, ours, theirs in zip(texts, told, expected, strict=True)
        if ours != theirs
    ]
    assert wrong == []
    assert set(told) == {0, 1, 2}


def parted(whole: str, text: str) -> str:
    """Return the neighbourhood of the first difference."""
    at = next((i for i, (one, other) in enumerate(zip(whole, text, strict=False)) if one != other), 0)
    return text[max(at - 20, 0) : at + 20]


def mutants(text: str, count: int) -> list[str]:
    """Return the text with one letter changed, left out or doubled, at random places."""
    dice = random.Random(20261124)
    found = []
    for _ in range(count):
        at = dice.randrange(len(text))
        instead = dice.choice(['"', "0", "a", "é", "\\", "{", "", text[at] * 2, "\u202e", "1.5", "-"])
        found.append(text[:at] + instead + text[at + 1 :])
    return found


def outcome(folder: Path, text: str, key: str) -> int:
    """Return what the one-file verifier says."""
    file = folder / "receipt.json"
    file.write_bytes(text.encode())
    try:
        verifier.verify(str(file), key, [], lambda ja, en: None)
    except verifier.Refuted:
        return 1
    except verifier.Unreadable:
        return 2
    return 0

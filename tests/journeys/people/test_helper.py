"""A daughter helps her father with one matter: she comes by his code, reads and writes, and decides nothing."""

from __future__ import annotations

import re

import pytest

from tests.journeys.people.conftest import Come
from tests.journeys.people.person import reports

pytestmark = pytest.mark.processes


def test_a_helper_reads_and_writes_for_one_buyer_in_one_matter_until_it_is_ended(comes: Come) -> None:
    father = comes("buyer:B-FAMILY", to="/report/?order=O-FAMILY", by="phone")
    number = reports(
        father,
        "鍋の取っ手がぐらぐらします",
        topic="壊れている・動かない",
        harm="お金の損失",
        may_read="いいえ、読まないでほしい",
    )

    # He asks her to help, and gets a code to pass on.
    father.opens("やり取りを見る")
    father.opens("家族などに手伝ってもらう")
    father.writes(name="長女の花子")
    father.presses("この人に頼む")
    father.sees_heading("この合言葉を、頼む人に渡してください")
    code = father.main.locator(".code strong").inner_text()
    way_in = father.main.locator("bdi.link").inner_text()
    father.shows("helper-code")

    # She opens the link on her own phone, and is asked for nothing else.
    daughter = comes(to=way_in, by="phone")
    daughter.sees_heading("頼まれた人の入口")
    daughter.sees_nothing_of("ほうろう鍋", "田中")  # a link alone shows nothing yet
    daughter.presses("やり取りを見る")
    daughter.sees("購入者に頼まれて見ています", "鍋の取っ手がぐらぐらします", "台所道具株式会社")
    daughter.sees_nothing_of("田中 実", "family@example.jp", "076-555-1234", code)
    daughter.sees_nothing_of("解決したと伝える", "取り下げる", "立替返金を受けられるか", "正式に伝える")
    daughter.writes(said="父に代わって書きます。写真をあとで送ります")
    daughter.presses("送る")
    daughter.sees("送りました。")
    daughter.shows("helper-reads")

    # Nothing else opens to her: neither what only he decides, nor what is another's.
    for path in ("remedy/", "withdraw/", "helpers/", "reach/"):
        refused = daughter.goes(f"/threads/{number}/{path}") in (403, 404)
        assert refused or daughter.page.url.endswith(f"/threads/{number}/"), path
    assert daughter.goes("/threads/") in (403, 404)

    # He sees what she wrote as hers, and that she came; the seller does not learn her name.
    father.goes(f"/threads/{number}/")
    father.sees("父に代わって書きます", "頼まれた人が代わりに書きました")
    seller = comes("seller:S-KITCHEN", to=f"/seller/threads/{number}/")
    seller.sees("頼まれた人が代わりに書きました")
    seller.sees_nothing_of("花子", "長女")

    # He ends it, and from then on her page is as if there were nothing.
    father.opens("家族などに手伝ってもらう")
    father.sees("長女の花子")
    father.sees_nothing_of(code)  # it was shown once
    father.page.get_by_role("button", name=re.compile("取りやめる")).click()
    assert daughter.goes(f"/threads/{number}/") == 404
    daughter.sees_nothing_of("ぐらぐら", "ほうろう鍋")

"""A word of danger is found however it is written, and none in what only looks like it."""

from __future__ import annotations

import pytest

from mamori.rooms.contact.rules.danger import tells_danger


@pytest.mark.parametrize(
    "text",
    [
        *(
            "充電中に発火しました",
            "発 火した",
            "発\u200b火",
            "手にヤケドをした",
            "ﾔｹﾄﾞしました",
            "やけどした",
            "火傷",
            "救急車で運ばれた",
        ),
        *(
            "子どもがけがをしました",
            "ケガした",
            "ｹｶﾞをした",
            "煙が出た",
            "ケムリが出た",
            "１１９番に電話した",
            "救急箱では足りず、救急車を呼んだ",
        ),
        *(
            "It caught FIRE",
            "my hand was burnt",
            "Ｂｕｒｎｔ hand",
            "we called an ambulance.",
            "an electric  shock",
        ),
    ],
)
def test_a_danger_is_heard_in_any_width_and_kana(text: str) -> None:
    assert tells_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "偽物だと思います",
            "きっかけが分かりません",
            "救急箱が届かない",
            "煙草のにおい",
            "色が違う",
            "",
            "！？",
            "爆発的に売れている",
        ),
        *("The firewall box is a fake", "burner phone", "heartburning", "smoked salmon"),
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not tells_danger(text)

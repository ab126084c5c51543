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
            "何度かけがをしました",
            "何度か、けがをしました",
            "どこかけがをした",
            "子どもが何人かけがをしています",
            "子どもがケガ",
            "指をけが",
            "手にけが",
            "大けがです",
            "それがきっかけで、けがをした",
        ),
        *(
            "燃えました",
            "倉庫ごと燃え尽きました",
            "焦げました",
            "こげました",
            "焦げ臭い",
            "煙出た",
            "炎が上がりました",
            "火が上がった",
            "火を吹いた",
            "血が止まらない",
            "手を切りました",
        ),
        *(
            "there was a fire",
            "The Fire TV stick was on fire",
            "it is burning my skin",
            "it shocked me",
            "hospitalized",
            "he was hospitalised",
            "it sparked",
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
            "購入のきっかけがしっかりしている",
            "見かけが違う",
            "見かけがしょぼい",
            "安全を心がけています",
            "お届けが遅い",
            "お届けができない",
            "お届けがはやい",
            "取り付けができない",
            "ふたに欠けがある",
            "それだけがしたい",
            "燃えるゴミに出した",
            "こげ茶色",
            "禁煙の部屋",
            "けがの功名",
            "救急箱が届かない",
            "煙草のにおい",
            "色が違う",
            "",
            "！？",
            "爆発的に売れている",
        ),
        *(
            "The firewall box is a fake",
            "burner phone",
            "heartburning",
            "smoked salmon",
            "My Fire TV is late",
            "I was shocked",
        ),
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not tells_danger(text)

"""What the table of the pages and the API keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import CopyTo, Reach, code, digest, house, reference, table

table(
    "gateway_reply",
    machine=reference(
        "送った人、または通販サイトのソフトウェア",
        "who sent it, or the marketplace's software",
        reach=Reach.TIME,
    ),
    key=reference("繰り返しを見分ける鍵", "the key of what is sent again", reach=Reach.TIME),
    fingerprint=digest("要求の要約", "digest of the request", reach=Reach.TIME),
    sealed=house(
        "返答そのもの（番号・状態だけで、言葉や名前は含まない）",
        "the reply: ids and states, never words or names",
        told=(CopyTo.REPLY,),
        reach=Reach.TIME,
    ),
    led_to=code("次のページの場所", "where it led", along=False),
)
table(
    "web_logo",
    picture=code("運営者のロゴ（だれでも見られる絵）", "the operator's logo, which anybody sees"),
    digest=code("ロゴの要約", "the logo's digest"),
)
table(
    "web_onetime",
    purpose=code("何のためのページか", "for what the page is"),
    about=code("どの相手のためのページか（機関の番号）", "for which agency the page is"),
    digest=digest("一度だけのページのアドレスの要約", "digest of the address of a page to use once"),
)

"""What the gateway keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import Reach, Told, code, digest, house, reference, table

table(
    "gateway_reply",
    machine=code("だれの鍵か（市場のソフトウェア）", "whose the key is: the marketplace's software"),
    key=reference("繰り返しを見分ける鍵", "the key of a repeated request", reach=Reach.TIME),
    fingerprint=digest("要求の要約", "digest of the request", reach=Reach.TIME),
    sealed=house(
        "返答そのもの（24時間。番号・状態だけで、言葉や名前は含まない）",
        "the reply, for 24 hours: ids and states, never words or names",
        told=(Told.REPLY,),
        reach=Reach.TIME,
    ),
)

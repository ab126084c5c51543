"""What the outbox keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    ABOUT,
    ERROR,
    KIND,
    CopyTo,
    Reach,
    code,
    house,
    reference,
    sealed,
    table,
)

table(
    "outbox_event",
    kind=KIND,
    subject=reference("順番を守るもの", "what stays in order"),
    body=reference(
        "出来事（番号・状態・時刻だけ。だれの言葉も名前も含まない）",
        "the event: ids, states and moments, never words or names",
        told=(CopyTo.WEBHOOK,),
    ),
)
table(
    "outbox_effect",
    handler=code("処理の名", "name of the handler"),
    subject=reference("順番を守るもの", "what stays in order"),
    error=ERROR,
    skipped_because=code("担当者が取りやめた理由", "why staff left it out"),
)
table(
    "outbox_endpoint",
    url=code("通販サイトのソフトウェアの住所", "address of the marketplace's software"),
    kinds=KIND,
    secret=house("署名の鍵", "signing secret"),
    former_secret=house("前の署名の鍵", "former signing secret", reach=Reach.TIME),
    why_off=code("止めた理由", "why it is off"),
)
table("outbox_delivery", message=reference("配達の番号", "number of the message"), error=ERROR)
table("outbox_attempt", error=ERROR)
table(
    "outbox_notice",
    to=reference(
        "宛先の参照（住所ではない）", "to whom, by reference and not by address", told=(CopyTo.WEBHOOK,)
    ),
    template=KIND,
    kind=KIND,
    title=code("宣言された題", "the declared title", told=(CopyTo.WEBHOOK, CopyTo.MAIL)),
    body=code("宣言された文", "the declared text", told=(CopyTo.WEBHOOK, CopyTo.MAIL)),
    values=reference(
        "案件番号・期日・金額", "case number, dates, amounts", told=(CopyTo.WEBHOOK, CopyTo.MAIL)
    ),
    about=ABOUT,
    channel=KIND,
    sealed=sealed(
        "サインインの符号（送るまで）", "a sign-in code, until it is sent", whose="to", along=False
    ),
)

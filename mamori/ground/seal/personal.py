"""What the tables of `seal` keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    BY_STAFF,
    KIND,
    SUBJECT,
    code,
    digest,
    house,
    reference,
    sealed,
    table,
)

table(
    "seal_subjectkey",
    subject=SUBJECT,
    wrapped=sealed(
        "本人の鍵（鍵を包む鍵で包んである）",
        "the person's key, wrapped by the key of keys",
        whose="itself",
        along=False,
    ),
    kek=digest("包んだ鍵の要約", "fingerprint of the key that wraps it"),
)
table(
    "seal_keymark",
    key=code("鍵の名", "name of the key"),
    fingerprint=digest("家の鍵の要約", "fingerprint of a key of the house"),
)
table(
    "seal_hold",
    what=reference("消去の停止の対象", "what is held"),
    ground=KIND,
    ground_ja=code("根拠の名", "name of the ground"),
    ground_en=code("根拠の名", "name of the ground"),
    sealed=house("消去の停止の理由", "why it is held", along=True),
    by=BY_STAFF,
    lifted_by=BY_STAFF,
)
table("seal_heldname", name=reference("消去の停止に含まれるもの", "what a hold covers"))

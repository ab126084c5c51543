"""What the tables of the record keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import ABOUT, KIND, SUBJECT, code, digest, sealed, table

table(
    "ledger_act",
    kind=KIND,
    commitment=digest("中身への約束（塩付き）", "salted commitment to the content", along=True),
)
table(
    "ledger_actcontent",
    subject=SUBJECT,
    about=ABOUT,
    sealed=sealed("だれが・なぜ・何をしたか", "who did what, and why", whose="subject"),
)
table("ledger_erasure", subject=SUBJECT)
table(
    "ledger_checkpoint",
    root=digest("記録の根", "root of the log", along=True),
    note=code("署名済みの現況", "the signed checkpoint"),
)

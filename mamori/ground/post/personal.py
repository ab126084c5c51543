"""What mail and letters keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import ERROR, code, reference, table

TO = reference(
    "宛先の参照（住所は送るときに引く）", "to whom, by reference: the address is looked up when it is sent"
)
table("post_mail", to=TO, message_id=reference("メールの番号", "number of the mail"), error=ERROR)
table(
    "post_mailattempt",
    answer=code("サーバーの答え（宛先は除く）", "what the server said, without the address"),
)
table("post_relay", error=ERROR)
table("post_letter", to=TO)
table(
    "post_reader",
    who=reference("だれか", "who"),
    language=code("読む言語", "language"),
)
table(
    "post_optin",
    who=reference("だれか", "who"),
    how=code("どの問いに答えて求めたか", "in answer to which words it was asked for"),
)

"""What the tables of the pages keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import Reach, code, reference, table

table(
    "contact_sent",
    by=reference("送った人の参照", "who sent the form", reach=Reach.TIME),
    led_to=code("次のページの場所", "where it led"),
)

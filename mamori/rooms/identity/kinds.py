"""What this room's acts and clocks are called."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.rooms.identity.keeping import EXPIRY, REMINDER

declare(
    acts={
        "identity.take_in": Text("登録名とその確認を受け取った", "took in a registered name and its check"),
        "identity.remind": Text("確認の期限が近いと知らせた", "said that a check ends soon"),
        "identity.expire": Text("確認の期限が過ぎた", "a check ended"),
    },
    clocks={
        REMINDER: Text("本人確認の期限が近い知らせ", "the word that a check of identity ends soon"),
        EXPIRY: Text("本人確認の期限", "the end of a check of identity"),
    },
)

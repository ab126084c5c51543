"""The ids of what is on its way out, as other software sees them; a webhook's own (`msg_…`) is drawn."""

from __future__ import annotations

from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text

ENDPOINT = IdKind("whk", Text("ウェブフックの送り先", "webhook endpoint"), "outbox.endpoint")
NOTICE = IdKind("ntc", Text("お知らせ", "notice"), "outbox.notice")

"""What a machine may do: the scopes that its key carries."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


class Scope(StrEnum):
    """One thing that a key may be good for."""

    MARKET_WRITE = "market:write"
    MARKET_READ = "market:read"
    INSTRUCTIONS_CONFIRM = "instructions:confirm"
    CONTACT_WRITE = "contact:write"
    CONTACT_READ = "contact:read"
    CASES_READ = "cases:read"
    RECEIPTS_READ = "receipts:read"
    TERMS = "terms:accept"
    WEBHOOKS_WRITE = "webhooks:write"
    LINKS_SIGN = "links:sign"
    FINDINGS_WRITE = "findings:write"
    PAYOUTS_WRITE = "payouts:write"
    PAYOUTS_READ = "payouts:read"
    CALLS_WRITE = "calls:write"

    @property
    def text(self) -> Text:
        """Return what the scope allows, for people."""
        return SCOPE_TEXTS[self]


SCOPE_TEXTS = {
    Scope.MARKET_WRITE: Text(
        "出品者・購入者・商品・注文・レビューを伝える", "tell sellers, buyers, listings, orders and reviews"
    ),
    Scope.MARKET_READ: Text(
        "出品者・購入者・商品・注文・レビューを、伝えたとおりに読む（連絡先と本文も）",
        "read sellers, buyers, listings, orders and reviews as they were told, with contacts and words",
    ),
    Scope.INSTRUCTIONS_CONFIRM: Text(
        "指示（返金・措置など）を読み、結果を知らせる", "read instructions and say what became of them"
    ),
    Scope.CONTACT_WRITE: Text(
        "やり取りを始める・送る・仲介を頼む", "open threads, send messages, ask for mediation"
    ),
    Scope.CONTACT_READ: Text(
        "やり取りの状態と期限を読む（本文は当事者のトークンがあるときだけ）",
        "read states and clocks of threads; words with a party's token only",
    ),
    Scope.CASES_READ: Text("案件の一覧を読む", "list cases"),
    Scope.RECEIPTS_READ: Text("受領証を読む", "read receipts"),
    Scope.TERMS: Text(
        "規約を読む・出品者の同意を伝える", "read the terms, pass on a seller's own acceptance"
    ),
    Scope.WEBHOOKS_WRITE: Text("ウェブフックの送り先を決める", "set where webhooks go"),
    Scope.LINKS_SIGN: Text("購入者と出品者のリンクに署名する", "sign links for buyers and sellers"),
    Scope.FINDINGS_WRITE: Text(
        "違反の疑いを知らせ、その状態を読む", "tell what looks like a breach, and read how that stands"
    ),
    Scope.PAYOUTS_WRITE: Text(
        "売上金の支払いを求める・振込先と結果を伝える",
        "ask for payouts, tell accounts and what banks answered",
    ),
    Scope.PAYOUTS_READ: Text(
        "支払いと振込の状態を読む（口座番号は読めません）",
        "read how payouts and runs stand, never an account number",
    ),
    Scope.CALLS_WRITE: Text("かかってきた電話を知らせる", "tell that somebody calls"),
}

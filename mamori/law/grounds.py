"""The grounds that an act may rest on."""

from __future__ import annotations

from mamori.grammar.declaration import Ground
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE, SECRECY

BUYER_CONSENT = Ground(
    code="buyer-consent",
    title=Text("購入者の同意", "the buyer's consent"),
    text=Text(
        "購入者が、窓口が助けるときにこのやり取りを読むことに個別に同意している。",
        "The buyer has agreed, for this thread, that the centre may read it when it helps.",
    ),
    citation=SECRECY,
)
PARTY_SHARE = Ground(
    code="party-share",
    title=Text("当事者による共有", "a party's share"),
    text=Text("出品者がこのやり取りを窓口に共有した。", "The seller has shared this thread with the centre."),
    citation=SECRECY,
)
WARRANT = Ground(
    code="warrant",
    title=Text("令状", "a warrant"),
    text=Text("裁判官の令状による。", "A judge's warrant orders it."),
    citation=SECRECY,
)
EMERGENCY = Ground(
    code="emergency",
    title=Text("緊急避難", "an emergency"),
    text=Text(
        "生命・身体への差し迫った危険がある。理由を記録し、あとで別の担当者が確かめる。",
        "Life or body is in imminent danger; the reason is recorded and another reader looks at it afterwards.",
    ),
    citation=SECRECY,
)
GUARANTEE = Ground(
    code="guarantee",
    title=Text("運営者の補償", "the operator's own guarantee"),
    text=Text(
        "運営者が自らの定めにより出品者に代わって返金する。裁定ではない。",
        "The operator refunds in the seller's place under its own guarantee; it is not a ruling.",
    ),
    citation=OWN_RULE,
)
RECOVERY_CLAUSE = Ground(
    code="recovery-clause",
    title=Text("出品者が同意した回収条項", "the recovery clause that the seller accepted"),
    text=Text(
        "この出品者が同意した版の回収条項による。意見を聴いたうえで行う。",
        "The version of the recovery clause that this seller accepted; only after a hearing.",
    ),
    citation=OWN_RULE,
)

GROUNDS = (BUYER_CONSENT, PARTY_SHARE, WARRANT, EMERGENCY, GUARANTEE, RECOVERY_CLAUSE)

"""The grounds that an act may rest on."""

from __future__ import annotations

from mamori.grammar.declaration import Ground
from mamori.grammar.text import Text
from mamori.law.citations import (
    CHANGING_TERMS,
    ERASE_ON_REQUEST,
    ERASE_WHEN_NOT_NEEDED,
    OWN_RULE,
    PRESERVING,
    REFUSING_A_SELLER,
    SECRECY,
    act,
)

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
    text=Text("当事者がこれを窓口に見せた。", "A party has shown this to the centre."),
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

SUIT = Ground(
    code="suit",
    title=Text("訴訟・調停・その準備", "a suit, conciliation, or one to be expected"),
    text=Text(
        "争いのある間、証拠となる記録とファイルを消さない。",
        "While there is a dispute, records and files that may be evidence are not destroyed.",
    ),
    citation=OWN_RULE,
)
PRESERVATION = Ground(
    code="preservation",
    title=Text("捜査機関の保全要請", "an investigator's request to preserve"),
    text=Text(
        "捜査機関から消去しないよう書面で求められている。中身を渡す根拠にはならない。",
        "An investigator has asked in writing that nothing be erased; it is no ground to hand anything out.",
    ),
    citation=PRESERVING,
)
DISCLOSURE_PENDING = Ground(
    code="disclosure-pending",
    title=Text("開示請求の審査中", "a request for a seller's information is open"),
    text=Text(
        "販売業者等情報の開示請求、または本人からの開示等の請求を扱っている間、その対象を消さない。",
        "While a request for a seller's information, or a person's own request, is open, what it concerns stays.",
    ),
    citation=act("5"),
)
AUTHORITY = Ground(
    code="authority",
    title=Text("行政機関の調査・要請", "an authority's inquiry or request"),
    text=Text(
        "行政機関の調査や要請に応じる間、消さない。",
        "While an authority inquires or asks, nothing is erased.",
    ),
    citation=OWN_RULE,
)
HOLD_GROUNDS = (SUIT, PRESERVATION, DISCLOSURE_PENDING, AUTHORITY)
"""The grounds on which counsel or a lead may put something under a legal hold."""

OWN_REQUEST = Ground(
    code="own-request",
    title=Text("本人の請求", "the person's own request"),
    text=Text(
        "本人が、利用する必要のなくなったことなど、法の定める事情により消去を請求した。本人であることは運営者が確かめる。",
        "The person has asked for it for a reason that the law names, such as that the data is no longer needed; the "
        "operator sees to it that it is that person.",
    ),
    citation=ERASE_ON_REQUEST,
)
NOT_NEEDED = Ground(
    code="not-needed",
    title=Text("利用する必要がなくなった", "no longer needed"),
    text=Text(
        "退会などにより、利用する必要がなくなった。",
        "The person has left, or the data is not needed any more for another reason.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
ERASURE_GROUNDS = (OWN_REQUEST, NOT_NEEDED)
"""The grounds on which counsel or a lead may have somebody erased."""

REPEAT_BREACH = Ground(
    code="repeat-breach",
    title=Text("違反の繰り返し", "repeated breach"),
    text=Text(
        "同じきまりへの違反を、知らせを受けた後も繰り返している。",
        "The same rule is broken again and again after the seller was told.",
    ),
    citation=REFUSING_A_SELLER,
)
ORGANISED_CRIME = Ground(
    code="organised-crime",
    title=Text("反社会的勢力との関わり", "ties to organised crime"),
    text=Text(
        "暴力団など反社会的勢力との関わりが、確かな資料で分かった。",
        "Ties to organised crime are known from reliable sources.",
    ),
    citation=REFUSING_A_SELLER,
)
REQUIRED_BY_LAW = Ground(
    code="required-by-law",
    title=Text("法令・行政や裁判所の求め", "required by law, an authority or a court"),
    text=Text(
        "法令、または行政機関・裁判所の求めにより、期間を置けない。",
        "The law, an authority or a court leaves no time to wait.",
    ),
    citation=CHANGING_TERMS,
)
FRAUD_OR_SECURITY = Ground(
    code="fraud-or-security",
    title=Text("不正・セキュリティ上の危険", "fraud or a danger to security"),
    text=Text(
        "不正や、情報・安全への差し迫った危険を防ぐため、期間を置けない。",
        "Fraud, or an imminent danger to data or safety, leaves no time to wait.",
    ),
    citation=CHANGING_TERMS,
)
SHORT_NOTICE_GROUNDS = (REQUIRED_BY_LAW, FRAUD_OR_SECURITY)
"""The grounds on which terms may change at once: sellers are told the reason afterwards."""
WITHOUT_WAITING = (REPEAT_BREACH, ORGANISED_CRIME, *SHORT_NOTICE_GROUNDS)
"""The grounds on which a seller may be refused without the days that otherwise lie before it."""
STATUTORY_REQUEST = Ground(
    code="statutory-request",
    title=Text("法第4条の要請", "a request under article 4 of the Act"),
    text=Text(
        "内閣総理大臣から利用の停止などを要請された。要請に書かれた範囲に限り、要請の文書と結びつける。",
        "The Prime Minister has asked for the use to be stopped or the like: only as far as its words go, tied to its document.",
    ),
    citation=act("4"),
)
MEASURE_GROUNDS = (STATUTORY_REQUEST,)
"""The grounds on which a measure may rest where no clause binds the seller."""

GROUNDS = (
    BUYER_CONSENT,
    PARTY_SHARE,
    WARRANT,
    EMERGENCY,
    GUARANTEE,
    RECOVERY_CLAUSE,
    *HOLD_GROUNDS,
    *ERASURE_GROUNDS,
    *WITHOUT_WAITING,
    *MEASURE_GROUNDS,
)

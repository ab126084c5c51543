"""The grounds that an act may rest on."""

from __future__ import annotations

from mamori.grammar.citation import Citation
from mamori.grammar.declaration import Ground, HoldGround
from mamori.grammar.text import Text
from mamori.law.citations import (
    ERASE_ON_REQUEST,
    ERASE_WHEN_NOT_NEEDED,
    OWN_RULE,
    PRESERVING,
    RECORD_ORDERED,
    REFUSING_ORGANISED_CRIME,
    REFUSING_WHO_REPEATS,
    SECRECY,
    UNAPPROVED_ADVERTISED,
    UNSAFE_APPLIANCE,
    UNSAFE_DEFECT,
    UNSAFE_GAS_APPLIANCE,
    UNSAFE_PRODUCT,
    UNSAFE_TOWN_GAS,
    WITHOUT_DAYS_BY_DANGER,
    WITHOUT_DAYS_BY_LAW,
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

SUIT = HoldGround(
    code="suit",
    title=Text("訴訟・調停・その準備", "a suit, conciliation, or one to be expected"),
    text=Text(
        "争いのある間、証拠となる記録とファイルを消さない。",
        "While there is a dispute, records and files that may be evidence are not destroyed.",
    ),
    citation=OWN_RULE,
)
LOGS_DAYS, LOGS_LONGEST = 30, 60
"""For how many days an investigator may ask that logs be preserved, and for how many in all."""
PRESERVATION = HoldGround(
    code="preservation",
    title=Text("捜査機関の保全要請（通信履歴）", "an investigator's request to preserve communication logs"),
    text=Text(
        "捜査機関から、送信元・送信先・日時などの通信履歴を特定して、消去しないよう書面か電磁的記録で求められている。文面・ファイル・本人の鍵には及ばない。"
        "{days}日までの期間を定め、特に必要なときに延ばしても通じて{longest}日まで。中身を渡す根拠にはならない。",
        "An investigator has asked, in writing or by electronic record, that communication logs which are named (from whom, to "
        "whom, when) not be erased. It reaches no words, files or keys; it is for at most {days} days, and extended where "
        "specially needed at most {longest} in all. It is no ground to hand anything out.",
    ).fill(days=LOGS_DAYS, longest=LOGS_LONGEST),
    citation=PRESERVING,
    days=LOGS_DAYS,
    longest=LOGS_LONGEST,
    of_logs=True,
)
RECORD_ORDER = HoldGround(
    code="record-order",
    title=Text("電磁的記録提供命令（令状）", "an order to provide electronic records (a warrant)"),
    text=Text(
        "裁判官の令状により、電磁的記録の提供を命じられている。命じられた記録を提供し終えるまで消さない。1年までの期間、受けたこと自体を漏らしてはならないと"
        "命じられていることがある（刑訴法218条3項、違反には222条の2の罰則）。そのときは、理由に書かず、知る必要のある者だけにとどめる。",
        "A judge's warrant orders that electronic records be provided; what it names stays until that is done. It may forbid, "
        "for at most a year, to tell anybody that it was received (article 218(3); article 222-2 penalises a breach): then the "
        "reason written here says nothing of it, and only who has to know is told.",
    ),
    citation=RECORD_ORDERED,
)
DISCLOSURE_PENDING = HoldGround(
    code="disclosure-pending",
    title=Text("開示請求の審査中", "a request for a seller's information is open"),
    text=Text(
        "販売業者等情報の開示請求、または本人からの開示等の請求を扱っている間、その対象を消さない。",
        "While a request for a seller's information, or a person's own request, is open, what it concerns stays.",
    ),
    citation=act("5"),
)
AUTHORITY = HoldGround(
    code="authority",
    title=Text("行政機関の調査・要請", "an authority's inquiry or request"),
    text=Text(
        "行政機関の調査や要請に応じる間、消さない。",
        "While an authority inquires or asks, nothing is erased.",
    ),
    citation=OWN_RULE,
)
BEING_ANSWERED = HoldGround(
    code="being-answered",
    title=Text("求めへの対応中", "a demand is being answered"),
    text=Text("求めへの答えが出るまで消さない。", "Until a demand is answered, what it concerns stays."),
    citation=OWN_RULE,
)
HOLD_GROUNDS = (SUIT, PRESERVATION, RECORD_ORDER, DISCLOSURE_PENDING, AUTHORITY, BEING_ANSWERED)
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
        "同じきまりへの違反を、知らせを受けた後も繰り返し、そのため通販サイトの運営に支障が生じるおそれがある。"
        "繰り返しだけでは足りず、どう支障が生じるかを出品者に示す。",
        "The same rule is broken again and again after the seller was told, and that is likely to hinder the business of the "
        "marketplace. Repetition alone is not enough: the seller is told how it hinders.",
    ),
    citation=REFUSING_WHO_REPEATS,
)
ORGANISED_CRIME = Ground(
    code="organised-crime",
    title=Text("反社会的勢力との関わり", "ties to organised crime"),
    text=Text(
        "暴力団員など（離れてから5年たたない人、その人が役員や使用人である、または事業を支配する法人を含む）であることが、確かな資料で分かった。",
        "The seller is known from reliable sources to be a member of organised crime, to have left it less than five years ago, "
        "or to be a company that such a person works for, runs or controls.",
    ),
    citation=REFUSING_ORGANISED_CRIME,
)
REQUIRED_BY_LAW = Ground(
    code="required-by-law",
    title=Text("法令・行政や裁判所の求め", "required by law, an authority or a court"),
    text=Text(
        "法令、または法令に基づく行政機関の処分・要請や裁判所の求めにより、速やかに行う必要がある。",
        "The law, or what an authority or a court orders or requests under it, leaves no time to wait.",
    ),
    citation=WITHOUT_DAYS_BY_LAW,
)
FRAUD_OR_SECURITY = Ground(
    code="fraud-or-security",
    title=Text("不正・セキュリティ上の危険", "fraud or a danger to security"),
    text=Text(
        "サイバーセキュリティの確保、または詐欺などの不正な手段や公序良俗に反することの明らかな行為への対応のため、速やかに行う必要がある。",
        "Cybersecurity, fraud and other wrongful means, or what is plainly against public order and morals, leaves no time to "
        "wait.",
    ),
    citation=WITHOUT_DAYS_BY_DANGER,
)
SHORT_NOTICE_GROUNDS = (REQUIRED_BY_LAW, FRAUD_OR_SECURITY)
"""The grounds on which terms may change at once: sellers are told the reason afterwards."""
WITHOUT_WAITING = (REPEAT_BREACH, ORGANISED_CRIME, *SHORT_NOTICE_GROUNDS)
"""The grounds on which a seller may be refused without the days that otherwise lie before it."""
STATUTORY_REQUEST = Ground(
    code="statutory-request",
    title=Text("取引DPF法第4条の要請", "a request under article 4 of the Act on digital platforms"),
    text=Text(
        "消費者庁長官（第11条の委任による）から、表示を理由に利用の停止などを要請された。応じる義務も期限もない。"
        "応じるときは要請に書かれた範囲に限り、要請の文書と結びつける。",
        "The Commissioner of the Consumer Affairs Agency, to whom article 11 delegates it, has requested for a display that use "
        "be stopped or the like. There is no duty to follow and no deadline; what is done stays within its words, tied to its "
        "document.",
    ),
    citation=act("4"),
)
PRODUCT_SAFETY_REQUEST = Ground(
    code="product-safety-request",
    title=Text(
        "消費生活用製品安全法第32条の3の要請",
        "a request under article 32-3 of the Consumer Product Safety Act",
    ),
    text=Text(
        "主務大臣から、危険な製品について利用の停止などを要請された（2025年12月25日から）。表示ではなく製品を理由とし、取引DPF法の要請とは別のもの。"
        "応じるときは要請に書かれた範囲に限り、要請の文書と結びつける。",
        "The competent minister has requested for a dangerous product that use be stopped or the like (since 25 December 2025). "
        "It is about the product and not its display, and no request under the Act on digital platforms. What is done stays "
        "within its words, tied to its document.",
    ),
    citation=UNSAFE_PRODUCT,
)
ELECTRICAL_SAFETY_REQUEST = Ground(
    code="electrical-safety-request",
    title=Text(
        "電気用品安全法第42条の7の要請",
        "a request under article 42-7 of the Electrical Appliances and Materials Safety Act",
    ),
    text=Text(
        "経済産業大臣から、危険な電気用品について利用の停止などを要請された（2025年12月25日から）。表示ではなく製品を理由とし、取引DPF法の要請とは別のもの。"
        "応じるときは要請に書かれた範囲に限り、要請の文書と結びつける。",
        "The Minister of Economy, Trade and Industry has requested for a dangerous appliance that use be stopped or the like "
        "(since 25 December 2025). It is about the product and not its display, and no request under the Act on digital "
        "platforms. What is done stays within its words, tied to its document.",
    ),
    citation=UNSAFE_APPLIANCE,
)


def _about_goods(code: str, title: Text, asked: Text, citation: Citation) -> Ground:
    """Return the ground of a request that is about dangerous goods and not about how they are displayed."""
    return Ground(
        code=code,
        title=title,
        text=Text(
            f"{asked.ja}表示ではなく製品を理由とし、取引DPF法の要請とは別のもの。応じるときは要請に書かれた範囲に限り、要請の文書と結びつける。",
            f"{asked.en} It is about the product and not its display, and no request under the Act on digital platforms. What is "
            "done stays within its words, tied to its document.",
        ),
        citation=citation,
    )


PRODUCT_ACCIDENT_REQUEST = _about_goods(
    "product-accident-request",
    Text(
        "消費生活用製品安全法第39条の2の要請",
        "a request under article 39-2 of the Consumer Product Safety Act",
    ),
    Text(
        "主務大臣から、欠陥により重大な事故が起きたか差し迫った危険のある製品について、利用の停止などを要請された（2025年12月25日から）。",
        "The competent minister has requested, for a product whose defect has led to a serious accident or to imminent danger, "
        "that use be stopped or the like (since 25 December 2025).",
    ),
    UNSAFE_DEFECT,
)
LIQUEFIED_GAS_REQUEST = _about_goods(
    "liquefied-gas-request",
    Text(
        "液石法第67条の要請",
        "a request under article 67 of the Act on Liquefied Petroleum Gas",
    ),
    Text(
        "経済産業大臣から、危険な液化石油ガス器具について利用の停止などを要請された（2025年12月25日から）。",
        "The Minister of Economy, Trade and Industry has requested for a dangerous appliance for liquefied petroleum gas that "
        "use be stopped or the like (since 25 December 2025).",
    ),
    UNSAFE_GAS_APPLIANCE,
)
GAS_REQUEST = _about_goods(
    "gas-request",
    Text("ガス事業法第157条の3の要請", "a request under article 157-3 of the Gas Business Act"),
    Text(
        "経済産業大臣から、危険なガス用品について利用の停止などを要請された（2025年12月25日から）。",
        "The Minister of Economy, Trade and Industry has requested for a dangerous gas appliance that use be stopped or the like "
        "(since 25 December 2025).",
    ),
    UNSAFE_TOWN_GAS,
)
MEDICINES_REQUEST = Ground(
    code="medicines-request",
    title=Text(
        "薬機法第72条の5第2項の要請",
        "a request under article 72-5(2) of the Act on medicines and medical devices",
    ),
    text=Text(
        "厚生労働大臣または都道府県知事から、承認のない医薬品などの広告をやめさせるよう要請された。広告を理由とし、取引DPF法の要請とは別のもの。"
        "応じるときは要請に書かれた範囲に限り、要請の文書と結びつける（第72条の6が賠償の責任を限る）。",
        "The Minister of Health, Labour and Welfare or a prefecture's governor has requested that the advertising of unapproved "
        "medicines or the like be stopped. It is about the advertising, and no request under the Act on digital platforms. What "
        "is done stays within its words, tied to its document; article 72-6 limits the liability for it.",
    ),
    citation=UNAPPROVED_ADVERTISED,
)
MEASURE_GROUNDS = (
    STATUTORY_REQUEST,
    PRODUCT_SAFETY_REQUEST,
    PRODUCT_ACCIDENT_REQUEST,
    ELECTRICAL_SAFETY_REQUEST,
    LIQUEFIED_GAS_REQUEST,
    GAS_REQUEST,
    MEDICINES_REQUEST,
)
"""Requests by authorities on which a measure may rest where no clause binds the seller: each by the law that it names."""

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

"""What this room keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    BUYER,
    BY_STAFF,
    KIND,
    ORDER,
    SELLER,
    SUBJECT,
    code,
    digest,
    house,
    reference,
    sealed,
    table,
)

OF_ITEMS = digest(
    "古いと言われた・外した項目の、登録内容の鍵付き要約",
    "keyed digest of what was registered of an item that was called outdated or left out",
)
table(
    "disclosure_sellerrequest",
    channel=KIND,
    buyer_ref=BUYER,
    seller_ref=SELLER,
    order_refs=ORDER,
    sealed_for=SUBJECT,
    said=sealed(
        "請求した人の説明・名前・送り先",
        "what who asks wrote, its name and where to reply",
        whose="the buyer",
    ),
    asking=KIND,
    bought_as=KIND,
    claim=KIND,
    need=KIND,
    asked=KIND,
    identity=KIND,
    signals=KIND,
    weighed=KIND,
    doubts=KIND,
    heard=KIND,
    refused_on=KIND,
    view=sealed("開示についての出品者の意見", "the seller's view on the disclosure", whose="the seller"),
    outdated=OF_ITEMS,
    tries=KIND,
    outcome=KIND,
    items=KIND,
    left_out=OF_ITEMS,
    proposed_by=BY_STAFF,
    letter=sealed("決定の通知の文面", "the decision as it went out", whose="the buyer"),
    given=sealed("開示した出品者の情報", "the seller's information that was disclosed", whose="the seller"),
)
table(
    "disclosure_inquiry",
    kind=KIND,
    asked=KIND,
    given=KIND,
    parties=reference(
        "照会の対象の参照（buyer:…、seller:…）", "references of whom it is about", searched=False
    ),
    said=house(
        "照会した機関・人、文書番号、求めの範囲と内容",
        "who asks, the number of its paper, its scope and words",
        along=True,
    ),
    mark=digest(
        "照会した機関・人と文書番号の鍵付き要約", "keyed digest of who asks and the number of its paper"
    ),
    outcome=KIND,
    proposed_by=BY_STAFF,
    decided_by=BY_STAFF,
)
OWN_WORDS = code("運営者が公表する取組みの文", "what the operator publishes of a measure")
table(
    "disclosure_edition",
    half=KIND,
    body=code("公表した数値と取組みの文（公表の対象）", "figures and words that are published"),
    digest=KIND,
    reason=code("訂正・数え直しの理由（公表する）", "why something was corrected, which is published"),
    moved=KIND,
    recount=KIND,
    drafted_by=BY_STAFF,
)
table("disclosure_monthfigure", code=KIND)
table(
    "disclosure_practiceanswer",
    practice=KIND,
    says=KIND,
    title_ja=OWN_WORDS,
    title_en=OWN_WORDS,
    words_ja=OWN_WORDS,
    words_en=OWN_WORDS,
    shown=OWN_WORDS,
    link=OWN_WORDS,
    proposed_by=BY_STAFF,
)
table("disclosure_procedureversion", code=KIND, digest=KIND, said=code("手順の文", "what a procedure says"))
table(
    "disclosure_procedurewords",
    code=KIND,
    ja=code("運営者が手順に書き足した文", "what the operator adds to a procedure"),
    en=code("運営者が手順に書き足した文", "what the operator adds to a procedure"),
    by=BY_STAFF,
)
table("disclosure_procedurereading", code=KIND, digest=KIND, by=BY_STAFF)
table(
    "disclosure_jomclook",
    address=code("JOMCのページのアドレス（公表の対象）", "address of a page of JOMC, which is published"),
    found=KIND,
    digest=KIND,
    by=BY_STAFF,
)

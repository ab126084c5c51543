"""What the room of contact keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    BUYER,
    BY_STAFF,
    KIND,
    ORDER,
    SELLER,
    Reach,
    blind,
    digest,
    reference,
    sealed,
    table,
)

table(
    "contact_thread",
    topic=KIND,
    buyer_ref=BUYER,
    seller_ref=SELLER,
    listing_ref=reference("商品の参照", "the listing's reference"),
    order_ref=ORDER,
)
table(
    "contact_asker",
    ref=digest("鍵の名前（秘密の要約の一部）", "name of the key, cut from a digest", along=True),
    ticket=digest(
        "確認コードの画面の秘密の要約", "digest of the secret of the page for the code", reach=Reach.TIME
    ),
    page=digest("質問のページの秘密の要約", "digest of the secret of the question's page", reach=Reach.TIME),
    sealed=sealed(
        "アカウントのない人のメールアドレスと、確かめる前の質問",
        "the mail address of somebody without an account, and what they ask until it is proven",
        whose="the asker, a key of each question's own",
        at=("contact_asker {ref} sealed",),
        but=("page",),
    ),
    mark=digest(
        "同じ質問を知る鍵付き要約", "keyed digest by which the same question is known", reach=Reach.TIME
    ),
    language=KIND,
    code=digest("確認コードの鍵付き要約", "keyed digest of a code", reach=Reach.TIME),
)
table("contact_sellerclosing", seller_ref=SELLER)
table("contact_standstill", about=reference("止めた案件", "the case that stands still"), cause=KIND)
table(
    "contact_message",
    through=KIND,
    sealed=sealed("書いた言葉", "the words", whose="the writer", searched=True),
    shown=sealed("双方に見せる言葉（伏せたとき）", "the words as both sides see them", whose="the writer"),
    formal=KIND,
)
table(
    "contact_centremessage",
    by_side=KIND,
    agent=BY_STAFF,
    readers=KIND,
    through=KIND,
    sealed=sealed(
        "窓口と交わした言葉",
        "what was written with the centre",
        whose="its reader; of both, the buyer",
        searched=True,
    ),
)
table("contact_attachment")
table(
    "contact_leave",
    way=KIND,
    sealed=sealed("購入者が知らせた電話番号かメール", "a detail that the buyer gave", whose="the buyer"),
)
table(
    "contact_phrase",
    seller_ref=SELLER,
    sealed=sealed("定型文の名前と文", "name and words of a usual text", whose="the seller"),
)
table("contact_check", buyer_ref=BUYER, order_ref=ORDER, channel=KIND, agent=BY_STAFF)
table(
    "contact_helper",
    digest=digest("頼まれた人の符号の要約", "digest of a helper's code"),
    sealed=sealed(
        "頼まれた人の呼び名",
        "what a helper is called",
        whose="the buyer",
        at=("contact_helper {digest} sealed",),
    ),
)
table(
    "contact_toldreply",
    reply=KIND,
    through=KIND,
    agent=BY_STAFF,
    said=sealed(
        "電話や手紙で伺った返事の言葉",
        "the words of an answer by telephone or letter",
        whose="the buyer",
        at=("contact_toldreply {proposal_id} said",),
    ),
    read_back=digest("読み返した文章の要約", "digest of the text that was read back", along=True),
    correction=sealed(
        "聞き違いの連絡の言葉",
        "what was misheard, as the buyer says",
        whose="the buyer",
        at=("contact_toldreply {proposal_id} correction",),
    ),
)
table("contact_trouble", harm=KIND, progress=KIND)
table("contact_mediation", cause=KIND, agent=BY_STAFF)
table(
    "contact_remedy",
    buyer_ref=BUYER,
    wish=KIND,
    because=KIND,
    inspected=KIND,
    label=reference("送り状の指示の番号", "number of the instruction for a label"),
    tracking=reference("返品の追跡番号", "tracking number of a parcel sent back"),
    instruction=reference("指示の番号", "number of the instruction"),
)
table(
    "contact_proposal",
    by_side=KIND,
    agent=BY_STAFF,
    kind=KIND,
    said=sealed("提案の言葉", "the words of the proposal", whose="who proposed it; the centre's: the buyer"),
)
table(
    "contact_recovery",
    seller_ref=SELLER,
    clause=KIND,
    because=KIND,
    instruction=reference("指示の番号", "number of the instruction"),
    decided_by=BY_STAFF,
    view=sealed("出品者の意見", "the seller's view", whose="the seller"),
)
table("contact_giveback", instruction=reference("指示の番号", "number of the instruction"))
table(
    "contact_call",
    whom=KIND,
    seller_ref=SELLER,
    why=KIND,
    outcome=KIND,
    agent=BY_STAFF,
    note=sealed("電話のメモ", "the note on a call", whose="the seller; of a call to the buyer, the buyer"),
)
table(
    "contact_wrongnumber",
    seller_ref=SELLER,
    number=blind("番号違いだった電話番号", "the number that was wrong"),
)
table(
    "contact_formal",
    notice=KIND,
    buyer_ref=BUYER,
    seller_ref=SELLER,
    order_ref=ORDER,
    through=KIND,
    sealed=sealed("通知の文章", "the notice's text", whose="the buyer"),
)
table(
    "contact_formalreply",
    step=KIND,
    sealed=sealed(
        "出品者の返事",
        "the seller's answer",
        whose="the seller",
        at=(
            "contact_formal {formal_id} reply",
            "contact_formal {formal_id} reply:{number}",
        ),
    ),
)
table("contact_formalfile")
table(
    "contact_scanninganswer",
    party=reference("購入者か出品者の参照", "the buyer's or seller's reference"),
)
table("contact_lurecount", side=KIND, kind=KIND)
table(
    "contact_alert",
    about=reference("知らせのもとになった件", "the matter on account of which it tells"),
    words=KIND,
    reached=reference("順に調べて着いた注文の参照", "the reference of the order that it has reached"),
)
table("contact_alertlisting", listing_ref=reference("商品の参照", "the listing's reference"))
table(
    "contact_alertedbuyer",
    buyer_ref=BUYER,
    way=KIND,
    outcome=KIND,
    note=sealed("電話で聞いたこと", "what was heard on the telephone", whose="the buyer"),
)
table(
    "contact_alertedgoods",
    listing_ref=reference("商品の参照", "the listing's reference"),
    orders=reference("注文の参照", "the orders' references"),
)

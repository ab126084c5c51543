"""How this room's matters are dealt with, and what stands under every room, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.fields import declare_procedures, lifecycles
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.law import clauses, deadlines, grounds, settings
from mamori.law.article5 import (
    ABOVE,
    ARTICLE5_DEADLINES,
    ELEMENTS,
    LEFT_OUT,
    NEVER,
    SELLER_ITEMS,
    SILENCE_ON_OUTDATED,
)
from mamori.law.company import COMPANY_SETTINGS
from mamori.law.inquiries import INQUIRIES, INQUIRY_ANSWER, InquiryRule, listed
from mamori.law.reports import JOMC_LOOK, OPERATOR_MAIL, OPERATOR_NAME_EN, REPORT_TO
from mamori.law.retention import RETENTION_SETTINGS
from mamori.rooms.disclosure import decisions as parties, notices
from mamori.rooms.disclosure.editions import views as editions
from mamori.rooms.disclosure.handbook import views as handbook
from mamori.rooms.disclosure.inquiries import views as inquiries
from mamori.rooms.disclosure.inquiries.rules import deciders_of
from mamori.rooms.disclosure.lifecycle import ANSWER, EDITION, INQUIRY, REQUEST
from mamori.rooms.disclosure.measures import views as answers
from mamori.rooms.disclosure.rules.deciding import TOLD

OF_INQUIRIES = (notices.INQUIRY_OVERDUE, notices.INQUIRY_TO_AGREE)
OF_PUBLISHING = (notices.EDITION_OUT, notices.JOMC_DUE)
NO = Text("なし", "none")
REST = Text("そのほか", "the rest")
UNCHECKED = Text(
    "{ground}（条文を確かめていません。法務担当が確かめてください）",
    "{ground} (not checked in the text: counsel has to)",
)
MAY_ASK = Text("書面で求められることがある（{source}）", "it may ask for it ({source})")
HOLDS = Text("保全の求めを含みます。", "It asks for a hold.")


def _ground(one: InquiryRule) -> Text:
    ground = one.citation.text
    return ground if one.citation.is_binding else UNCHECKED.fill(ground=ground)


def _silence(one: InquiryRule) -> Text:
    return MAY_ASK.fill(source=one.silence.text) if one.silence else NO


def _note(one: InquiryRule) -> Text:
    said = [text for text in (HOLDS if one.holds else None, one.note) if text]
    return Text("".join(text.ja for text in said), " ".join(text.en for text in said)) if said else NO


PROCEDURES = (
    Procedure(
        code="request",
        room="disclosure",
        title=Text("販売業者等情報の開示請求", "Requests for a seller's information"),
        lead=Text(
            "購入者が、お金を求める相手を知るために出品者の情報を請求したとき。証拠なしに「満たす」とはせず、迷えば法務に回します。開示は取り消せません。"
            "決めるには提案した人とは別の一人の同意が要り、ほかにだれもいないときは、開示しない決定だけが一人でできます。",
            "A buyer asks who a seller is in order to claim money. Nothing is met without evidence, and in doubt it goes to "
            "counsel: a disclosure cannot be undone. Another person than who proposed it has to agree; where there is nobody "
            "else, only a refusal can be decided alone.",
        ),
        examples=(
            Text(
                "返金を求めたい購入者に、意見を聴いたうえで、出品者の氏名と住所だけを開示した。",
                "To a buyer with a claim for a refund the seller's name and address alone were disclosed, after hearing the "
                "seller.",
            ),
            Text(
                "代金が{above}以下だったので開示しないと決め、ほかの方法を知らせた。",
                "The sum was {above} or less: it was refused, and other roads were named.",
            ).fill(above=ABOVE),
        ),
        lifecycles=(REQUEST,),
        decisions=(
            parties.ENTER,
            *parties.DECISIONS,
            parties.ASK,
            parties.COMPLETE,
            parties.WITHDRAW,
            parties.VIEW,
            parties.CONFIRM,
        ),
        deadlines=ARTICLE5_DEADLINES,
        notices=tuple(one for one in notices.TEMPLATES if one not in OF_INQUIRIES + OF_PUBLISHING),
        tables=(
            ProcedureTable(
                title=Text("要件", "Elements"),
                heads=(
                    Text("要件", "element"),
                    Text("確かめること", "what is asked"),
                    Text("根拠", "source"),
                ),
                rows=tuple(
                    (
                        one.title,
                        one.asks,
                        one.citation.text,
                    )
                    for one in ELEMENTS.values()
                ),
            ),
            ProcedureTable(
                title=Text("開示できる項目", "What can be disclosed"),
                lead=NEVER,
                heads=(Text("項目", "item"),),
                rows=tuple((one,) for one in SELLER_ITEMS.values()),
            ),
            ProcedureTable(
                title=Text("項目を外すことのできる理由", "Why an item may be left out"),
                lead=SILENCE_ON_OUTDATED.fill(span=Text("定めた日数", "the time laid down")),
                heads=(Text("理由", "reason"), Text("根拠", "source")),
                rows=tuple((one.text, one.citation.text) for one in LEFT_OUT.values()),
            ),
            ProcedureTable(
                title=Text("意見を聴くとき出品者に伝えること", "What the seller is told when it is heard"),
                heads=(Text("文", "words"),),
                rows=((TOLD.blanked,),),
            ),
        ),
        serves=("seller-disclosure", "P26", "P27", "P30"),
        grounds=(grounds.DISCLOSURE_PENDING,),
    ),
    Procedure(
        code="inquiry",
        room="disclosure",
        title=Text(
            "捜査機関・弁護士会などからの照会",
            "Inquiries by investigators, courts, bar associations and others",
        ),
        lead=Text(
            "外の機関や本人から、情報を求められたとき。その場で答えず、責任者か法務担当に渡してください。種類ごとに、だれが決め、何を渡してよいかが決まっています。表にないものは渡しません。"
            "購入者からの開示請求と、商品の削除の求めは、ここではありません。",
            "An authority, or a person about itself, asks for information. Answer nothing on the spot and pass it to a lead or "
            "counsel. For each kind it is laid down who decides and what may be given; what the table does not name is not "
            "given. A buyer's request for a seller's information and a demand to take something down are none of these.",
        ),
        examples=(
            Text(
                "警察から捜査関係事項照会書が届いた。責任者が提案し、法務が同意して、求められた注文だけを渡した。",
                "The police sent a written inquiry. A lead proposed, counsel agreed, and the orders that were asked for were "
                "given.",
            ),
        ),
        lifecycles=(INQUIRY,),
        decisions=(inquiries.ENTER, *inquiries.DECISIONS),
        deadlines=(INQUIRY_ANSWER,),
        notices=OF_INQUIRIES,
        tables=(
            ProcedureTable(
                title=Text("照会の種類", "Kinds of inquiry"),
                heads=(
                    Text("種類", "kind"),
                    Text("根拠", "ground"),
                    Text("強さ", "how far it binds"),
                    Text("決める人", "decided by"),
                ),
                rows=tuple(
                    (one.title, _ground(one), one.binding.text, deciders_of(kind))
                    for kind, one in INQUIRIES.items()
                ),
            ),
            ProcedureTable(
                title=Text("渡せるもの、渡せないもの", "What may be given, and what never"),
                heads=(
                    Text("種類", "kind"),
                    Text("渡せるもの", "may be given"),
                    Text("決して渡せないもの", "never"),
                    Text("そのほかの答え", "what is answered about the rest"),
                ),
                rows=tuple(
                    (one.title, listed(one.may), listed(one.never), one.rest.fill(items=REST))
                    for one in INQUIRIES.values()
                ),
            ),
            ProcedureTable(
                title=Text("先にすることと注意", "What comes first, and what to note"),
                heads=(
                    Text("種類", "kind"),
                    Text("先にすること", "what comes first"),
                    Text("漏らさない求め", "silence"),
                    Text("注意", "to note"),
                ),
                rows=tuple(
                    (one.title, one.first or NO, _silence(one), _note(one)) for one in INQUIRIES.values()
                ),
            ),
        ),
        serves=("P11",),
        grounds=(
            grounds.PRESERVATION,
            grounds.RECORD_ORDER,
            grounds.SUIT,
            grounds.AUTHORITY,
            grounds.BEING_ANSWERED,
        ),
    ),
    Procedure(
        code="edition",
        room="disclosure",
        title=Text("取組みの公表と公表版", "Publishing measures, and editions"),
        lead=Text(
            "取組みと数値をだれでも読めるようにするとき。半年ごとに公表版を作り、作った人とは別の人が公表します。この仕組みの外で行っていることは、答えとして書き、別の人が公表します。",
            "Measures and figures are shown to everybody. Every half-year an edition is drafted, and somebody else releases it. "
            "What is done outside of this house is written as an answer, and somebody else publishes that.",
        ),
        examples=(
            Text(
                "公表した数の誤りに気づき、理由を書いて訂正版を作り、別の責任者が公表した。",
                "A published figure proved wrong: a correction was drafted with its reason, and another lead released it.",
            ),
        ),
        lifecycles=(EDITION, ANSWER),
        decisions=(editions.DRAFT, *editions.DECISIONS, answers.PROPOSE, answers.OWN, *answers.DECISIONS),
        notices=(notices.EDITION_OUT,),
        serves=("measures-shown", "P24"),
        settings=(REPORT_TO,),
    ),
    Procedure(
        code="jomc",
        room="disclosure",
        title=Text("JOMCのページに載せる", "The page of JOMC"),
        lead=Text(
            "取組みを業界団体（JOMC）のサイトに載せるとき、または載せた文が古くなったとき。文は仕組みが作り、人が送り、載ったページを人が決まった間隔で見て、記録します。",
            "Measures are published on the site of JOMC, or the text there has become old. The system makes the text, people "
            "send it, and somebody looks at that page from time to time and records what it says.",
        ),
        examples=(
            Text(
                "見るよう知らせが届いたので責任者がJOMCのページを開いた。いまの文と違っていたのでそう記録し、新しい文を送った。",
                "A lead was asked to look at the page of JOMC, found that it says something else, recorded that, and sent the "
                "new text.",
            ),
        ),
        decisions=(answers.LOOK,),
        deadlines=(JOMC_LOOK,),
        notices=(notices.JOMC_DUE,),
        serves=("measures-shown", "P23"),
    ),
    Procedure(
        code="handbook",
        room="disclosure",
        title=Text("この手順書を読む・書き足す", "Reading this handbook, and adding to it"),
        lead=Text(
            "手順は動いている仕組みから作られ、変わると新しい版が残ります。読んだ人はそう記録し、責任者と法務はだれが今の版を読んだかを見ます。",
            "Procedures are rendered from what runs, and a new version is kept once one changes. Whoever has read one records "
            "it; leads and counsel see who has read what it says now.",
        ),
        examples=(
            Text(
                "意見を聴く日数を変えたところ、開示請求の手順に新しい版が残り、前に読んだ人に「変わりました」と出た。",
                "The time for a seller's view was changed: a new version was kept, and whoever had read the former was told so.",
            ),
        ),
        decisions=(handbook.READ, handbook.ADD),
        serves=("P30",),
    ),
    Procedure(
        code="approval",
        room="",
        title=Text("二人で決めること・担当者の受け入れ", "What two people decide, and who works here"),
        lead=Text(
            "支払い・規約・消去など、一人で決めてはならないことを申請したとき。別の人が、申請した人の本人確認のあとに承認します。",
            "Something that nobody may decide alone is proposed: a payment, terms, an erasure. Another person approves it.",
        ),
        examples=(
            Text(
                "ほかに承認できる人がいなかったので、全員に知らせて決まった時間を待ってから実行した。",
                "Nobody else could approve: everybody was told, and it was done after the time laid down.",
            ),
        ),
        lifecycles=(lifecycles()["people.proposal"],),
        deadlines=(deadlines.LONE_DELAY,),
        notices=people.TEMPLATES,
        serves=("P30",),
        settings=(
            settings.PEOPLE_SIZE,
            settings.OUTSIDE_READER,
            settings.COUNTS_AFTER,
            settings.STAFF_IDLE,
            settings.STAFF_STAY,
            settings.VISITOR_IDLE,
            settings.VISITOR_STAY,
            *COMPANY_SETTINGS,
        ),
    ),
    Procedure(
        code="terms",
        room="",
        title=Text("規約を変える", "Changing the terms"),
        lead=Text(
            "出品者に効く条項を変えるとき。前もって知らせ、知らせた日から数えて効きます。",
            "Clauses that bind sellers are changed. Sellers are told before, and a clause binds only once its notice has run.",
        ),
        examples=(
            Text(
                "回収の条項の新しい版を用意し、前もって知らせ、同意した出品者にだけ適用した。",
                "A new version of the clause on recovery was told in advance, and applied to who accepted it.",
            ),
        ),
        notices=terms.TEMPLATES,
        serves=("P30",),
        grounds=grounds.SHORT_NOTICE_GROUNDS,
        clauses=(clauses.CHANGES,),
    ),
    Procedure(
        code="keeping",
        room="",
        title=Text("保存・消去の停止・消去", "What is kept, held and erased"),
        lead=Text(
            "記録をいつまで持ち、いつ消すか。争いや調査のあいだは、定めた根拠で消去を止めます。",
            "How long records are kept and when they are destroyed. During a dispute or inquiry nothing is, on a declared "
            "ground.",
        ),
        examples=(
            Text(
                "消去を求められたが、訴えが続いていたので、終わるまで消去を止めた。",
                "An erasure was asked for while a suit went on: the records were held until it was over.",
            ),
        ),
        lifecycles=(lifecycles()["vault.file"],),
        serves=("P30",),
        grounds=grounds.ERASURE_GROUNDS,
        settings=(
            settings.FILE_BYTES,
            settings.FILE_PIXELS,
            settings.FILE_PAGES,
            settings.FILES_BYTES,
            settings.FILES_MOST,
            *RETENTION_SETTINGS,
        ),
    ),
    Procedure(
        code="telling",
        room="",
        title=Text("お知らせ・手紙・指示が届くまで", "How notices, letters and instructions get there"),
        lead=Text(
            "決めたことは、メール・手紙・通販サイトへの指示として出ます。届かなかったものは「届かなかったもの」の一覧に出て、担当が見ます。",
            "What is decided goes out by mail, by letter and as instructions to the marketplace. What does not arrive stands "
            "in a list that staff look at.",
        ),
        examples=(
            Text(
                "メールが届かない出品者に、手紙で知らせ直した。",
                "A seller's mail came back: the notice went as a letter.",
            ),
        ),
        lifecycles=tuple(
            lifecycles()[name]
            for name in ("outbox.notice", "post.mail", "post.letter", "outbox.delivery", "market.instruction")
        ),
        notices=cases.TEMPLATES,
        serves=("contact",),
        settings=(
            settings.OPERATOR_NAME,
            OPERATOR_NAME_EN,
            settings.OPERATOR_PHONE,
            settings.OPERATOR_SHOP,
            settings.OPERATOR_COLOUR,
            settings.OPERATOR_ADDRESS,
            OPERATOR_MAIL,
            settings.NOTICES_TO_BUYERS,
            settings.NOTICES_TO_SELLERS,
            settings.NOTICES_TO_STAFF,
            settings.LETTERS_ON,
        ),
    ),
)
declare_procedures(*PROCEDURES)

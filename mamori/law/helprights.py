"""The help on a buyer's rights and on those outside who help: formal notices, article 5, article 10, and where else to turn."""

from __future__ import annotations

from mamori.grammar.helppage import HelpFor, HelpItem, HelpPage, HelpPart
from mamori.grammar.text import Text
from mamori.law.article5 import (
    ABOVE,
    DISCLOSURE_COMPLETION,
    DISCLOSURE_DECISION,
    DISCLOSURE_HEARING,
    DISCLOSURE_RECEIPT,
    ELEMENTS,
    ITEMS_OF,
    NEVER,
    SELLER_ITEMS,
)
from mamori.law.citations import act, order
from mamori.law.deadlines import FORMAL_ANSWER
from mamori.law.formal import FORMAL_NOTICES, NO_COOLING_OFF, RETURN_DAYS
from mamori.law.roads import ADR, COURT, HOTLINE, OVERSEAS, POLICE

NOTICES = HelpPage(
    slug="formal-notices",
    audience=HelpFor.BUYERS,
    title=Text("返品・解除・取消しを出品者に伝える", "Return, rescind or cancel: telling the seller"),
    lead=Text(
        "契約をやめるという通知は、相手に届いたときに効力を生じます。この窓口から送ると、届いた時刻の証明が残ります。",
        "A notice that ends a contract takes effect when it arrives. Sent from here, the moment of arrival is proved.",
    ),
    known_as=Text(
        "へんぴん かいじょ とりけし かいやく 返品 解除 キャンセル 取り消し 取消 クーリングオフ 未成年 子ども {last}日 解約 通知",
        "return rescind cancel cooling-off minor child notice",
    ).fill(last=RETURN_DAYS),
    parts=(
        HelpPart(
            title=Text("どの通知があるか", "Which notices there are"),
            says=(NO_COOLING_OFF,),
            items=tuple(HelpItem(title=one.title, text=one.meaning) for one in FORMAL_NOTICES),
            cites=tuple(dict.fromkeys(where.citation for one in FORMAL_NOTICES for where in one.provisions)),
        ),
        HelpPart(
            title=Text("送ると", "Once it is sent"),
            says=(
                Text(
                    "運営者は、通知を止めたり、直したり、伏せたりしません。送った文と届いた時刻の受領証が残ります。"
                    "出品者には{answer}以内の返事を求めます。返事がなくても、届いた事実は変わりません。",
                    "We never hold, change or mask it. You keep a receipt of its words and of when it arrived. The seller is "
                    "asked "
                    "for its word within {answer}; without one it has arrived all the same.",
                ),
                Text(
                    "通知が有効かどうかは、運営者は判断しません。争いになったときの相談先は「ほかの相談先」にあります。",
                    "Whether it is valid is not for us to say. Where it is disputed, see “Where else to turn”.",
                ),
            ),
            fills={"answer": FORMAL_ANSWER},
            to="/threads/",
            to_text=Text("やり取りの画面から送る", "Send one from your conversation"),
        ),
    ),
)
WHO_THE_SELLER_IS = HelpPage(
    slug="who-the-seller-is",
    audience=HelpFor.BUYERS,
    title=Text("出品者の名前や住所の開示を請求する", "Ask for a seller's name and address"),
    lead=Text(
        "お金を返してほしいのに相手がわからないとき、法律により、運営者に開示を請求できます。",
        "Where you claim money and do not know from whom, the Act lets you ask us.",
    ),
    known_as=Text(
        "かいじせいきゅう 開示請求 販売業者等情報 五条 5条 だれ 訴える 訴訟 少額訴訟 内容証明 {above}",
        "disclosure article 5 sue small claims {above}",
    ).fill(above=ABOVE),
    parts=(
        HelpPart(
            title=Text("請求できるとき", "When you may ask"),
            says=(Text("次のすべてに当たるときです。", "All of this has to be so."),),
            items=tuple(HelpItem(title=one.title, text=one.asks) for one in ELEMENTS.values()),
            to="/disclosure/",
            to_text=Text("使えるかを確かめる・請求する", "See whether it helps, and ask"),
            cites=(act("5"),),
        ),
        HelpPart(
            title=Text("開示されるもの", "What may be disclosed"),
            says=(
                Text("{items}。", "{items}.").fill(items=Text.listed(SELLER_ITEMS.values())),
                NEVER,
            ),
            cites=(ITEMS_OF,),
        ),
        HelpPart(
            title=Text("いつまでに", "By when"),
            says=(
                Text(
                    "{receipt}以内に確かめ始めます。足りないものがあれば、{completion}以内に送っていただきます。"
                    "要件の確認、出品者の意見（{hearing}）のあとの判断、二人目の同意は、それぞれ{decision}以内を目安にします（開示は必ず二人で）。日数は運営者が定めたもので、法律の定めではありません。",
                    "It is looked at within {receipt}; what is missing you send within {completion}. Looking at the "
                    "requirements, deciding once the seller was heard ({hearing}), and the second person's word are each to take "
                    "no more than {decision}, a disclosure always by two. These are our own times, not the Act's.",
                ),
            ),
            fills={
                "receipt": DISCLOSURE_RECEIPT,
                "completion": DISCLOSURE_COMPLETION,
                "hearing": DISCLOSURE_HEARING,
                "decision": DISCLOSURE_DECISION,
            },
        ),
    ),
)
ART10_ASKS = (
    HelpItem(
        title=Text("あなたの氏名または名称、住所、電話番号", "Your name, address and telephone number"),
        text=Text("申し出る人のことです。", "This is about who reports."),
    ),
    HelpItem(
        title=Text("取引デジタルプラットフォームの名称", "The name of the platform"),
        text=Text("この通販サイトの名前です。", "The name of this marketplace."),
    ),
    HelpItem(
        title=Text("申出の趣旨", "What you report"),
        text=Text(
            "何があり、消費者の利益がどのように害されるおそれがあるか、国に何をしてほしいか。",
            "What happened, how it may harm consumers, and what you want the State to do.",
        ),
    ),
    HelpItem(
        title=Text("その他参考となる事項", "Anything else that helps"),
        text=Text(
            "商品のページのアドレス、出品者の名前、注文の日、やり取りの日など。",
            "The address of the listing, the seller's name, the days of the order and of what was said.",
        ),
    ),
)
"""The four contents of a report, as the order lists them."""
REPORT_TO_THE_STATE = HelpPage(
    slug="report-to-the-state",
    audience=HelpFor.BOTH,
    title=Text("国（消費者庁）に申し出る：第10条の申出", "Report it to the State: article 10"),
    lead=Text(
        "消費者の利益が害されるおそれがあると思う人は、だれでも、"
        "内閣総理大臣（権限は消費者庁長官に委任されています）に申し出て、必要な措置を求められます。",
        "Whoever thinks that consumers may be harmed may report it to the Prime Minister (delegated to the Commissioner of "
        "the Consumer "
        "Affairs Agency), and ask for what is needed to be done.",
    ),
    known_as=Text(
        "十条 10条 申出 申し出 通報 行政 内閣総理大臣 消費者庁",
        "article 10 report government Consumer Affairs Agency",
    ),
    parts=(
        HelpPart(
            title=Text("できることと、できないこと", "What it does, and what it does not"),
            says=(
                Text(
                    "国は、申出があると調査をし、内容が事実であると認めるときは、"
                    "法律にもとづく措置などをとるものとされています。",
                    "On such a report the State makes inquiries, and takes measures under the Act or others where what was "
                    "reported "
                    "is found to be so.",
                ),
                Text(
                    "あなた個人の返金や解決のための手続きではありません。調べた結果や、とった措置の返事も来ません。"
                    "個人のトラブルの相談は、消費者ホットライン 188 へ。",
                    "It is no way to your own refund or solution, and nobody replies with what was found or done. With a "
                    "trouble of "
                    "your own, call the consumer hotline 188.",
                ),
            ),
            cites=(act("10"), act("11"), order("8")),
        ),
        HelpPart(
            title=Text("書くこと（4つ）", "What it says: four things"),
            says=(
                Text(
                    "法律の施行規則が定めています。様式（別記様式）もあります。",
                    "The order for the Act lists them, and has a form.",
                ),
            ),
            items=ART10_ASKS,
            to="/guide/report-to-the-state/sheet/",
            to_text=Text("4つの内容を紙にまとめる", "Put the four onto a sheet of paper"),
        ),
        HelpPart(
            title=Text("出すのはあなたです", "You send it yourself"),
            says=(
                Text(
                    "運営者は、この申出を受け付けず、送らず、保管もしません。"
                    "消費者庁のサイトで「取引デジタルプラットフォーム 申出」を探し、"
                    "様式と送り先を確かめて、ご自身で出してください。",
                    "We neither take, send nor keep it. Please look for 「取引デジタルプラットフォーム 申出」 on the site of "
                    "the "
                    "Consumer Affairs Agency, see its form and where it goes, and send it yourself.",
                ),
            ),
            to="https://www.caa.go.jp/",
            to_text=Text("消費者庁のサイト", "The site of the Consumer Affairs Agency"),
        ),
    ),
)
ELSEWHERE = HelpPage(
    slug="where-else",
    audience=HelpFor.BUYERS,
    title=Text("ほかの相談先：188・ADR・越境消費者センター", "Where else to turn: 188, ADR, CCJ"),
    lead=Text(
        "ここで解決しないとき、または、運営者のことを第三者に相談したいときの窓口です。",
        "Where it is not solved here, or where you want to ask somebody else about us.",
    ),
    known_as=Text(
        "そうだん 消費生活センター いやや 国民生活センター 紛争解決 海外 外国 裁判 弁護士 相談",
        "consumer centre dispute abroad overseas foreign court lawyer advice",
    ),
    parts=(
        HelpPart(
            title=Text("相談先", "Where to turn"),
            says=(
                Text(
                    "どれも運営者とは別の機関です。使うのに、運営者の同意はいりません。",
                    "None of them is ours, and you need nobody's leave to use them.",
                ),
            ),
            items=tuple(
                HelpItem(title=one.title, text=one.text, phone=one.phone)
                for one in (HOTLINE, POLICE, ADR, OVERSEAS, COURT)
            ),
        ),
        HelpPart(
            title=Text("相談の前に用意するもの", "What to have ready"),
            says=(
                Text(
                    "注文の番号と日付、商品のページ、出品者とのやり取り、支払いの記録。やり取りは、画面を印刷できます。",
                    "The number and day of the order, the listing, what was said between you and the seller, and what you "
                    "paid. "
                    "You can print the page of a conversation.",
                ),
            ),
        ),
    ),
)

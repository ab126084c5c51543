"""The help for those who buy: what happens after a report, which rights there are, and where else to turn."""

from __future__ import annotations

from mamori.grammar.helppage import HelpFor, HelpPage, HelpPart
from mamori.grammar.text import Text
from mamori.law.citations import act
from mamori.law.deadlines import (
    ANSWER,
    DISPLAY_REQUEST,
    PROPOSAL,
    QUESTION_ANSWER,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_SENDING,
)
from mamori.law.display import DISPLAY_PROOFS, DISPLAY_REQUIRED
from mamori.law.helprights import ELSEWHERE, NOTICES, REPORT_TO_THE_STATE, WHO_THE_SELLER_IS
from mamori.law.settings import CALL_TRIES, CLOSINGS_MOST, REMEDY_CEILING, REMEDY_DAYS, RETURNS_ON

AFTER_A_REPORT = HelpPage(
    slug="after-a-report",
    audience=HelpFor.BUYERS,
    title=Text("困りごとを伝えたあと、どうなりますか", "What happens after you report a trouble"),
    lead=Text(
        "商品が届かない、違う物が届いた、出品者が返事をしない。そのようなときに、いつまでに、だれが、何をするかです。",
        "Nothing came, the wrong thing came, the seller is silent: who does what, and by when.",
    ),
    known_as=Text(
        "とどかない おそい へんきん 届かない 遅い 壊れていた 不良品 違う商品 返事がない 連絡が取れない 返金 補償 仲介 "
        "クレーム トラブル 期限",
        "late broken wrong item no answer refund compensation mediation complaint dispute deadline",
    ),
    parts=(
        HelpPart(
            title=Text("1 伝える", "1 You report it"),
            says=(
                Text(
                    "注文を選び、何に困っているか、どうしてほしいかを書きます。あなたのメールアドレスや電話番号は、"
                    "出品者に伝わりません。",
                    "Choose the order, and say what is wrong and what you want. Your mail address and telephone number are "
                    "not "
                    "given to the seller.",
                ),
                Text(
                    "けがや火災など、人に危険があるときは、そのことも書いてください。ほかより先に扱います。",
                    "Please say so where anybody is in danger, as by injury or fire: it goes before everything else.",
                ),
            ),
            to="/report/",
            to_text=Text("困りごとを伝える", "Report a trouble"),
        ),
        HelpPart(
            title=Text("2 出品者が答える", "2 The seller answers"),
            says=(
                Text(
                    "出品者の回答の期限は{answer}です。土日祝日などの休業日は数えません。近づくと催促し、"
                    "回答がなければ電話をかけます"
                    "（つながらないとき{tries}回まで）。",
                    "Its answer is due within {answer}; closed days such as weekends and holidays are not counted. It is "
                    "reminded "
                    "as the time comes near, and called where no answer comes, up to {tries} times.",
                ),
            ),
            fills={"answer": ANSWER, "tries": CALL_TRIES},
        ),
        HelpPart(
            title=Text("出品者が休んでいるとき", "While the seller is closed"),
            says=(
                Text(
                    "出品者が前もって知らせた休業日は、回答の期限に{most}日まで数えません。休みの日は、"
                    "やり取りの画面に出ます。",
                    "Of the closing days that a seller declared beforehand up to {most} are not counted towards its answer. "
                    "They "
                    "stand on the page of your conversation.",
                ),
            ),
            fills={"most": CLOSINGS_MOST},
            switches=(CLOSINGS_MOST,),
        ),
        HelpPart(
            title=Text("3 相談窓口が間に入る", "3 The centre steps in"),
            says=(
                Text(
                    "期限までに回答がないとき、または、あなたが求めたときは、相談窓口の担当者が双方の話を聞き、"
                    "解決の案を示します。"
                    "案への返事は、どちらからも{proposal}以内にいただきます。費用はかかりません。これは仲介で、"
                    "どちらが正しいかの裁定ではありません。",
                    "Where no answer comes in time, or when you ask for it, somebody of the centre hears both sides and "
                    "proposes a "
                    "solution; either side replies within {proposal}. It costs you nothing. It is mediation, and no ruling "
                    "on who "
                    "is right.",
                ),
                Text(
                    "困りごとを伝えてから{resolution}以内の解決を目指します（休業日は数えません）。法律が定めた時間ではなく、"
                    "運営者の目標です。",
                    "We aim at a solution within {resolution} of your first word, closed days not counted. No statute sets "
                    "this "
                    "time; it is our aim.",
                ),
            ),
            fills={"proposal": PROPOSAL, "resolution": RESOLUTION},
        ),
        HelpPart(
            title=Text("4 出品者に代わる返金（立替返金）", "4 A refund in the seller's place"),
            says=(
                Text(
                    "出品者がきちんと応じないとき、運営者が代わりに返金することがあります。"
                    "注文から{days}日以内にこの窓口に伝えられたものが対象で、"
                    "1件{ceiling}円が上限です。解決の目標の時間を過ぎると、{decision}以内に担当者が判断します。"
                    "断るときは理由をお知らせします。",
                    "Where the seller does not do its part, we may refund in its place: for orders reported within {days} "
                    "days, up "
                    "to {ceiling} yen each. Once the time for a solution has passed, somebody decides within {decision}, and "
                    "says "
                    "why where it is declined.",
                ),
            ),
            fills={"days": REMEDY_DAYS, "ceiling": REMEDY_CEILING, "decision": REMEDY_DECISION},
            switches=(REMEDY_CEILING,),
        ),
        HelpPart(
            title=Text("商品を返すとき", "Where goods go back"),
            says=(
                Text(
                    "立替返金のために商品を返す必要があるときは、送り先と送り方を運営者がお知らせします。"
                    "{sending}以内に送ってください。",
                    "Where goods have to go back for such a refund, we tell you where and how; please send them within "
                    "{sending}.",
                ),
            ),
            fills={"sending": RETURN_SENDING},
            switches=(REMEDY_CEILING, RETURNS_ON),
        ),
    ),
)
BEFORE_BUYING = HelpPage(
    slug="before-buying",
    audience=HelpFor.BUYERS,
    title=Text("買う前に、出品者に尋ねる", "Ask a seller before you buy"),
    lead=Text(
        "商品・送料・返品のことは、買う前に尋ねられます。",
        "Goods, postage and returns: you may ask before you buy.",
    ),
    known_as=Text(
        "質問 問い合わせ 在庫 送料 サイズ 連絡先 会社概要 特定商取引法 住所 電話番号",
        "question stock postage size contact company address telephone",
    ),
    parts=(
        HelpPart(
            title=Text("質問する", "Ask"),
            says=(
                Text(
                    "出品者の回答の期限は{question}です（土日祝日などの休業日は数えません）。"
                    "あなたの連絡先は出品者に伝わりません。回答がなくても、相談窓口が間に入ることはありません。",
                    "The seller's answer is due within {question}, closed days such as weekends and holidays not counted. "
                    "Your contact details are not given to it. Where it does not answer, the centre does not step in.",
                ),
            ),
            fills={"question": QUESTION_ANSWER},
            to="/ask/",
            to_text=Text("質問する", "Ask a question"),
        ),
        HelpPart(
            title=Text("出品者の名前や連絡先を見る", "See who the seller is"),
            says=(
                Text(
                    "事業者の出品者は、名前・住所・電話番号などを表示するよう法律で求められています。"
                    "法律が認める範囲で省略されている事項は、"
                    "表示の画面から請求できます。出品者は{request}以内に知らせるよう求められます。",
                    "The law asks a seller that is a business to show its name, address, telephone and more. What it may "
                    "leave out "
                    "you can ask for on the page of its display; it is asked to give it within {request}.",
                ),
            ),
            fills={"request": DISPLAY_REQUEST},
        ),
        HelpPart(
            title=Text("表示がない出品者", "A seller without a display"),
            says=(
                Text(
                    "表示をまだ書いていない事業者にも、予告のうえ、書くよう求めています。",
                    "Businesses that have not written one are told, and then asked for it.",
                ),
            ),
            switches=(DISPLAY_REQUIRED,),
        ),
        HelpPart(
            title=Text("連絡先が本当に届くか", "Whether a contact reaches the seller"),
            says=(
                Text(
                    "表示の連絡先に届くかは、確認コードを使って確かめています。確かめた日は、表示の画面で読めます。",
                    "That a shown contact reaches the seller is proved by a code; the day of the proof stands on its "
                    "display.",
                ),
            ),
            switches=(DISPLAY_PROOFS,),
        ),
    ),
)
WHAT_WE_DO = HelpPage(
    slug="what-we-do",
    audience=HelpFor.BOTH,
    title=Text("購入者を守るためにしていること", "What is done to protect those who buy"),
    lead=Text(
        "法律（取引DPF法）は、通販サイトの運営者に、購入者を守る措置を講じるよう努め、その内容を開示することを求めています。",
        "The Act asks operators of marketplaces to endeavour to protect those who buy, and to say what they do.",
    ),
    known_as=Text(
        "取組み 取り組み 措置 安全 安心 保護 取引デジタルプラットフォーム 取引DPF法",
        "measures protection safety",
    ),
    parts=(
        HelpPart(
            title=Text("出品者と連絡がとれるように", "Sellers can be reached"),
            says=(
                Text(
                    "この窓口から出品者に尋ねられ、困りごとに答えがなければ担当者が間に入ります。",
                    "You ask sellers from here, and where a trouble is not answered somebody steps in.",
                ),
            ),
            to="/guide/after-a-report/",
            to_text=AFTER_A_REPORT.title,
        ),
        HelpPart(
            title=Text("違反には措置を", "Breaches are answered"),
            says=(
                Text(
                    "注意から利用の停止まで、違反の重さに応じた基準を公開しています。",
                    "From a notice to suspension: the policy by which breaches are answered is public.",
                ),
            ),
            to="/policy/",
            to_text=Text("違反への措置の基準", "How breaches are answered"),
        ),
        HelpPart(
            title=Text("出品者がだれかを", "Who sellers are"),
            says=(
                Text(
                    "売上金は、登録名と口座の名義が合う出品者にだけ支払います。お金を返してもらうのに必要なら、"
                    "出品者の名前や住所の開示を請求できます。",
                    "Proceeds are paid only where the account is in the seller's registered name. Where you need it for a "
                    "claim, "
                    "you may ask who the seller is.",
                ),
            ),
            to="/guide/who-the-seller-is/",
            to_text=WHO_THE_SELLER_IS.title,
        ),
        HelpPart(
            title=Text("どこまで行えているかを、数で", "How far, in figures"),
            says=(
                Text(
                    "行っていること、いつからか、どれだけ行えたかを、一つのページで公開しています。",
                    "What is done, since when and how far stands on one page.",
                ),
            ),
            to="/measures/",
            to_text=Text("取組みと実績", "What we do, and how far"),
            cites=(act("3(2)"),),
        ),
    ),
)
FOR_BUYERS = (
    AFTER_A_REPORT,
    BEFORE_BUYING,
    NOTICES,
    WHO_THE_SELLER_IS,
    ELSEWHERE,
    REPORT_TO_THE_STATE,
    WHAT_WE_DO,
)

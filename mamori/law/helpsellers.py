"""The help for sellers: what is asked of them and by when, why money is held, and how to object."""

from __future__ import annotations

from mamori.grammar.helppage import HelpFor, HelpItem, HelpPage, HelpPart
from mamori.grammar.text import Text
from mamori.law.article5 import DISCLOSURE_HEARING, ITEMS_OF
from mamori.law.citations import act
from mamori.law.clauses import PAYOUT_HOLD
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPEAL_WINDOW,
    BREACH_HEARING,
    CURE_LOOK,
    DISPLAY_MENDING,
    DISPLAY_PROOF,
    DISPLAY_REQUEST,
    FORMAL_ANSWER,
    HEARING,
    PAYOUT_COOLING,
    PAYOUT_COUNSEL,
    PAYOUT_END,
    PAYOUT_LOOK,
    PAYOUT_OBJECTION,
    PAYOUT_REVIEW,
    PROPOSAL,
    QUESTION_ANSWER,
    RESOLUTION,
)
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_PROOFS, ITEMS
from mamori.law.measures import MEASURES
from mamori.law.settings import CLOSINGS_MOST, CLOSINGS_NOTICE, RECOVERY_CEILING, RECOVERY_ON, REMEDY_CEILING

ANSWERING = HelpPage(
    slug="answering-buyers",
    audience=HelpFor.SELLERS,
    title=Text("購入者から困りごとや質問が届いたら", "When a buyer asks or reports a trouble"),
    lead=Text(
        "いつまでに、何をお願いしているかです。",
        "What is asked of you, and by when.",
    ),
    known_as=Text(
        "回答期限 返信 返事 仲介 クレーム 休業日 休み 定休日 返金 回収",
        "deadline answer reply mediation complaint closing day holiday refund recovery",
    ),
    parts=(
        HelpPart(
            title=Text("答える期限", "When to answer by"),
            says=(
                Text(
                    "困りごとには{answer}、購入前の質問には{question}を、"
                    "回答の期限にしています（土日祝日などの休業日は数えません）。"
                    "困りごとは、伝えてから{resolution}以内の解決を目指します。",
                    "An answer is due within {answer} for a trouble and {question} for a question before purchase, closed "
                    "days such "
                    "as weekends and holidays not counted. We aim at a solution of a trouble within {resolution} of its "
                    "first word.",
                ),
                Text(
                    "困りごとへの回答が期限までにないと、相談窓口から電話をかけ、担当者が間に入ります。解決の案への返事は{proposal}以内、"
                    "合意したことは{agreement}以内に行ってください。",
                    "Where a trouble is not answered in time, you are called, and somebody steps in. Please reply to a proposed "
                    "solution "
                    "within {proposal}, and do what was agreed within {agreement}.",
                ),
            ),
            fills={
                "answer": ANSWER,
                "question": QUESTION_ANSWER,
                "resolution": RESOLUTION,
                "proposal": PROPOSAL,
                "agreement": AGREEMENT,
            },
            to="/seller/",
            to_text=Text("受信箱", "Your inbox"),
        ),
        HelpPart(
            title=Text("休むとき", "When you are closed"),
            says=(
                Text(
                    "休業日は、{notice}日前までに知らせてください。1件の回答の期限について、{most}日まで数えません。",
                    "Please declare closing days {notice} days before. Of one answer's time up to {most} of them are not "
                    "counted.",
                ),
            ),
            fills={"notice": CLOSINGS_NOTICE, "most": CLOSINGS_MOST},
            switches=(CLOSINGS_MOST,),
            to="/seller/closing/",
            to_text=Text("休業日を知らせる", "Declare closing days"),
        ),
        HelpPart(
            title=Text("返品・解除・取消しの通知が届いたら", "When a formal notice comes"),
            says=(
                Text(
                    "通知は、届いた時に効力を生じることがあります。運営者は止めも直しもせずに渡します。"
                    "{answer}以内にお返事ください。",
                    "It may take effect as it arrives; we pass it on unchanged and at once. Please answer within {answer}.",
                ),
            ),
            fills={"answer": FORMAL_ANSWER},
        ),
        HelpPart(
            title=Text("立替返金の、出品者への請求", "Recovering what was refunded in your place"),
            says=(
                Text(
                    "運営者が購入者に立替返金をしたとき、その額をお店に請求することがあります。"
                    "意見を{hearing}のあいだ聴いてから決めます。"
                    "1件{ceiling}円が上限で、決定には異議を申し出られます。",
                    "What we refunded to a buyer in your place may be recovered from you. You are heard for {hearing} before "
                    "it is "
                    "decided, up to {ceiling} yen each, and you may object to the decision.",
                ),
            ),
            fills={"hearing": HEARING, "ceiling": RECOVERY_CEILING},
            switches=(REMEDY_CEILING, RECOVERY_ON),
        ),
    ),
)
PAYOUTS = HelpPage(
    slug="payouts",
    audience=HelpFor.SELLERS,
    title=Text("売上金の支払いと、保留される理由", "Proceeds, and why they are held"),
    lead=Text(
        "売上金は、登録した本人の口座にだけ支払います。",
        "Proceeds are paid to an account of the registered person alone.",
    ),
    known_as=Text(
        "振込 入金 口座 名義 振込先 支払われない 止められた 保留 留保 凍結 不服",
        "transfer account name not paid withheld frozen objection",
    ),
    parts=(
        HelpPart(
            title=Text("名義が合うか", "Whether the name agrees"),
            says=(
                Text(
                    "口座の名義が登録名と合うかを確かめます。疑わしいときは、{look}以内に担当者が見ます。"
                    "合わない口座には支払いません。"
                    "振込先を変えたときは、{cooling}は新しい口座に支払いません。",
                    "The name of the account has to agree with the registered one. Where that is in doubt somebody looks at "
                    "it "
                    "within {look}; an account in another name is not paid. A new account is not paid for {cooling} after "
                    "the "
                    "change.",
                ),
            ),
            fills={"look": PAYOUT_LOOK, "cooling": PAYOUT_COOLING},
            to="/seller/payouts/",
            to_text=Text("売上金と振込先", "Your proceeds and account"),
        ),
        HelpPart(
            title=Text("保留されるとき", "When a payout is held"),
            says=(
                Text(
                    "保留するのは、あなたが同意した規約の「{clause}」に当たるときだけです。金額、理由、見直しの日、"
                    "遅くとも終わる日をお知らせします。",
                    "It is held only under the clause “{clause}” of the terms that you accepted. You are told how much, why, "
                    "when it "
                    "is reviewed and when it ends at the latest.",
                ).fill(clause=PAYOUT_HOLD.title),
                PAYOUT_HOLD.text,
            ),
            to="/seller/terms/",
            to_text=Text("規約", "Terms"),
        ),
        HelpPart(
            title=Text("見直しと終わり", "Review and end"),
            says=(
                Text(
                    "{review}ごとに見直し、理由がなくなればすぐに支払います。{end}たっても続くときは、法務担当が{counsel}以内を目安に、支払うか、"
                    "法令の定める方法によるかを判断します（それより長い保留の措置があるときは、その終わりの日から）。",
                    "It is reviewed every {review}, and paid at once when the reason is gone. Where it still lasts after {end}, "
                    "counsel is to decide within {counsel} whether it is paid or dealt with as the law provides (from the end of "
                    "a measure that holds it longer, where there is one).",
                ),
            ),
            fills={"review": PAYOUT_REVIEW, "end": PAYOUT_END, "counsel": PAYOUT_COUNSEL},
        ),
        HelpPart(
            title=Text("不服があるとき", "If you disagree"),
            says=(
                Text(
                    "保留が続くあいだ、売上金の画面から申し出られます。{objection}以内にお返事します。",
                    "While it lasts you may object on the page of your proceeds. You hear within {objection}.",
                ),
            ),
            fills={"objection": PAYOUT_OBJECTION},
        ),
    ),
)
APPEALS = HelpPage(
    slug="measures-and-appeals",
    audience=HelpFor.SELLERS,
    title=Text("違反への措置と、異議の申出", "Measures against breaches, and appeals"),
    lead=Text(
        "違反の疑いがあるときに、何が起き、どう言い分を伝えるかです。",
        "What happens when a breach is suspected, and how you are heard.",
    ),
    known_as=Text(
        "違反 警告 停止 削除 非表示 アカウント停止 異議 不服 反論 取り消し",
        "breach warning suspension removed hidden account appeal object",
    ),
    parts=(
        HelpPart(
            title=Text("決める前に", "Before a decision"),
            says=(
                Text(
                    "意見を聴くことになっている措置では、{hearing}のあいだ、あなたの意見を待ちます。"
                    "人に危険があるときなどは、先に措置をとり、すぐ後に聴きます。危険のおそれがある商品は、判断が出るまで暫定的に"
                    "見えなくします（暫定非表示）。措置ではなく、点数も付きません。異議は、その件のページに意見として書いてください。",
                    "Where a measure asks that you are heard, your view is awaited for {hearing}. Where people are in "
                    "danger, or the "
                    "like, the measure may come first, and you are heard at once afterwards. A listing that may be dangerous is "
                    "provisionally hidden until the decision: no measure, and no points. To object, give your view on the "
                    "page of the matter.",
                ),
                Text(
                    "直したと知らせていただくと、{cure}以内に確かめます。",
                    "Where you say that it is put right, it is looked at within {cure}.",
                ),
            ),
            fills={"hearing": BREACH_HEARING, "cure": CURE_LOOK},
            to="/seller/measures/",
            to_text=Text("あなたのお店への措置", "Measures against your shop"),
        ),
        HelpPart(
            title=Text("どんな措置があるか", "Which measures there are"),
            says=(
                Text(
                    "違反の重さと、これまでの違反によります。基準は公開しています。",
                    "Which it is depends on how grave the breach is and on what went before. The policy is public.",
                ),
            ),
            items=tuple(HelpItem(title=one.title, text=one.text) for one in MEASURES),
            to="/policy/",
            to_text=Text("違反への措置の基準", "How breaches are answered"),
        ),
        HelpPart(
            title=Text("異議を申し出る", "Appeal"),
            says=(
                Text(
                    "決定から{window}、異議を申し出られます。決めた人とは別の人が見直し、"
                    "{decision}以内に結論をお知らせします。"
                    "追加をお願いしたときは、{answer}以内にお返事ください。",
                    "You may appeal for {window} after the decision. Another person than who decided looks at it, and you "
                    "hear "
                    "within {decision}. Where something more is asked of you, please answer within {answer}.",
                ),
            ),
            fills={"window": APPEAL_WINDOW, "decision": APPEAL_DECISION, "answer": APPEAL_ANSWER},
            to="/seller/objections/",
            to_text=Text("異議を申し出る", "Object"),
        ),
    ),
)
DISPLAY = HelpPage(
    slug="your-display",
    audience=HelpFor.SELLERS,
    title=Text("特定商取引法の表示と、省略した事項", "What you display by law, and what you leave out"),
    lead=Text(
        "事業者の出品者は、名前や住所などを表示するよう法律で求められています。個人の出品者には求められません。",
        "The law asks businesses to show who they are and more; it does not ask that of private persons.",
    ),
    known_as=Text(
        "特商法 特定商取引 住所 氏名 電話番号 省略 請求があれば 遅滞なく 連絡先",
        "commercial transactions address name telephone omitted on request contact",
    ),
    parts=(
        HelpPart(
            title=Text("表示する事項", "What is shown"),
            says=(
                Text(
                    "あなたに当てはまるものだけを、質問に答えて書きます。",
                    "You answer questions, and write only what applies to you.",
                ),
            ),
            items=tuple(HelpItem(title=one.text, text=one.help) for one in ITEMS.values()),
            to="/seller/display/",
            to_text=Text("表示を書く・直す", "Write or mend your display"),
            cites=tuple(dict.fromkeys(one.citation for one in ITEMS.values())),
        ),
        HelpPart(
            title=Text("足りないところがあるとき", "Where something is missing"),
            says=(
                Text(
                    "お知らせしてから{mending}以内に直してください。直らないときは、担当者が違反として調べます。",
                    "Please put it right within {mending} of being told. What is not is looked into as a breach.",
                ),
            ),
            fills={"mending": DISPLAY_MENDING},
        ),
        HelpPart(
            title=Text("直すまでの出品", "Until it is put right"),
            says=(
                Text(
                    "直すまで、新しい商品は出品できません。",
                    "Until it is put right, nothing new can be offered.",
                ),
            ),
            switches=(DISPLAY_HINDERS,),
        ),
        HelpPart(
            title=Text("省略した事項を請求されたら", "When somebody asks for what you left out"),
            says=(
                Text(
                    "法律は「遅滞なく」知らせることを求めています。この通販サイトでは{request}以内にお願いしています。",
                    "The law says “without delay”. Here you are asked for it within {request}.",
                ),
            ),
            fills={"request": DISPLAY_REQUEST},
        ),
        HelpPart(
            title=Text("連絡先が届くことの確認", "Proving your contacts"),
            says=(
                Text(
                    "表示したメールアドレスやフォームに確認コードを送ります。{proof}以内に入力してください。電話は、頼まれたら担当者がかけ、画面の確認コードを読み上げていただきます。",
                    "A code is sent to the mailbox or form that you show: please enter it within {proof}. By telephone we call "
                    "you when "
                    "you ask for it, and you read out the code on your page.",
                ),
            ),
            fills={"proof": DISPLAY_PROOF},
            switches=(DISPLAY_PROOFS,),
        ),
    ),
)
DISCLOSED = HelpPage(
    slug="your-information",
    audience=HelpFor.SELLERS,
    title=Text("あなたの情報が購入者に開示されるとき", "When your information is disclosed to a buyer"),
    lead=Text(
        "法律（取引DPF法）により、購入者は、お金を請求するのに必要なとき、事業者の出品者の情報の開示を運営者に請求できます。",
        "The Act lets a buyer ask us who a seller is that is a business, where a claim for money needs it.",
    ),
    known_as=Text(
        "開示請求 個人情報 名前 住所 プライバシー 五条 5条",
        "disclosure personal information name address privacy article 5",
    ),
    parts=(
        HelpPart(
            title=Text("先に意見を聴きます", "You are heard first"),
            says=(
                Text(
                    "開示を考えるときは、あなたに知らせ、意見を{hearing}のあいだ待ちます。開示は必ず二人で決めます。",
                    "Where a disclosure is considered you are told, and your view is awaited for {hearing}. Two people decide "
                    "on each "
                    "disclosure.",
                ),
            ),
            fills={"hearing": DISCLOSURE_HEARING},
            to="/disclosure/sellers/",
            to_text=Text("出品者の方への説明", "What sellers should know"),
            cites=(act("5"), ITEMS_OF),
        ),
    ),
)
FOR_SELLERS = (ANSWERING, PAYOUTS, APPEALS, DISPLAY, DISCLOSED)

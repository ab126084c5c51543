"""What a seller is told of its display: what is to be put right or proved, by when, and that the time for it is over."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

LACKING = Template(
    code="display.lacking",
    kind=NoticeKind.LEGAL,
    title=Text("お店の表示に直すところがあります", "Something in your shop's display is to be put right"),
    body=Text(
        "特定商取引法に基づく表示に、直すところが{count}件あります：{items}。{due}までに直してください。"
        "どこをどう直すかは「特定商取引法に基づく表示」のページに出ています。",
        "{count} points of the display that the Act on Specified Commercial Transactions asks for are to be put right: {items}. "
        "Please do so by {due}. The page “Display required by law” says where and how.",
    ),
)
MISSED = Template(
    code="display.missed",
    kind=NoticeKind.LEGAL,
    title=Text("お店の表示が期限までに直っていません", "Your shop's display was not put right in time"),
    body=Text(
        "法律（特定商取引法）に基づく表示が、期限の{due}までに直りませんでした：{items}。違反の疑いとして担当者が確かめます。措置の前にご意見を"
        "うかがいます。いまからでも「特定商取引法に基づく表示」のページで直してください。",
        "What is wrong with your display, which the Act on Specified Commercial Transactions asks for, was not put right by "
        "{due}: {items}. It is looked at as a suspected breach; you are heard before any measure. Please put it right on the "
        "page “Display required by law”: it still helps.",
    ),
)
ASKED = Template(
    code="display.asked",
    kind=NoticeKind.LEGAL,
    title=Text("お店の表示を書いてください", "Please write your shop's display"),
    body=Text(
        "通信販売をする事業者には、特定商取引法により、名称・住所・電話番号・送料・返品などを表示する義務があります。"
        "{due}までに「特定商取引法に基づく表示」のページで書いてください。質問に答えるだけで、10分ほどです。",
        "The Act on Specified Commercial Transactions has businesses that sell by mail order show their name, address, "
        "telephone, shipping, returns and more. Please write yours by {due} on the page “Display required by law”: a few "
        "questions, some ten minutes.",
    ),
)
PROOF_ASKED = Template(
    code="display.proof_asked",
    kind=NoticeKind.LEGAL,
    title=Text(
        "表示の連絡先に連絡が届くことを確かめてください", "Please prove that a contact you show reaches you"
    ),
    body=Text(
        "法律（特定商取引法）に基づく表示の連絡先（{channel}）に連絡が届くことを、{due}までに確かめてください。理由：{why}。"
        "「連絡先の確認」のページで、数分でできます。確かめた日が、購入者の見る表示に出ます。",
        "Please prove by {due} that the contact in the display required by law ({channel}) reaches you. Reason: {why}. It takes "
        "a few minutes on the page “Proof of contacts”. Buyers see the day on which it was proved.",
    ),
)
PROOF_CODE = Template(
    code="display.proof_code",
    kind=NoticeKind.TRANSACTIONAL,
    at_shown=True,
    title=Text("連絡先の確認コードです", "Your code to prove this address"),
    body=Text(
        "このメールは、お店の「特定商取引法に基づく表示」にあるアドレスに届くかを確かめるものです。確認コードは {code} です。"
        "{due}までに「連絡先の確認」のページに入れてください。お心当たりがなければ、このメールを捨ててください。",
        "This mail proves that the address in your shop's legal display reaches you. The code is {code}. Please enter it by "
        "{due} on the page “Proof of contacts”. If this means nothing to you, throw this mail away.",
    ),
)
PROOF_QUESTIONED = Template(
    code="display.proof_questioned",
    kind=NoticeKind.LEGAL,
    title=Text("表示の連絡先を確かめられていません", "A contact you show is not proved"),
    body=Text(
        "法律（特定商取引法）に基づく表示の連絡先（{channel}）に連絡が届くことを確かめられていません。{due}までに、確かめるか、届く連絡先に直してください。"
        "そのままのときは、違反の疑いとして担当者が確かめます。措置の前にご意見をうかがいます。",
        "It was not proved that the contact in the display required by law ({channel}) reaches you. By {due} please prove it, or "
        "show one that does. Otherwise it is looked at as a suspected breach; you are heard before any measure.",
    ),
)
FORM_SENT = Template(
    code="display.form_sent",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("問い合わせフォームから確認コードを送りました", "A code was sent by your form for inquiries"),
    body=Text(
        "お店の表示にある問い合わせフォームから、6桁の確認コードを送りました。フォームの問い合わせが届くところをご覧になり、{due}までに「連絡先の確認」の"
        "ページに確認コードを入れてください。届いていなければ、フォームの設定をご確認ください。対象：{channel}。",
        "We sent six digits by the form for inquiries in your shop's display ({channel}). Please look where its messages arrive, "
        "and enter the code by {due} on the page “Proof of contacts”. If nothing has come, please look into the form.",
    ),
)
PROOF_MISSED = Template(
    code="display.proof_missed",
    kind=NoticeKind.LEGAL,
    title=Text("期限までに連絡先を確かめられませんでした", "A contact was not proved in time"),
    body=Text(
        "法律（特定商取引法）に基づく表示の連絡先（{channel}）に連絡が届くことを、期限までに確かめられませんでした。違反の疑いとして担当者が確かめます。"
        "措置の前にご意見をうかがいます。いまからでも「連絡先の確認」のページで確かめてください。",
        "It was not proved in time that the contact in the display required by law ({channel}) reaches you. It is looked at as a "
        "suspected breach; you are heard before any measure. Please still prove it on the page “Proof of contacts”.",
    ),
)
REQUESTED = Template(
    code="display.requested",
    kind=NoticeKind.LEGAL,
    title=Text("表示に省略した事項の請求がありました", "A buyer asks for what your display leaves out"),
    body=Text(
        "「請求があれば知らせる」と表示した事項について、購入者から請求がありました：{items}。法律（特定商取引法）により、遅滞なく知らせる必要があります。"
        "{due}までに「請求への回答」のページでお答えください。",
        "A buyer asks for items that your display gives on request: {items}. The Act on Specified Commercial Transactions has "
        "them given without delay. Please answer by {due} on the page “Requests from buyers”.",
    ),
)
GIVEN = Template(
    code="display.given",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("請求により、登録の事項を購入者に知らせました", "What a buyer asked for was given"),
    body=Text(
        "「請求があれば知らせる」と表示した事項について購入者から請求があり、登録済みの内容または前回のお答えを知らせました：{items}。"
        "知らせた内容を「請求への回答」のページでご確認ください。",
        "A buyer asked for items that your display gives on request, and was given what is registered or what you answered "
        "before: {items}. Please see on the page “Requests from buyers” what was given.",
    ),
)
INSISTED = Template(
    code="display.insisted",
    kind=NoticeKind.LEGAL,
    title=Text("請求された事項を知らせてください", "Please give the buyer what it asked for"),
    body=Text(
        "ご事情を確かめましたが、次の事項は法律（特定商取引法）により知らせる必要があります：{items}。{due}までに「請求への回答」のページでお答えください。",
        "We looked at your reason. The Act on Specified Commercial Transactions has these items given all the same: {items}. "
        "Please answer by {due} on the page “Requests from buyers”.",
    ),
)
NEED_NOT_GIVE = Template(
    code="display.need_not_give",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("請求された事項は知らせなくてかまいません", "You need not give what was asked for"),
    body=Text(
        "ご事情を確かめ、この請求については知らせなくてよいとしました：{items}。購入者には運営者から伝えたので、お返事は不要です。",
        "We looked at your reason: you need not give these items to this buyer: {items}. We have told the buyer.",
    ),
)
REQUEST_MISSED = Template(
    code="display.request_missed",
    kind=NoticeKind.LEGAL,
    title=Text(
        "請求された事項が期限までに知らされませんでした", "What a buyer asked for was not given in time"
    ),
    body=Text(
        "法律（特定商取引法）により請求されたら知らせる事項が、期限までに知らされませんでした：{items}。違反の疑いとして担当者が確かめます。"
        "措置の前にご意見をうかがいます。いまからでも「請求への回答」のページでお答えください。",
        "Items that your display gives on request, as the Act on Specified Commercial Transactions allows, were not given in "
        "time: {items}. It is looked at as a suspected breach; you are heard before any measure. Please still answer on the page "
        "“Requests from buyers”.",
    ),
)
ANSWERED = Template(
    code="display.request_answered",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("請求した事項への回答がありました", "What you asked a shop for is there"),
    body=Text(
        "{shop} に請求した事項の回答がありました：{items}。「請求した事項」のページでご覧ください。",
        "{shop} has given what you asked for: {items}. Please see the page “What you asked shops for”.",
    ),
)
ANSWER_MISSED = Template(
    code="display.answer_missed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("お店から回答がありません", "The shop has not answered"),
    body=Text(
        "{shop} に請求した事項（{items}）に、期限までに回答がありませんでした。運営者が確かめます。"
        "お買い物の前であれば、回答が届くまでお待ちください。",
        "{shop} has not given what you asked for ({items}) in time. We look into it. If you have not bought yet, please wait "
        "for the answer.",
    ),
)
EXCUSED = Template(
    code="display.request_excused",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("請求した事項はお知らせできません", "What you asked for is not given"),
    body=Text(
        "{shop} に請求した事項（{items}）は、運営者が事情を確かめ、お知らせしないこととしました。"
        "取引でお困りのときは、相談窓口からお知らせください。お店への連絡を取り次ぎます。",
        "We looked into your request to {shop} ({items}) and decided that it is not given. If an order went wrong, please "
        "tell the centre: we take your message to the shop.",
    ),
)
DOUBT_ASKED = Template(
    code="display.doubt_asked",
    kind=NoticeKind.LEGAL,
    title=Text("出品についてお尋ねします", "A question about what you sell"),
    body=Text(
        "個人として登録されていますが、出品や販売の様子から、法律（特定商取引法・取引DPF法）のいう事業者にあたるかもしれません。"
        "{due}までに「個人か事業者かの確認」のページで、事情をお答えください。お答えの前も後も、担当者が判断するまでは何も変わりません。",
        "You are registered as a private person, but what you sell and how suggests that you may be a business in the sense of "
        "the law (Act on Specified Commercial Transactions, Act on digital shopping platforms). Please answer by {due} on the "
        "page “Private or business”. Nothing changes before a person has concluded.",
    ),
)
CONCLUDED_BUSINESS = Template(
    code="display.concluded_business",
    kind=NoticeKind.LEGAL,
    title=Text("事業者にあたると判断しました", "You were concluded to be a business"),
    body=Text(
        "{since}から事業者にあたると、担当者が判断しました。理由は「個人か事業者かの確認」のページにあります。"
        "事業者には、法律（特定商取引法）により、名称・住所・電話番号などを表示する義務があります。「表示」のページで書いてください。"
        "登録された住所などが、そのまま公開されることはありません。判断に納得できないときは、同じページからもう一度お答えください。改めて判断します。",
        "A person concluded that you are a business since {since}. The page “Private or business” says why. The Act on Specified "
        "Commercial Transactions has businesses show their name, address, telephone and more: please write this on the page "
        "“Display”. Nothing that is registered of you is published by itself. If you disagree, answer again on the same page, "
        "and it is concluded anew.",
    ),
)
CONCLUDED_OTHER = Template(
    code="display.concluded_other",
    kind=NoticeKind.LEGAL,
    title=Text("個人か事業者かの確認が終わりました", "The question whether you are a business is answered"),
    body=Text(
        "担当者の判断：{outcome}。理由は「個人か事業者かの確認」のページにあります。法律（特定商取引法）による表示の義務はなく、お手続きは不要です。"
        "販売のしかたが変わったときは、あらためてお尋ねすることがあります。",
        "It was concluded: {outcome}. The page “Private or business” says why. The Act on Specified Commercial Transactions asks "
        "nothing of you, and there is nothing to do. Should your way of selling change, you may be asked again.",
    ),
)
TEMPLATES = (
    LACKING,
    MISSED,
    ASKED,
    PROOF_ASKED,
    PROOF_CODE,
    FORM_SENT,
    PROOF_QUESTIONED,
    PROOF_MISSED,
    REQUESTED,
    GIVEN,
    INSISTED,
    NEED_NOT_GIVE,
    REQUEST_MISSED,
    ANSWERED,
    ANSWER_MISSED,
    EXCUSED,
    DOUBT_ASKED,
    CONCLUDED_BUSINESS,
    CONCLUDED_OTHER,
)

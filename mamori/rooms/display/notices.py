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
    title=Text("連絡先の確認の番号です", "Your code to prove this address"),
    body=Text(
        "このメールは、お店の「特定商取引法に基づく表示」にあるアドレスに届くかを確かめるものです。番号は {code} です。"
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
    PROOF_QUESTIONED,
    PROOF_MISSED,
    DOUBT_ASKED,
    CONCLUDED_BUSINESS,
    CONCLUDED_OTHER,
)

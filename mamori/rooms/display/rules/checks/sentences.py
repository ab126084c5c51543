"""What a seller is told about each fault: what is wrong and what to do, and never what anybody is registered as."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.text import Text
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.display.rules.told import DisplayFault, FaultKind

_USUAL: Mapping[FaultKind, Text] = {
    FaultKind.MISSING: Text(
        "「{item}」が見当たりません。表示に書き加えてください。",
        "“{item}” is not to be found. Please add it to the display.",
    ),
    FaultKind.PLACEHOLDER: Text(
        "「{item}」が仮の文字のままです。実際の内容に書き換えてください。",
        "“{item}” still holds words that only stand for it. Please replace them by what is so.",
    ),
    FaultKind.MISMATCH: Text(
        "「{item}」が、登録されている内容と違います。表示を直すか、登録を変更してください。",
        "“{item}” differs from what is registered. Please correct the display, or have the registration changed.",
    ),
    FaultKind.VAGUE: Text(
        "「{item}」が具体的ではありません。購入者が申し込む前に分かるように書いてください。",
        "“{item}” is not definite. Please write it so that buyers know it before they order.",
    ),
    FaultKind.UNFIT: Text(
        "「{item}」に、連絡先にできないものが書かれています。確実に連絡がつくものに書き換えてください。",
        "“{item}” holds what cannot be a contact. Please replace it by one that surely reaches you.",
    ),
    FaultKind.NOT_OMITTABLE: Text(
        "「{item}」は、請求があったときに知らせるだけでは足りません。表示に書いてください。",
        "“{item}” may not be left for requests. Please write it into the display.",
    ),
    FaultKind.LISTED: Text(
        "「{item}」が、出品中の商品（{said}）と合っていないようです。表示か商品のどちらかを直してください。",
        "“{item}” does not seem to agree with goods on offer ({said}). Please correct the display or the goods.",
    ),
}
_CONTRARY = Text(
    "「{item}」の書き方が食い違っています。一つにそろえてください。",
    "“{item}” contradicts itself. Please say it in one way.",
)
_OFFER = Text(
    "「{item}」が書かれていません。請求があったときに知らせるのなら、「遅滞なく」開示すると書いてください。",
    "“{item}” is not given. Where it is given on request, please say that it is given without delay.",
)
_OWN: Mapping[tuple[DisplayItem, FaultKind], Text] = {
    (DisplayItem.ADDRESS, FaultKind.PLACEHOLDER): Text(
        "「{item}」が番地まで書かれていないか、仮の文字や私書箱だけです。実際に活動している場所を番地まで書いてください。",
        "“{item}” stops before the lot number, or is a stand-in or a PO box only. Please write where the business r"
        "eally is, down to "
        "the lot number.",
    ),
    (DisplayItem.PHONE, FaultKind.PLACEHOLDER): Text(
        "「{item}」が仮の番号か、ファクスの番号です。確実につながる電話番号に書き換えてください。",
        "“{item}” is a stand-in or a fax number. Please replace it by a telephone number that is answered.",
    ),
    (DisplayItem.PHONE, FaultKind.MISSING): Text(
        "「{item}」が見当たりません。お問い合わせフォームやメールだけでは足りません。確実につながる番号を書き加えて"
        "ください。",
        "“{item}” is not to be found. A form or a mail address alone will not do: please add a number that is answered.",
    ),
    (DisplayItem.PHONE, FaultKind.UNFIT): Text(
        "「{item}」に、購入者がかけられない番号が書かれています。固定電話、携帯電話、050、フリーダイヤルのどれかに"
        "書き換えてください。",
        "“{item}” is one that buyers cannot be sent to. Please replace it by a landline, a mobile, a 050 or a toll-"
        "free number.",
    ),
    (DisplayItem.MAIL, FaultKind.UNFIT): Text(
        "「{item}」に、無料メールなど連絡先に使えないアドレスが書かれています。お店のドメインのアドレスに書き換えて"
        "ください。",
        "“{item}” is of a free mail service, which may not stand as the contact here. Please replace it by one of t"
        "he shop's own domain.",
    ),
    (DisplayItem.NAME, FaultKind.MISSING): Text(
        "「{item}」が見当たりません。屋号や店名だけでは足りません。個人は戸籍上の氏名か登記した商号、法人は登記した"
        "名称を書き加えてください。",
        "“{item}” is not to be found. The shop's name alone will not do: please add the person's or the corporation"
        "'s registered name.",
    ),
    (DisplayItem.NAME, FaultKind.MISMATCH): Text(
        "「{item}」が、登録されている名前と違います。屋号や店名だけでは足りません。登録どおりの氏名・名称を書くか、"
        "登録を変更してください。",
        "“{item}” is not the registered one; a shop's name alone will not do. Please write the name as registered, "
        "or have the "
        "registration changed.",
    ),
    (DisplayItem.ADDRESS, FaultKind.VAGUE): _OFFER,
    (DisplayItem.PHONE, FaultKind.VAGUE): _OFFER,
    (DisplayItem.MAIL, FaultKind.VAGUE): _OFFER,
    (DisplayItem.NAME, FaultKind.VAGUE): _OFFER,
    (DisplayItem.RESPONSIBLE, FaultKind.VAGUE): Text(
        "「{item}」がだれなのか分かりません。役職名や名字だけでなく、氏名を書いてください。",
        "“{item}” does not say who it is. Please write the full name, not a title or a family name alone.",
    ),
    (DisplayItem.PRICE, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.PAYMENT_METHOD, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.PAYMENT_TIME, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.OTHER_CHARGES, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.DELIVERY, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.NONCONFORMITY, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.COMPUTER, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.RECURRING_TERMS, FaultKind.MISMATCH): _CONTRARY,
    (DisplayItem.SHIPPING, FaultKind.VAGUE): Text(
        "「{item}」の金額が分かりません。「実費」「別途」だけでなく、金額か地域ごとの表を書いてください。",
        "“{item}” has no amount. Please write amounts, or a table by region, instead of “at cost” or “extra”.",
    ),
    (DisplayItem.SHIPPING, FaultKind.MISMATCH): Text(
        "「{item}」の書き方が食い違っています。無料なのか、いくらかかるのかを、一つにそろえてください。",
        "“{item}” contradicts itself. Please say in one way whether it is free or what it costs.",
    ),
    (DisplayItem.RETURNS, FaultKind.MISMATCH): Text(
        "「{item}」の書き方が食い違っています。返品できるのかできないのかを、一つにそろえてください。",
        "“{item}” contradicts itself. Please say in one way whether goods may be sent back.",
    ),
    (DisplayItem.DELIVERY, FaultKind.VAGUE): Text(
        "「{item}」の期間が分かりません。「入金から3営業日以内に発送」のように、期間か期日を書いてください。",
        "“{item}” has no period. Please write a period or a day, such as “sent within three business days of payment”.",
    ),
    (DisplayItem.PAYMENT_TIME, FaultKind.VAGUE): Text(
        "「{item}」がいつなのか分かりません。支払方法ごとに、いつ払うのかを書いてください。",
        "“{item}” does not say when. Please write, for each way to pay, when it is paid.",
    ),
    (DisplayItem.OTHER_CHARGES, FaultKind.MISSING): Text(
        "手数料のかかりそうな支払方法がありますが、「{item}」が見当たりません。代引手数料や振込手数料の金額か、だれ"
        "が払うかを書き加えてください。",
        "A way to pay is offered that may cost extra, but “{item}” is not to be found. Please add the amount, or wh"
        "o bears it.",
    ),
}


def fault(item: DisplayItem, kind: FaultKind, said: str = "") -> DisplayFault:
    """Return the fault with its sentence."""
    wording = _OWN.get((item, kind), _USUAL[kind])
    return DisplayFault(item=item, kind=kind, text=wording.fill(item=ITEMS[item].text, said=said), said=said)

"""The formal notices of a buyer: each says what it declares, in plain words and in the words that are sent.

They take effect by arriving, whatever anybody thinks of them; the operator passes them on and never says who is right.
Which laws a page names to a buyer depends on who sold what: what binds businesses alone is offered against nobody else.
"""

from __future__ import annotations

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.formal import FormalNotice, Provision, Sold, Until
from mamori.grammar.text import Text
from mamori.law.citations import (
    CANCELLING_IN_TIME,
    DECEIVED,
    FINAL_SCREEN,
    MISTAKEN,
    MISTOLD,
    MISTOLD_IN_TIME,
    NOT_PERFORMED,
    NOT_TO_BE_EXPECTED,
    OF_A_MINOR,
    RETURNING,
    TELLING_OF_DEFECTS,
)

GOODS, RIGHT, SERVICE = "goods", "right", "service"
"""What a listing may offer, as the marketplace tells it."""

RETURN_DAYS = 8
"""Goods may be sent back up to this day, that of receipt being the first."""
RETURN = FormalNotice(
    code="return",
    title=Text("返品の通知", "notice of return"),
    meaning=Text(
        "事業者から買って届いた商品を返し、契約をやめると伝えます。出品者が返品についての特約を示していなければ、受け取った日を1日目として{last}日目までは、"
        "理由がなくても返品できるとされています。送料はあなたの負担です。",
        "You send back goods that you bought from a business, and end the contract. Where the seller showed no terms of its own "
        "on returns, the law lets you do so without a reason up to the {last}th day, the day of receipt being the first. You "
        "bear the postage.",
    ).fill(last=RETURN_DAYS),
    text=Text(
        "私は、次の注文の契約の申込みを撤回し、または契約を解除して、商品を返品します。",
        "I withdraw my offer or rescind the contract for the following order, and return the goods.",
    ),
    hint=Text(
        "出品者が特約（返品できない、など）を商品の画面と注文の画面に示していたときは、その特約によります。品物が不良なら、特約があっても別の通知（解除）が使えることがあります。",
        "Where the seller showed terms on returns on the product page and when you ordered, those apply. If the goods are "
        "faulty, another notice (rescission) may serve in spite of them.",
    ),
    provisions=(
        Provision(
            citation=RETURNING,
            when=Text(
                "事業者が、商品または法律の定める権利を売ったとき（サービスと、事業者でない個人の出品者を除く）",
                "a business sold goods, or a right that the law lists; not a service, and not a seller who is no business",
            ),
            limit=Until(
                Text(
                    "受け取った日を1日目として{last}日目まで",
                    "up to the {last}th day, that of receipt being the first",
                ).fill(last=RETURN_DAYS),
                RETURNING,
            ),
            of_business=True,
            of=frozenset({GOODS, RIGHT}),
            within=CalendarDays(RETURN_DAYS - 1),
        ),
    ),
)
_DEFECTS = Until(
    Text(
        "品物の種類や品質が約束と違うときは、気づいた時から1年以内に出品者に知らせる",
        "where the kind or quality of goods is not as agreed, the seller is told within a year of noticing",
    ),
    TELLING_OF_DEFECTS,
)
RESCISSION = FormalNotice(
    code="rescission",
    title=Text("契約解除の通知", "notice of rescission"),
    meaning=Text(
        "出品者が約束を果たさないとき（届かない、違う物が届いた、壊れていて直らないなど）に、契約をやめると伝えます。",
        "You end the contract because the seller has not done what was promised: nothing came, something else came, "
        "or it is broken and not put right.",
    ),
    text=Text(
        "私は、約束どおりに果たされていないため、次の注文の契約を解除します。",
        "As it has not been performed as promised, I rescind the contract for the following order.",
    ),
    hint=Text(
        "ふつうは、先に「いつまでに届けてほしい」などと期間を決めて求め、それでも果たされないときに解除できます。"
        "果たせなくなったとき、出品者がはっきり断ったとき、その日に要る物がその日に来なかったときなどは、求めずに解除できるとされています。",
        "As a rule you first ask for performance within a reasonable time, and may rescind when that has passed in vain. Where "
        "it has become impossible, the seller plainly refused, or what was needed by a day did not come by it, it is held that "
        "you need not ask first.",
    ),
    provisions=(
        Provision(
            citation=NOT_PERFORMED,
            when=Text(
                "期間を決めて求めたのに果たされないとき（わずかな違いを除く）",
                "performance was asked for within a reasonable time, in vain, and what is missing is not slight",
            ),
            limit=_DEFECTS,
        ),
        Provision(
            citation=NOT_TO_BE_EXPECTED,
            when=Text(
                "求めるまでもないとき：果たせない、はっきり断られた、決まった日や期間でなければ意味がないのに過ぎた、果たされる見込みのないことが明らか",
                "asking would be idle: it is impossible, it was plainly refused, it was of use only by a time that has passed, "
                "or it clearly will not come",
            ),
            limit=_DEFECTS,
        ),
    ),
)
_IN_A_YEAR = Text(
    "取り消せると分かった時から1年、契約から5年まで",
    "within a year of when it could be confirmed knowingly, and five years of the contract",
)
CANCELLATION = FormalNotice(
    code="cancellation",
    title=Text("契約取消しの通知", "notice of cancellation"),
    meaning=Text(
        "うその説明や、大事なことの書かれていない注文画面で思い違いをして申し込んだときに、申込みを取り消すと伝えます。",
        "You undo an order that you made because of a false description, or an order screen that left out what matters.",
    ),
    text=Text(
        "私は、事実と異なる表示または誤解させる表示により申し込んだため、次の注文の申込みの意思表示を取り消します。",
        "I was led to order by a display that was false or misleading, and cancel my declaration for the following order.",
    ),
    hint=Text(
        "どの画面のどの表示がどう違っていたかを書いておくと、あとで役に立ちます。よりどころになる法律は、注文を確定する直前の画面かどうかで違います。"
        "その画面の写しがあれば残しておいてください。",
        "It helps later to write which display on which screen was wrong and how: the law differs for the last screen before "
        "you ordered. Please keep a copy of the screen if you have one.",
    ),
    provisions=(
        Provision(
            citation=FINAL_SCREEN,
            when=Text(
                "注文を確定する直前の画面（最終確認画面）の表示が、うそ、欠けている、または誤解させるものだったとき。ほかの画面や説明は含まない",
                "the last screen before the order (the final confirmation screen) was false, left something out or misled; "
                "no other page or word",
            ),
            limit=Until(_IN_A_YEAR, CANCELLING_IN_TIME),
            of_business=True,
        ),
        Provision(
            citation=MISTOLD,
            when=Text(
                "事業者が、契約を勧めるときに大事なことについてうそを告げ、または不利なことをわざと、もしくは重大な不注意で告げなかったときなど",
                "a business, in soliciting the contract, told something untrue of what matters or "
                "kept back what is adverse on purpose or by gross negligence",
            ),
            limit=Until(_IN_A_YEAR, MISTOLD_IN_TIME),
            of_business=True,
        ),
        Provision(
            citation=DECEIVED, when=Text("だまされて申し込んだとき", "you were deceived into ordering")
        ),
        Provision(
            citation=MISTAKEN,
            when=Text("大事なことを思い違いして申し込んだとき", "you were mistaken about what matters"),
        ),
    ),
)
MINOR = FormalNotice(
    code="minor",
    title=Text("未成年者の契約取消しの通知", "notice of cancelling a minor's contract"),
    meaning=Text(
        "18歳になる前の人が、親などの同意なしにした注文を取り消すと伝えます。本人からも、親などからも送れます。",
        "You undo an order that somebody made before the age of 18 without the consent of a parent or guardian. Both the "
        "young person and the parent can send it.",
    ),
    text=Text(
        "次の注文は、未成年者が法定代理人の同意なくしたものですので、取り消します。",
        "The following order was made by a minor without the consent of a legal representative, and is hereby cancelled.",
    ),
    hint=Text(
        "おこづかいの範囲の買い物や、年齢を偽って注文したときは、取り消せないことがあるとされています。",
        "It is held that purchases within an allowance, or under a false age, may not be undone.",
    ),
    provisions=(
        Provision(
            citation=OF_A_MINOR,
            when=Text(
                "未成年者が、法定代理人の同意なしに注文したとき",
                "a minor ordered without the consent of a legal representative",
            ),
        ),
    ),
)

NO_COOLING_OFF = Text(
    "通信販売には、クーリング・オフの制度はありません。使えるかもしれない通知は、次のとおりです。使えるかは、"
    "売ったのがだれか、何を買ったかによります。",
    "There is no cooling-off in mail order. These are the notices that may help; whether one does depends on who sold, and what.",
)
FORMAL_NOTICES = (RETURN, RESCISSION, CANCELLATION, MINOR)

NO_PROVISION = Text(
    "この通知のよりどころになる法律のきまりは、事業者が商品などを売ったときだけのものです。この注文には当てはまらないと、登録からは見られます。",
    "What the law says of this notice holds only where a business sold goods or the like. By what is registered it does not "
    "hold for this order.",
)
NO_PROVISION_HINT = Text(
    "出品者が返品を約束していたとき、または実は事業者だと思われるときは、このまま通知できます。約束が果たされないときは、契約解除の通知が使えることがあります。",
    "Where the seller promised to take goods back, or appears to be a business after all, you can send it all the same. "
    "Where something was not done as promised, a notice of rescission may serve.",
)
KIND_UNTOLD = Text(
    "注文したものがサービスのときは、当てはまりません。",
    "It does not hold where what you ordered is a service.",
)
UNREAD_LIMIT = Text("いつまでできるかは、確かめていません", "until when, was not verified")
UNREAD = Text("条文では確かめていません", "not checked against the text of the law")


def offered(sold: Sold) -> tuple[FormalNotice, ...]:
    """Return the notices that the law bears for such a sale.  Others may still be sent: what arrives is never judged."""
    return tuple(notice for notice in FORMAL_NOTICES if notice.provisions_for(sold))

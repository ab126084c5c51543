"""The formal notices of a buyer: each says what it declares, in plain words and in the words that are sent.

They take effect by arriving, whatever anybody thinks of them; the operator passes them on and never says who is right.
"""

from __future__ import annotations

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import FormalNotice
from mamori.grammar.text import Text
from mamori.law.citations import MISLED, NOT_PERFORMED, OF_A_MINOR, RETURNING

RETURN = FormalNotice(
    code="return",
    title=Text("返品の通知", "notice of return"),
    meaning=Text(
        "届いた商品を返し、契約をやめると伝えます。出品者が返品についての特約を示していなければ、受け取った日を1日目として8日目までは、"
        "理由がなくても返品できるとされています。送料はあなたの負担です。",
        "You send the goods back and end the contract. Where the seller showed no terms of its own on returns, the law lets "
        "you do so without a reason up to the 8th day, the day of receipt being the first. You bear the postage.",
    ),
    text=Text(
        "私は、次の注文の契約の申込みを撤回し、または契約を解除して、商品を返品します。",
        "I withdraw my offer or rescind the contract for the following order, and return the goods.",
    ),
    hint=Text(
        "出品者が特約（返品できない、など）を商品の画面と注文の画面に示していたときは、その特約によります。品物が不良なら、特約があっても別の通知（解除）が使えることがあります。",
        "Where the seller showed terms on returns on the product page and when you ordered, those apply. If the goods are "
        "faulty, another notice (rescission) may serve in spite of them.",
    ),
    citation=RETURNING,
    within=CalendarDays(7),
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
        "先に「いつまでに届けてほしい」などと期間を決めて求め、それでも果たされないときに解除できるとされています。",
        "It is held that you first ask for performance within a reasonable time, and may rescind when that has passed in vain.",
    ),
    citation=NOT_PERFORMED,
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
        "どの表示がどう違っていたかを書いておくと、あとで役に立ちます。その画面の写しがあれば残しておいてください。",
        "It helps later to write which display was wrong and how. Please keep a copy of the screen if you have one.",
    ),
    citation=MISLED,
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
    citation=OF_A_MINOR,
)

FORMAL_NOTICES = (RETURN, RESCISSION, CANCELLATION, MINOR)

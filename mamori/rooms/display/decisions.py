"""What is done about a display, as data: a contact is proved, what is left out is asked for, answered, insisted on or excused."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.display import actions
from mamori.rooms.display.queries.contactproofs import ProofShown
from mamori.rooms.display.queries.requests import Askable, RequestShown
from mamori.rooms.display.rules.proofs import ProofChannel

PROVED = Text(
    "届くことを確かめました。確かめた日が、購入者の見る表示に出ます。",
    "It is proved. Buyers see the day in your display.",
)
MISTAKEN = Text("番号が違いました。もう一度お確かめください。", "The code was wrong. Please look again.")

SEND: Decision[ProofShown] = Decision(
    slug="send",
    title=Text("番号をメールで送る", "Have a code mailed"),
    lead=Text(
        "表示のアドレスに6桁の番号を送ります。届いた番号を、このページに入れてください。",
        "Six digits go to the address in your display. Enter here what arrives.",
    ),
    button=Text("番号を送る", "Send the code"),
    done={
        "send_code": Text(
            "番号を送りました。届いたら入れてください。", "The code was sent. Enter it when it arrives."
        )
    },
    verb=actions.send_code,
    key="proof",
    roles=SELLERS,
    is_there=lambda page: page.is_mail and page.is_provable,
    closed=lambda page: page.too_soon,
)
ENTER: Decision[ProofShown] = Decision(
    slug="enter",
    title=Text("届いた番号を入れる", "Enter the code"),
    lead=None,
    button=Text("確かめる", "Prove it"),
    done={"prove": PROVED, "mistake_code": MISTAKEN},
    verb=actions.enter_code,
    key="proof",
    roles=SELLERS,
    is_there=lambda page: (page.is_mail or page.is_form) and page.awaits_code,
)
OFFER: Decision[ProofShown] = Decision(
    slug="offer",
    title=Text("電話での確認を頼む", "Ask to be called"),
    lead=Text(
        "運営者の担当者が、選んだ時間に表示の電話番号へかけます。出たら、このページに出る6桁の番号を読み上げてください。",
        "A person of the marketplace calls the number in your display at the time you choose. When you answer, read out the six "
        "digits that your page shows.",
    ),
    button=Text("この時間に電話を受ける", "Call me at this time"),
    done={
        "offer_call": Text(
            "お電話します。番号を手元にご用意ください。", "You will be called. Please have the code at hand."
        )
    },
    verb=actions.offer_call,
    key="proof",
    roles=SELLERS,
    is_there=lambda page: page.channel is ProofChannel.PHONE and page.is_provable and not page.call_code,
)
OFFER_FORM: Decision[ProofShown] = Decision(
    slug="offer-form",
    title=Text("フォームでの確認を頼む", "Have your form tried"),
    lead=Text(
        "運営者の担当者が、表示の問い合わせフォームから6桁の番号を送ります。届いた番号を、このページに入れてください。",
        "A person of the marketplace sends six digits by the form in your display. Enter here what arrives.",
    ),
    button=Text("フォームから送ってもらう", "Try my form"),
    done={
        "offer_form": Text(
            "担当者がフォームから送ります。送ったらお知らせします。",
            "We will send it by the form, and tell you.",
        )
    },
    verb=actions.offer_form,
    key="proof",
    roles=SELLERS,
    is_there=lambda page: page.is_form and page.is_provable and not page.is_call_owed,
)
TAKE_BACK: Decision[ProofShown] = Decision(
    slug="take-back",
    title=Text("電話での確認をやめる", "Take the offer back"),
    lead=Text("いつでも頼み直せます。", "You can ask again at any time."),
    button=Text("電話を受けない", "Do not call me"),
    done={"take_back_call": Text("お電話しません。", "You will not be called.")},
    verb=actions.take_back_call,
    key="proof",
    roles=SELLERS,
    is_there=lambda page: bool(page.call_code),
)
OWN = (SEND, ENTER, OFFER, OFFER_FORM, TAKE_BACK)
CALL: Decision[ProofShown] = Decision(
    slug="call",
    title=Text("表示の電話番号にかける", "Call the number shown"),
    lead=Text(
        "番号を読み上げてもらい、聞いた番号を入れます。留守番電話に用件を残さないでください。",
        "Ask the person to read the code out, and enter what you hear. Leave no message on a machine.",
    ),
    button=Text("結果を記録する", "Record the call"),
    done={
        "prove": Text("届くことを確かめました。", "The number is proved."),
        "mistake_code": Text(
            "番号が違いました。もう一度お聞きください。", "The code was wrong. Please ask again."
        ),
        "call_in_vain": Text(
            "つながらなかったことを記録しました。", "It is recorded that nobody was reached."
        ),
    },
    verb=actions.record_proof_call,
    key="proof",
    roles=tuple(STAFF),
    is_there=lambda page: page.channel is ProofChannel.PHONE and page.is_call_owed,
)
TRY_FORM: Decision[ProofShown] = Decision(
    slug="try-form",
    title=Text("表示の問い合わせフォームから番号を送る", "Send the code by the form shown"),
    lead=Text(
        "新しいタブでフォームを開き、お名前などの欄には窓口の名前と連絡先を書いて送ります。出品者に番号を別の方法で伝えないでください。",
        "Open the form in another tab; where it asks who you are, give the centre's name and contact. Do not tell the seller the "
        "code in any other way.",
    ),
    button=Text("結果を記録する", "Record it"),
    done={
        "send_form": Text(
            "送ったことを記録し、出品者に知らせました。", "It is recorded, and the seller is told."
        ),
        "form_in_vain": Text(
            "送れなかったことを記録し、出品者に問い合わせました。",
            "It is recorded, and the seller is questioned.",
        ),
    },
    verb=actions.record_form,
    key="proof",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_form and page.is_call_owed,
)
ASK: Decision[ProofShown] = Decision(
    slug="ask",
    title=Text("連絡先の確認を求める", "Ask for a proof of the contact"),
    lead=Text(
        "連絡がつかないと聞いたときに使います。出品者に知らせ、14日のうちに確かめてもらいます。",
        "For when you hear that nobody is reached. The seller is told and has 14 days to prove it.",
    ),
    button=Text("確認を求める", "Ask for it"),
    done={"ask_proof": Text("出品者に確認を求めました。", "The seller is asked.")},
    verb=actions.ask_proof,
    key="proof",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_provable and not page.is_asked,
)
ASK_ITEMS: Decision[Askable] = Decision(
    slug="ask-items",
    title=Text("表示に省略された事項を請求する", "Ask for what the display leaves out"),
    lead=Text(
        "運営者が登録で知っている事項は、すぐにお見せします。そのほかは、出品者が3営業日以内にお答えします。お名前は出品者に伝わりません。",
        "What the marketplace holds is shown at once; the rest the seller answers within three business days. It is not told who "
        "you are.",
    ),
    button=Text("請求する", "Ask"),
    done={"request": Text("請求しました。", "You have asked.")},
    verb=actions.ask_items,
    key="seller_ref",
    roles=(Role.BUYER,),
    is_there=lambda page: True,
)
ANSWER: Decision[RequestShown] = Decision(
    slug="answer",
    title=Text("請求された事項を知らせる", "Give what was asked for"),
    lead=Text(
        "書いたことは、請求した購入者だけが読みます。だれが請求したかは、お見せしていません。",
        "Only the buyer who asked reads it. You are not told who that is.",
    ),
    button=Text("知らせる", "Give it"),
    done={"answer_request": Text("購入者に知らせました。", "The buyer has it now.")},
    verb=actions.answer_request,
    key="request",
    roles=SELLERS,
    is_there=lambda page: page.is_owed or page.is_referred,
)
REFER: Decision[RequestShown] = Decision(
    slug="refer",
    title=Text("知らせられないので運営者に相談する", "Ask the marketplace first"),
    lead=Text(
        "つきまといのおそれがあるなど、知らせると困るときに使います。運営者が見るまで、期限は止まります。",
        "For when it would harm you, as where somebody follows you. Your time stands still until the marketplace has looked.",
    ),
    button=Text("運営者に見てもらう", "Let the marketplace look"),
    done={
        "refer_request": Text(
            "運営者が見ています。結果をお知らせします。", "The marketplace looks at it and will tell you."
        )
    },
    verb=actions.refer_request,
    key="request",
    roles=SELLERS,
    is_there=lambda page: page.is_owed,
)
OWN_REQUESTS = (ANSWER, REFER)
INSIST: Decision[RequestShown] = Decision(
    slug="insist",
    title=Text("知らせるように求める", "Have the seller give it"),
    lead=Text(
        "出品者に、あらためて3営業日のうちに知らせるように求めます。",
        "The seller is asked to give it, within three business days from now.",
    ),
    button=Text("求める", "Ask the seller"),
    done={"insist_request": Text("出品者に求めました。", "The seller is asked.")},
    verb=actions.insist_request,
    key="request",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_referred,
)
EXCUSE: Decision[RequestShown] = Decision(
    slug="excuse",
    title=Text("知らせなくてよいとする", "Let the seller not give it"),
    lead=Text(
        "法律は、請求されたら遅滞なく知らせるよう求めています。購入者には、相談窓口から連絡できることを伝えます。",
        "The law has it given without delay. The buyer is told that the centre takes messages to the shop.",
    ),
    button=Text("知らせなくてよいとする", "Let it not be given"),
    done={"excuse_request": Text("双方に知らせました。", "Both are told.")},
    verb=actions.excuse_request,
    key="request",
    roles=(Role.LEAD, Role.COUNSEL),
    is_there=lambda page: page.is_referred,
)
OF_REQUESTS = (INSIST, EXCUSE)

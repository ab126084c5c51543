"""What a seller and staff do to prove a contact, as data: a code mailed, read out in a call, or sent by a form."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, STAFF
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.display import actions
from mamori.rooms.display.queries.contactproofs import ProofShown
from mamori.rooms.display.rules.proofs import ProofChannel

PROVED = Text(
    "届くことを確かめました。確かめた日が、購入者の見る表示に出ます。",
    "It is proved. Buyers see the day in your display.",
)
MISTAKEN = Text(
    "確認コードが違いました。もう一度お確かめください。", "The code was wrong. Please look again."
)

SEND: Decision[ProofShown] = Decision(
    slug="send",
    title=Text("確認コードをメールで送る", "Have a code mailed"),
    lead=Text(
        "表示のアドレスに6桁の確認コードを送ります。届いた確認コードを、このページに入れてください。",
        "Six digits go to the address in your display. Enter here what arrives.",
    ),
    button=Text("確認コードを送る", "Send the code"),
    done={
        "send_code": Text(
            "確認コードを送りました。届いたら入れてください。", "The code was sent. Enter it when it arrives."
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
    title=Text("届いた確認コードを入れる", "Enter the code"),
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
        "運営者の担当者が、選んだ時間に表示の電話番号へかけます。出たら、このページに出る6桁の確認コードを読み上げてください。",
        "A person of the marketplace calls the number in your display at the time you choose. When you answer, read out the six "
        "digits that your page shows.",
    ),
    button=Text("この時間に電話を受ける", "Call me at this time"),
    done={
        "offer_call": Text(
            "お電話します。確認コードを手元にご用意ください。",
            "You will be called. Please have the code at hand.",
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
        "運営者の担当者が、表示の問い合わせフォームから6桁の確認コードを送ります。届いた確認コードを、このページに入れてください。",
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
    title=Text("確認の依頼を取り下げる", "Take the offer back"),
    lead=Text("いつでも頼み直せます。", "You can ask again at any time."),
    button=Text("取り下げる", "Take it back"),
    done={
        "take_back_call": Text(
            "取り下げました。お電話も送信もしません。", "It is taken back: nobody calls or sends anything."
        )
    },
    verb=actions.take_back_call,
    key="proof",
    roles=SELLERS,
    is_there=lambda page: page.is_call_owed,
)
OWN = (SEND, ENTER, OFFER, OFFER_FORM, TAKE_BACK)
CALL: Decision[ProofShown] = Decision(
    slug="call",
    title=Text("表示の電話番号にかける", "Call the number shown"),
    lead=Text(
        "確認コードを読み上げてもらい、聞いた確認コードを入れます。留守番電話に用件を残さないでください。",
        "Ask the person to read the code out, and enter what you hear. Leave no message on a machine.",
    ),
    button=Text("結果を記録する", "Record the call"),
    done={
        "prove": Text("届くことを確かめました。", "The number is proved."),
        "mistake_code": Text(
            "確認コードが違いました。もう一度お聞きください。", "The code was wrong. Please ask again."
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
    title=Text("表示の問い合わせフォームから確認コードを送る", "Send the code by the form shown"),
    lead=Text(
        "新しいタブでフォームを開き、お名前などの欄には窓口の名前と連絡先を書いて送ります。出品者に確認コードを別の方法で伝えないでください。",
        "Open the form in another tab; where it asks who you are, give the centre's name and contact. Do not tell the seller the "
        "code in any other way.",
    ),
    button=Text("結果を記録する", "Record it"),
    done={
        "send_form": Text(
            "送ったことを記録し、出品者に知らせました。", "It is recorded, and the seller is told."
        ),
        "form_moved": Text(
            "別のフォームが表示されたため、確認を取りやめました。出品者がもう一度頼めます。",
            "Another form is shown by now: the try was given up. The seller can ask again.",
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
        "連絡がつかないと聞いたときに使います。出品者に知らせ、期限までに確かめてもらいます。",
        "For when you hear that nobody is reached. The seller is told, and has to prove it in time.",
    ),
    button=Text("確認を求める", "Ask for it"),
    done={"ask_proof": Text("出品者に確認を求めました。", "The seller is asked.")},
    verb=actions.ask_proof,
    key="proof",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_provable and not page.is_asked and not page.is_call_owed,
)

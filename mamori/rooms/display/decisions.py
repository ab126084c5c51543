"""What a seller and staff do, as data: a contact is proved; it is asked and concluded whether a private account is a business."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.display import actions
from mamori.rooms.display.queries.contactproofs import ProofShown
from mamori.rooms.display.queries.hidden import DoubtShown

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
    is_there=lambda page: page.is_mail and page.awaits_code,
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
    is_there=lambda page: not page.is_mail and page.is_provable and not page.call_code,
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
OWN = (SEND, ENTER, OFFER, TAKE_BACK)
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
    is_there=lambda page: page.is_call_owed,
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

LET_BE: Decision[DoubtShown] = Decision(
    slug="let-be",
    title=Text("そのままにする", "Let it be"),
    lead=Text(
        "事業者とは思えないときに使います。出品者には何も知らせません。しるしが大きく増えなければ、設定の日数のあいだ一覧に載りません。",
        "For when it does not look like a business. The seller is told nothing. The account is not listed again for the "
        "days that are set, unless its signs grow a lot.",
    ),
    button=Text("そのままにする", "Let it be"),
    done={"let_be": Text("そのままにしました。", "It is let be.")},
    verb=actions.let_be,
    key="seller_ref",
    roles=tuple(STAFF),
    is_there=lambda page: page.may("let_be"),
)
ASK_STANDING: Decision[DoubtShown] = Decision(
    slug="ask",
    title=Text("出品者に尋ねる", "Ask the seller"),
    lead=Text(
        "事情を尋ねます。出品者には答える期限を知らせます。答えを待つあいだ、出品にも売上金にも表示にも、何も起きません。",
        "The seller is asked how it is, and told by when to answer. Meanwhile nothing happens to its listings, its proceeds or "
        "its display.",
    ),
    button=Text("尋ねる", "Ask"),
    done={"ask_standing": Text("出品者に尋ねました。", "The seller is asked.")},
    verb=actions.ask_standing,
    key="seller_ref",
    roles=tuple(STAFF),
    is_there=lambda page: page.may("ask"),
)
CONCLUDE: Decision[DoubtShown] = Decision(
    slug="conclude",
    title=Text("判断する", "Conclude"),
    lead=Text(
        "もうける意思があり、くり返し続けて売っているかで判断します。数だけでは決まりません。理由は出品者が読みます。",
        "What counts is whether somebody means to earn and sells again and again. No number decides it. The seller reads your "
        "reason.",
    ),
    button=Text("判断する", "Conclude"),
    done={"conclude": Text("判断し、出品者に知らせました。", "It was concluded, and the seller was told.")},
    verb=actions.conclude,
    key="seller_ref",
    roles=(Role.LEAD, Role.COUNSEL),
    is_there=lambda page: page.may("conclude_business"),
)
DOUBTED = (ASK_STANDING, LET_BE, CONCLUDE)
ANSWER_STANDING: Decision[DoubtShown] = Decision(
    slug="answer",
    title=Text("答える", "Answer"),
    lead=Text(
        "担当者がお答えを読み、個人か事業者かを判断します。それまでは何も変わりません。",
        "A person reads your answer and concludes whether you are a business. Nothing changes before.",
    ),
    button=Text("答えを送る", "Send the answer"),
    done={"answer_standing": Text("お答えを受け取りました。", "Your answer has arrived.")},
    verb=actions.answer_standing,
    key="seller_ref",
    roles=SELLERS,
    is_there=lambda page: page.may("answer"),
)

"""What this room's acts and clocks are called."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.law.hidden import DISPLAY_HIDDEN_PASS

declare(
    acts={
        "display.write": Text("表示を書いた", "A display was written"),
        "display.keep": Text("表示を版として残した", "A version of a display was kept"),
        "display.look": Text("表示を見直した", "A display was looked at again"),
        "display.miss": Text("期限までに表示が直らなかった", "A display was not put right in time"),
        "display.close": Text("出品者がいなくなり、表示を終えた", "A display ended with its seller"),
        "display.ask": Text("表示を求めると知らせた", "The seller was told that a display will be asked for"),
        "display.require": Text(
            "書かれていない表示を求めた", "A display that was never written was asked for"
        ),
        "display.unask": Text("表示を求めるのをやめた", "A display is asked for no more"),
        "display.ask_proof": Text("連絡先の確認を求めた", "A contact was to be proved"),
        "display.send_code": Text(
            "表示のメールに確認コードを送った", "A code was mailed to the contact shown"
        ),
        "display.offer_call": Text("電話での確認を頼んだ", "A call to prove the telephone was offered"),
        "display.offer_form": Text("フォームの確認を頼んだ", "A try of the form was asked for"),
        "display.send_form": Text(
            "表示のフォームから確認コードを送った", "A code was sent by the form shown"
        ),
        "display.form_moved": Text(
            "別のフォームが表示され、確認を取りやめた", "Another form is shown: the try was given up"
        ),
        "display.form_in_vain": Text(
            "表示のフォームから送れなかった", "Nothing could be sent by the form shown"
        ),
        "display.take_back_call": Text("電話での確認をやめた", "The offer to be called was taken back"),
        "display.mistake_code": Text("違う確認コードが伝えられた", "A wrong code was given"),
        "display.call_in_vain": Text(
            "確認の電話がつながらなかった", "A call to prove the telephone reached nobody"
        ),
        "display.prove": Text("連絡先に連絡が届くと確かめた", "A contact was proved"),
        "display.question": Text(
            "連絡先に連絡が届かないと問い合わせた", "The seller was questioned on a contact"
        ),
        "display.miss_proof": Text(
            "期限までに連絡先を確かめられなかった", "A contact was not proved in time"
        ),
        "display.lapse_proof": Text("連絡先の確認が古くなった", "The proof of a contact lapsed"),
        "display.close_proof": Text(
            "出品者がいなくなり、連絡先の確認を終えた", "The proof of a contact ended with its seller"
        ),
        "display.request": Text(
            "表示に省略された事項を請求した", "Items that a display leaves out were asked for"
        ),
        "display.answer_request": Text("請求された事項を知らせた", "Items that were asked for were given"),
        "display.refer_request": Text(
            "知らせてよいかを運営者に見てもらった", "A request was referred to the marketplace"
        ),
        "display.insist_request": Text(
            "請求された事項を知らせるように求めた", "The seller was asked to give it after all"
        ),
        "display.excuse_request": Text(
            "請求された事項を知らせなくてよいとした", "The seller need not give it"
        ),
        "display.show_request": Text(
            "請求された事項が表示に出た", "What was asked for stands in the display now"
        ),
        "display.miss_request": Text(
            "期限までに請求された事項を知らせなかった", "Items that were asked for were not given in time"
        ),
        "display.close_request": Text(
            "知らせる義務か当事者がなくなり、請求を終えた",
            "A request ended: its seller, its buyer or the duty is gone",
        ),
        "display.flag": Text(
            "事業者かもしれない個人の出品者を一覧に載せた", "A private account was listed to be looked at"
        ),
        "display.let_be": Text("個人の出品者を見て、そのままにした", "A private account was let be"),
        "display.ask_standing": Text(
            "事業者かどうかを出品者に尋ねた", "A seller was asked whether it is a business"
        ),
        "display.answer_standing": Text(
            "事業者かどうかに出品者が答えた", "A seller answered whether it is a business"
        ),
        "display.miss_answer": Text(
            "事業者かどうかの問いに期限までに答えがなかった",
            "The question whether it is a business was not answered",
        ),
        "display.conclude": Text(
            "事業者かどうかを判断した", "It was concluded whether a seller is a business"
        ),
        "display.end_doubt": Text(
            "登録が事業者になり、確認を終えた", "A doubt ended: it is registered as a business"
        ),
        "display.close_doubt": Text("出品者がいなくなり、確認を終えた", "A doubt ended with its seller"),
        "display.withhold": Text(
            "個人として書いた表示を出さないことにした", "What was written as a private person is kept back"
        ),
    },
    nobodys=(DISPLAY_HIDDEN_PASS.code,),
)

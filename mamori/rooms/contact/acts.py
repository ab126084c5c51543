"""The acts of this room in words, and which of them each side is shown in its list of records."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.text import Text

_BUYER = frozenset({Role.BUYER})
_BOTH = _BUYER | SELLERS
_STAFF_ONLY: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class ActWords:
    """An act in words; `shown` are the parties who see in their list that it happened."""

    text: Text
    shown: frozenset[Role]


ACTS = {
    "contact.ask_question": ActWords(Text("質問を送った", "The question was asked"), _BOTH),
    "contact.open_trouble": ActWords(Text("困りごとを知らせた", "The trouble was reported"), _BOTH),
    "contact.hold_still": ActWords(Text("案件の期限を止めた", "The case was let stand still"), _BOTH),
    "contact.write": ActWords(Text("購入者が書き足した", "The buyer wrote"), _BOTH),
    "contact.attach": ActWords(Text("ファイルを添付した", "A file was attached"), _BOTH),
    "contact.say_unsolved": ActWords(
        Text("購入者が解決していないと伝えた", "The buyer said that it is not solved"), _BOTH
    ),
    "contact.raise_harm": ActWords(Text("危険だと知らせがあった", "It was said to be dangerous"), _BOTH),
    "contact.note_danger": ActWords(
        Text("窓口が危険のある件として記録した", "The centre recorded that it is dangerous"), _BOTH
    ),
    "contact.reach_buyer": ActWords(
        Text("購入者に危険のことを確かめた", "The buyer was asked about the danger"), _BUYER
    ),
    "contact.rule_out_danger": ActWords(
        Text("危険はないとされた", "It was found that there is no danger"), _BOTH
    ),
    "contact.lower_harm": ActWords(
        Text("困りごとの程度が下げられた", "It was found to be less grave"), _BOTH
    ),
    "contact.centre_buyer": ActWords(
        Text("窓口と購入者がやり取りした", "The centre and the buyer wrote to each other"), _BUYER
    ),
    "contact.centre_seller": ActWords(
        Text("窓口と出品者がやり取りした", "The centre and the seller wrote to each other"), SELLERS
    ),
    "contact.centre_both": ActWords(
        Text("窓口と双方のやり取りがあった", "There was a message of the centre or to it"), _BOTH
    ),
    "contact.miss_centre_answer": ActWords(
        Text("窓口の返事の期限が過ぎた", "The centre's answer became overdue"), _STAFF_ONLY
    ),
    "contact.acknowledge": ActWords(
        Text("出品者が受け取ったと伝えた", "The seller acknowledged receipt"), _BOTH
    ),
    "contact.answer": ActWords(Text("出品者が回答した", "The seller answered"), _BOTH),
    "contact.miss_answer": ActWords(Text("回答の期限が過ぎた", "The answer became overdue"), _BOTH),
    "contact.note_paid": ActWords(Text("合意したお金が戻った", "The agreed money went back"), _BOTH),
    "contact.miss_resolution": ActWords(Text("解決の期限が過ぎた", "The solution became overdue"), _BOTH),
    "contact.request_mediation": ActWords(Text("仲介を求めた", "Mediation was asked for"), _BOTH),
    "contact.propose": ActWords(Text("解決が提案された", "A solution was proposed"), _BOTH),
    "contact.counter": ActWords(Text("別の解決が提案された", "Another solution was proposed"), _BOTH),
    "contact.agree": ActWords(Text("提案への同意があった", "A party agreed to the proposal"), _BOTH),
    "contact.accept": ActWords(Text("双方が合意した", "Both parties agreed"), _BOTH),
    "contact.decline_proposal": ActWords(Text("提案が断られた", "The proposal was declined"), _BOTH),
    "contact.correct_reply": ActWords(
        Text("伺った返事に聞き違いがあったと伝えられた", "An answer taken down was said to be misheard"),
        _BOTH,
    ),
    "contact.withdraw_proposal": ActWords(Text("提案が取り下げられた", "The proposal was withdrawn"), _BOTH),
    "contact.expire_proposal": ActWords(
        Text("提案への返事がなかった", "The proposal was not replied to"), _BOTH
    ),
    "contact.miss_agreement": ActWords(
        Text("合意したことの期限を過ぎた", "What was agreed became overdue"), _BOTH
    ),
    "contact.follow_case": ActWords(Text("仲介の担当が変わった", "Another agent mediates"), _BOTH),
    "contact.let_read": ActWords(
        Text("窓口が読んでよいかを決めた", "Whether the centre may read was decided"), _BUYER
    ),
    "contact.take_down": ActWords(
        Text(
            "電話や手紙で伺ったことを窓口が書き足した",
            "The centre wrote what the buyer said or wrote on paper",
        ),
        _BOTH,
    ),
    "contact.check_caller": ActWords(
        Text("電話や手紙の人がだれかを窓口が確かめた", "The centre asked who was calling or writing"), _BUYER
    ),
    "contact.let_help": ActWords(Text("助ける人を頼んだ", "Somebody was let help"), _BUYER),
    "contact.let_decide": ActWords(
        Text(
            "助ける人に提案への返事を任せるかを決めた",
            "Whether who helps may reply to proposals was decided",
        ),
        _BUYER,
    ),
    "contact.end_help": ActWords(Text("助ける人を取りやめた", "Somebody was let help no more"), _BUYER),
    "contact.come_to_help": ActWords(Text("頼まれた人が見に来た", "Whoever helps came in"), _BUYER),
    "contact.let_contact": ActWords(
        Text("購入者が連絡先を知らせた", "The buyer let the seller have a contact detail"), _BOTH
    ),
    "contact.end_contact": ActWords(
        Text("購入者が連絡先の利用を取りやめた", "The buyer took a contact detail back"), _BOTH
    ),
    "contact.share": ActWords(
        Text("出品者が窓口に共有した", "The seller shared it with the centre"), SELLERS
    ),
    "contact.see_contact": ActWords(Text("担当者が連絡先を見た", "Staff saw contact details"), _STAFF_ONLY),
    "contact.confirm_look": ActWords(
        Text("緊急時の閲覧が認められた", "An emergency look was confirmed"), _STAFF_ONLY
    ),
    "contact.object_to_look": ActWords(
        Text("緊急時の閲覧に異議が出た", "An emergency look was objected to"), _STAFF_ONLY
    ),
    "contact.see_second_reader": ActWords(
        Text("二人目を待つ期間が過ぎた", "The wait for a second reader was over"), _STAFF_ONLY
    ),
    "contact.remind_second_reader": ActWords(
        Text("二人目の確認を促した", "A second reader was reminded"), _STAFF_ONLY
    ),
    "contact.tell_look": ActWords(
        Text(
            "緊急のため担当者が本文を読んだことを知らせた",
            "It was told that staff had read the words in an emergency",
        ),
        _BOTH,
    ),
    "contact.look": ActWords(
        Text("窓口の担当者が本文を読んだ", "Staff of the centre read the words"), _STAFF_ONLY
    ),
    "contact.agree_scanning": ActWords(
        Text("機械が確かめることに同意した", "It was agreed that a machine looks"), _STAFF_ONLY
    ),
    "contact.refuse_scanning": ActWords(
        Text("機械が確かめることを断った", "It was refused that a machine looks"), _STAFF_ONLY
    ),
    "contact.send_formal": ActWords(Text("返品・取消しなどの通知が届いた", "A formal notice arrived"), _BOTH),
    "contact.go_along_formal": ActWords(
        Text("出品者が通知に応じると答えた", "The seller goes along with the notice"), _BOTH
    ),
    "contact.dispute_formal": ActWords(
        Text("出品者が通知を争うと答えた", "The seller disputes the notice"), _BOTH
    ),
    "contact.miss_formal": ActWords(
        Text("通知への返事の期限が過ぎた", "The answer to the notice became overdue"), _BOTH
    ),
    "contact.review_formal": ActWords(
        Text("通知のその後を尋ねた", "It was asked what became of the notice"), _BUYER
    ),
    "contact.settle_formal": ActWords(Text("手続きが済んだと伝えられた", "It was said to be settled"), _BOTH),
    "contact.rest_formal": ActWords(
        Text("知らせがないため終わりにした", "It was let rest as nothing more was heard"), _BOTH
    ),
    "contact.share_formal": ActWords(Text("通知を窓口に見せた", "The notice was shown to the centre"), _BOTH),
    "contact.look_formal": ActWords(
        Text("窓口の担当者が通知を読んだ", "Staff of the centre read the notice"), _BOTH
    ),
    "contact.solve": ActWords(Text("解決したと伝えられた", "It was said to be solved"), _BOTH),
    "contact.withdraw": ActWords(Text("購入者が取り下げた", "The buyer withdrew it"), _BOTH),
    "contact.close_thread": ActWords(Text("やり取りを終えた", "The conversation was closed"), _BOTH),
    "contact.lapse": ActWords(Text("お返事がなく終わった", "It ended for want of a reply"), _BOTH),
    "contact.urge": ActWords(Text("出品者に催促した", "The seller was urged"), _BOTH),
    "contact.move_deadline": ActWords(Text("期限が変わった", "A due moment moved"), _BOTH),
    "contact.ask_remedy": ActWords(
        Text("購入者が立替返金を求めた", "The buyer asked for a refund in the seller's place"), _BUYER
    ),
    "contact.grant_remedy": ActWords(
        Text("立替返金を決めた", "A refund in the seller's place was granted"), _BOTH
    ),
    "contact.arrange_return": ActWords(Text("返品を手配した", "A return was arranged"), _BUYER),
    "contact.take_label": ActWords(Text("返品の送り状が届いた", "The return label came"), _BUYER),
    "contact.note_sent": ActWords(Text("商品が送り返された", "The goods were sent back"), _BUYER),
    "contact.remind_sending": ActWords(Text("返送をお願いした", "The buyer was reminded to send"), _BUYER),
    "contact.miss_sending": ActWords(Text("返送の期限が過ぎた", "The sending became overdue"), _BUYER),
    "contact.note_arrival": ActWords(Text("返品が届いた", "The goods arrived"), _BUYER),
    "contact.inspect_return": ActWords(Text("届いた商品を確かめた", "The goods were looked at"), _BUYER),
    "contact.give_up_return": ActWords(Text("返品を待つのをやめた", "The return was given up"), _BUYER),
    "contact.remind_return": ActWords(Text("返品の確認を促した", "The return was asked about"), _STAFF_ONLY),
    "contact.hear_cancelled": ActWords(
        Text("注文の取消しを通販サイトが知らせた", "The marketplace told that the order was cancelled"), _BOTH
    ),
    "contact.hear_paid_back": ActWords(
        Text("ほかの方法で返金されたと通販サイトが知らせた", "Money went back on another way"), _STAFF_ONLY
    ),
    "contact.note_all_back": ActWords(
        Text(
            "代金が全額戻ったと通販サイトが知らせた",
            "The marketplace told that the whole price had gone back",
        ),
        _BOTH,
    ),
    "contact.lower_recovery": ActWords(
        Text(
            "ほかの方法で戻った分を出品者への請求から除いた",
            "What went back on another way was left out of the recovery",
        ),
        SELLERS,
    ),
    "contact.hear_charged_back": ActWords(
        Text(
            "カード会社の取消しで、お金の合意や提案がなくなった",
            "A charge back ended what was agreed or offered",
        ),
        _BOTH,
    ),
    "contact.confirm_remedy": ActWords(
        Text("通販サイトが返金を確認した", "The marketplace confirmed the refund"), _BOTH
    ),
    "contact.fail_remedy": ActWords(
        Text("通販サイトが返金できなかった", "The marketplace could not refund"), _STAFF_ONLY
    ),
    "contact.hear_told_late": ActWords(
        Text(
            "断られた指示が実行されていたと通販サイトが知らせた",
            "The marketplace did what it had declined after all",
        ),
        _STAFF_ONLY,
    ),
    "contact.refuse_remedy": ActWords(
        Text("立替返金をしないと決めた", "A refund in the seller's place was refused"), _BOTH
    ),
    "contact.await_refund": ActWords(
        Text("約束や返金を待った", "A promise or a refund was waited for"), _STAFF_ONLY
    ),
    "contact.remind_remedy": ActWords(Text("判断を促した", "The decision was asked for again"), _STAFF_ONLY),
    "contact.chase_confirmation": ActWords(
        Text("通販サイトに確認を促した", "The marketplace was asked again"), _STAFF_ONLY
    ),
    "contact.record_call": ActWords(Text("電話した", "A call was made"), _STAFF_ONLY),
    "contact.ready_call": ActWords(Text("架電の時刻になった", "A call became due"), _STAFF_ONLY),
    "contact.remind_call": ActWords(Text("架電を促した", "A call was asked for again"), _STAFF_ONLY),
    "contact.keep_promise": ActWords(
        Text("電話での約束が守られた", "A promise by telephone was kept"), _STAFF_ONLY
    ),
    "contact.break_promise": ActWords(
        Text("電話での約束が守られなかった", "A promise by telephone was broken"), _STAFF_ONLY
    ),
    "contact.open_recovery": ActWords(
        Text("出品者への請求を検討し始めた", "A recovery was considered"), SELLERS
    ),
    "contact.state_view": ActWords(Text("出品者が意見を述べた", "The seller gave a view"), SELLERS),
    "contact.end_hearing": ActWords(Text("意見の期限が過ぎた", "The time for a view was over"), SELLERS),
    "contact.review_recovery": ActWords(
        Text("出品者への請求を見直した", "The recovery was reviewed"), SELLERS
    ),
    "contact.claim_recovery": ActWords(Text("差し引きを決めた", "The deduction was decided"), SELLERS),
    "contact.waive_recovery": ActWords(Text("差し引かないと決めた", "The deduction was waived"), SELLERS),
    "contact.settle_recovery": ActWords(
        Text("通販サイトが差し引きを確認した", "The deduction was confirmed"), SELLERS
    ),
    "contact.give_back": ActWords(
        Text("差し引いたお金を戻すと決めた", "It was decided to give the money back"), SELLERS
    ),
    "contact.give_again": ActWords(Text("戻すようもう一度指示した", "It was instructed again"), _STAFF_ONLY),
    "contact.confirm_give_back": ActWords(
        Text("通販サイトが売上金への戻しを確認した", "The money is back"), SELLERS
    ),
    "contact.fail_give_back": ActWords(
        Text("通販サイトが売上金に戻せなかった", "The marketplace could not give it back"), SELLERS
    ),
    "contact.bear_recovery": ActWords(Text("運営者が負担した", "The operator bore it"), SELLERS),
}


def is_shown(kind: str, role: Role) -> bool:
    """Say whether the party sees in its list that the act happened."""
    return kind in ACTS and role in ACTS[kind].shown

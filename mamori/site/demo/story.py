"""The main job, scene by scene: what people do is called here; what the house does is read from its own events."""

from __future__ import annotations

from mamori.grammar.businesstime import Hours
from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.japan.spoken import spoken
from mamori.law.grounds import BUYER_CONSENT
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import facts
from mamori.rooms.contact.actions.calls import OUTCOMES, Outcome
from mamori.rooms.contact.rules.reasons import DeductBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site.demo import (
    complaining,
    counselling,
    disclosing,
    displaying,
    enforcing,
    helping,
    improving,
    publishing,
    telephoning,
    telling,
)
from mamori.site.demo.cast import LISTING, ORDERS, SELLERS
from mamori.site.demo.course import Course
from mamori.site.demo.days import moment

STEPS = 93


class Story(Course):
    """Every scene, in the order of its time."""

    def abouts(self) -> list[str]:
        """Name the matters that the story was about, as the record knows them."""
        recoveries = (facts.recovery_of(trouble) for trouble in self.troubles)
        return (
            [f"contact.trouble:{trouble}" for trouble in self.troubles]
            + [f"contact.recovery:{recovery.id}" for recovery in recoveries if recovery is not None]
            + [f"enforcement.finding:{finding}" for finding in self.findings]
            + [f"display.display:{SELLERS['solved']}"]
            + [f"disclosure.request:{request}" for request in self.requests]
        )

    def play(self) -> None:
        """Play all scenes in the order of time."""
        for scene in (self.question, self.solved, self.unsolved, self.silent, self.refund, self.recovery):
            scene()
            self.jump(self.now)
        enforcing.put_right(self)
        enforcing.appealed(self)
        displaying.shown(self)
        disclosing.asked(self)
        telling.everybody_told(self, telling.sellers_told(self))
        helping.help_written(self)
        complaining.anybody_reports(self)
        telephoning.anybody_calls(self)
        counselling.a_counsellor_asks(self)
        improving.seen_and_changed(self)
        publishing.half_year(self)
        publishing.at_jomc(self)
        improving.compared(self)

    def question(self) -> None:
        """Play a question before purchase: an answer clock of its own, nothing else."""
        self.teller.scene(Text("購入前の質問", "A question before purchase"))
        said = Text(
            "「このケトルは二百ボルトでも使えますか」と尋ねる", "asks whether the kettle takes 200 volts"
        )
        thread = contact.ask_question(
            self.buyer("2026-11-16T10:00", "question", said),
            listing_ref=LISTING,
            topic=Topic.GOODS,
            said=said.ja,
        )
        said = Text("「国内専用、百ボルトです」と答える", "answers: 100 volts, Japan only")
        contact.answer(self.seller("2026-11-16T15:00", "question", said), thread=thread, said=said.ja)
        done = Text("分かったので終える", "has understood, and closes")
        contact.close_thread(self.buyer("2026-11-16T15:30", "question", done), thread=thread)

    def solved(self) -> None:
        """Play a trouble that the seller answers and solves."""
        self.teller.scene(Text("困りごと：回答があり、解決した", "A trouble, answered and solved"))
        said = Text("「届いた品が動きません」と書く", "writes that the goods do not work")
        hand = self.buyer("2026-11-17T09:00", "solved", said)
        trouble = self._open(hand, ORDERS["solved"], Topic.BROKEN, Harm.MONEY, said.ja, may_read=False)
        self._answer(
            "2026-11-17T14:00",
            "solved",
            trouble,
            Text("交換品を送ると答える", "answers: a new one is on its way"),
        )
        done = Text("交換品が届き、解決したと伝える", "the new one came: solved")
        contact.solve(self.buyer("2026-11-18T18:00", "solved", done), trouble=trouble)

    def unsolved(self) -> None:
        """Play a trouble that is answered but not solved: an answer never stops the second clock."""
        self.teller.scene(
            Text("困りごと：回答はあったが、解決していない", "A trouble, answered but not solved")
        )
        said = Text(
            "「色が説明と違います」と書き、必要なら窓口が読んでよいと答える",
            "wrong colour; lets the centre read if it must help",
        )
        hand = self.buyer("2026-11-18T19:00", "unsolved", said)
        trouble = self._open(
            hand, ORDERS["unsolved"], Topic.NOT_AS_DESCRIBED, Harm.MONEY, said.ja, may_read=True
        )
        self._answer(
            "2026-11-19T09:00",
            "unsolved",
            trouble,
            Text("「仕様です」と答える", "answers: it is meant to be so"),
        )
        said = Text("「解決していません」と伝える", "says that this does not solve it")
        contact.say_unsolved(self.buyer("2026-11-19T10:00", "unsolved", said), trouble=trouble, said=said.ja)
        asked = Text("窓口の仲介を求める", "asks the centre to mediate")
        contact.request_mediation(self.buyer("2026-11-19T10:30", "unsolved", asked), trouble=trouble)
        hand = self.agent(
            "2026-11-19T11:00",
            Text(
                "仲介を担当し、同意に基づいて本文を読む（記録される）",
                "takes it on and reads, on the consent (recorded)",
            ),
        )
        contact.take_mediation(hand, trouble=trouble)
        known = facts.trouble(trouble)
        assert known is not None
        read = contact.look(hand, thread=known.thread, ground=BUYER_CONSENT)
        self.teller.note([Text(f"{len(read)}通を読んだ", f"{len(read)} messages read")])
        self.jump(moment("2026-11-19T22:00"))
        self._call("2026-11-20T08:30", Outcome.PROMISED, Hours(4))
        self._answer(
            "2026-11-20T09:40",
            "unsolved",
            trouble,
            Text("返品送料を負担し、全額を返すと答える", "offers the return at no cost"),
        )
        done = Text("納得し、解決したと伝える", "agrees: solved")
        contact.solve(self.buyer("2026-11-20T15:00", "unsolved", done), trouble=trouble)

    def silent(self) -> None:
        """Play a trouble with a seller who never answers, over days that do not count."""
        self.teller.scene(
            Text(
                "困りごと：出品者から回答がない（数えない日をまたぐ）",
                "A trouble, unanswered, over days that do not count",
            )
        )
        said = Text(
            "「商品が届きません」と書き、必要なら窓口が読んでよいと答える",
            "the goods did not arrive; lets the centre read",
        )
        hand = self.buyer("2026-11-20T18:00", "silent", said)
        trouble = self._open(hand, ORDERS["silent"], Topic.NOT_ARRIVED, Harm.MONEY, said.ja, may_read=True)
        self.jump(moment("2026-11-24T14:00"))
        self._call("2026-11-24T15:00", Outcome.VOICEMAIL, None)
        self.jump(moment("2026-11-24T18:00"))
        hand = self.agent(
            "2026-11-24T18:20",
            Text("自動で始まった仲介を担当する", "takes on the mediation that opened by itself"),
        )
        contact.take_mediation(hand, trouble=trouble)
        self._call("2026-11-24T18:30", Outcome.NO_ANSWER, None)
        self.now = moment("2026-11-25T18:00")

    def refund(self) -> None:
        """Play the refund in the seller's place: decided by a person, done when the marketplace confirms."""
        self.teller.scene(Text("出品者に代わって返金する", "A refund in the seller's place"))
        trouble = self.troubles[-1]
        order = market.order(ORDERS["silent"])
        assert order is not None
        amount = Text(f"{order.amount:,}円の返金を決める", f"grants a refund of {order.amount:,} yen")
        hand = self.agent("2026-11-25T18:30", amount)
        contact.grant_remedy(hand, trouble=trouble, amount=order.amount, reason="回答も発送もない")
        self.jump(moment("2026-11-25T18:31"))
        self.told_by_market("2026-11-25T19:00")

    def recovery(self) -> None:
        """Play the recovery: apart from the remedy, after a hearing, on the clause that this seller accepted."""
        self.teller.scene(
            Text("出品者への請求（意見を聴いてから）", "The recovery from the seller, after a hearing")
        )
        recovery = facts.recovery_of(self.troubles[-1])
        assert recovery is not None
        clause = Text(
            f"条項「{recovery.clause}」第{recovery.clause_version}版、上限{recovery.most:,}円",
            f"clause “{recovery.clause}”, version {recovery.clause_version}, at most {recovery.most:,} yen",
        )
        self.teller.note([clause])
        said = Text(
            "「入院していて見られなかった。返金に異議はない」と述べる",
            "states: was in hospital, does not object",
        )
        contact.state_view(
            self.seller("2026-11-27T10:00", "silent", said), recovery=recovery.id, said=said.ja
        )
        hand = self.lead(
            "2026-11-27T16:00", Text("意見を読み、売上金からの差し引きを決める", "decides on the deduction")
        )
        contact.claim(
            hand,
            recovery=recovery.id,
            amount=recovery.most,
            because=DeductBecause.NO_ANSWER,
            reason="意見を聴いた。異議なし。",
        )
        self.jump(moment("2026-11-27T16:01"))
        self.told_by_market("2026-11-30T10:00")

    def _open(
        self, hand: Hand, order_ref: str, topic: Topic, harm: Harm, said: str, *, may_read: bool
    ) -> int:
        trouble = contact.open_trouble(
            hand, order_ref=order_ref, topic=topic, harm=harm, said=said, centre_may_read=may_read
        )
        self.troubles.append(trouble)
        known = facts.trouble(trouble)
        assert known is not None
        answer, solution = spoken(known.answer_due_at), spoken(known.resolution_due_at)
        self.teller.note(
            [
                Text(f"受付番号 {known.case}", f"case {known.case}"),
                Text(f"回答の期限 {answer.ja}", f"answer due {answer.en}"),
                Text(f"解決の期限 {solution.ja}", f"solution due {solution.en}"),
            ]
        )
        return trouble

    def _answer(self, when: str, scene: str, trouble: int, said: Text) -> None:
        known = facts.trouble(trouble)
        assert known is not None
        contact.answer(self.seller(when, scene, said), thread=known.thread, said=said.ja)

    def _call(self, when: str, outcome: Outcome, within: Hours | None) -> None:
        text = OUTCOMES[outcome]
        hand = self.agent(
            when, Text(f"架電リストの順に電話する：{text.ja}", f"rings the next on the call list: {text.en}")
        )
        contact.record_call(hand, call=facts.call_list()[0].id, outcome=outcome, promised_within=within)

"""What is said when an answer by telephone or letter, or its correction, cannot be taken down as asked."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class NotTheSeller(Refusal):
    """Given when a seller's answer is to be taken down that was not heard under its registered number."""

    code = "not-the-seller"
    status = 422
    text = Text(
        "出品者の返事は、登録された番号にこちらからかけ、返事をしてよい立場の方だと確かめたときだけ書き取れます。登録の番号にかけ直してください。",
        "A seller's answer is taken down only when you called a registered number and were told that the person may answer for "
        "the shop. Please call a registered number.",
    )


class NoNumberToCall(Refusal):
    """Given when a seller's answer is to be taken down and no registered number is right."""

    code = "no-number-to-call"
    status = 409
    text = Text(
        "この出品者には、かけられる登録の電話番号がないため、返事を電話で書き取れません。返事は、出品者自身がやり取りの画面から送れます。"
        "番号は、通販サイトの登録を直すと、ここでも使えます。",
        "This seller has no registered number that can be called, so no answer is taken down by telephone. The seller itself can "
        "answer in the conversation; once the marketplace has a right number on record, it can be called here.",
    )


class NotThisMatter(Refusal):
    """Given when the check was about another matter than the proposal."""

    code = "not-this-matter"
    status = 409
    text = Text(
        "確かめた件と、この提案の件が違います。この件の受付番号で、もう一度ご本人を確かめてください。",
        "The check was about another case than this proposal. Please ask the questions again with this case's number.",
    )


class AnsweredMeanwhile(Refusal):
    """Given when a proposal was answered or ended before the answer was taken down."""

    code = "answered-meanwhile"
    status = 409
    text = Text(
        "この提案には、もう返事があったか、提案が終わっています。何も記録していません。案件で今の状態を確かめ、相手にお伝えください。",
        "This proposal has been answered or has ended meanwhile. Nothing was recorded. Please look at the case and "
        "say how it stands.",
    )


class NothingToCorrect(Refusal):
    """Given when nothing was taken down for that side, or it was corrected already."""

    code = "nothing-to-correct"
    status = 409
    text = Text(
        "電話や手紙で伺った返事で、これから訂正できるものはありません。お困りのことは、このやり取りに書くか、窓口にお電話ください。",
        "There is no answer by telephone or letter that could be corrected. If something is wrong, please write in this "
        "conversation or call the centre.",
    )

"""What parties do about solutions: propose, agree, decline, answer with another one, take back; the same for both sides."""

from __future__ import annotations

from typing import Any

from mamori.grammar.text import Text
from mamori.rooms.contact import actions
from mamori.rooms.contact.offerforms import CorrectionForm, ProposalForm, ReplyForm
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.views.deeds import Act


def _correctable(page: ThreadPage) -> dict[str, Any]:
    """Return the newest proposal of which the answer can be corrected."""
    return {"offer": next((one.number for one in page.offers if one.reply and one.reply.may_correct), None)}


def _open(page: ThreadPage) -> dict[str, Any]:
    return {"offer": page.offer.number if page.offer else None}


def _possible(page: ThreadPage) -> dict[str, Any]:
    return {"kinds": page.proposable}


PROPOSE = Act(
    slug="propose",
    deed=Deed.PROPOSE,
    title=Text("解決を提案する", "Propose a solution"),
    link=Text("解決を提案する", "Propose a solution"),
    lead=Text(
        "どう解決したいかを提案できます。相手が受けると合意になります。書いた言葉は、相手と相談窓口が読みます。",
        "Say how you would solve it. When the other side agrees, it is settled so. The other side and the centre read "
        "your words.",
    ),
    button=Text("提案する", "Propose it"),
    done=Text("提案しました。返事が届いたらお知らせします。", "It was proposed. We will tell you the reply."),
    form=ProposalForm,
    verb=actions.propose,
    key="trouble",
    asks=_possible,
)
ACCEPT = Act(
    slug="accept",
    deed=Deed.ACCEPT,
    title=Text("この提案を受けますか", "Agree to this proposal?"),
    link=Text("受ける", "Agree"),
    lead=Text(
        "双方が受けると合意になり、行う期限が決まります。あとから取り消すことはできません。",
        "When both sides agree, it is settled, with a time by which it is done. You cannot take your word back.",
    ),
    button=Text("この提案を受ける", "Agree to it"),
    done=Text("提案を受けました。", "You have agreed."),
    form=ReplyForm,
    verb=actions.accept,
    key="proposal",
    initial=_open,
)
DECLINE = Act(
    slug="decline",
    deed=Deed.DECLINE,
    title=Text("この提案を断りますか", "Decline this proposal?"),
    link=Text("断る", "Decline"),
    lead=Text(
        "断っても、困りごとは終わりません。解決の期限もそのままです。",
        "The trouble stays open all the same, and so does the time for its solution.",
    ),
    button=Text("断る", "Decline it"),
    done=Text("提案を断りました。困りごとはそのまま続きます。", "You have declined. The trouble stays open."),
    form=ReplyForm,
    verb=actions.decline,
    key="proposal",
    initial=_open,
)
COUNTER = Act(
    slug="counter",
    deed=Deed.COUNTER,
    title=Text("別の提案をする", "Propose something else"),
    link=Text("別の提案をする", "Propose something else"),
    lead=Text(
        "今の提案は終わり、あなたの提案に代わります。書いた言葉は、相手と相談窓口が読みます。",
        "The present proposal ends and yours takes its place. The other side and the centre read your words.",
    ),
    button=Text("別の提案をする", "Propose it instead"),
    done=Text(
        "別の提案をしました。返事が届いたらお知らせします。", "It was proposed. We will tell you the reply."
    ),
    form=ProposalForm,
    verb=actions.counter,
    key="proposal",
    initial=_open,
    asks=_possible,
)
TAKE_BACK = Act(
    slug="take-back",
    deed=Deed.TAKE_BACK,
    title=Text("提案を取り下げますか", "Take your proposal back?"),
    link=Text("提案を取り下げる", "Take your proposal back"),
    lead=Text(
        "相手にも知らせます。あとから別の提案ができます。", "The other side is told. You can propose anew."
    ),
    button=Text("取り下げる", "Take it back"),
    done=Text("提案を取り下げました。", "Your proposal was taken back."),
    form=ReplyForm,
    verb=actions.withdraw_proposal,
    key="proposal",
    initial=_open,
)
CORRECT = Act(
    slug="misheard",
    deed=Deed.CORRECT,
    title=Text("聞き違いだと伝える", "Say that it was misheard"),
    link=Text("聞き違いだと伝える", "Say that it was misheard"),
    lead=Text(
        "電話や手紙でのお返事を、窓口が聞き違えたときにお使いください。決まったことが行われる前なら、返事は取り消されます。",
        "For an answer by telephone or letter that the centre misheard. Before what was agreed is done, your answer is undone.",
    ),
    button=Text("聞き違いだと伝える", "Say that it was misheard"),
    done=Text(
        "聞き違いのご連絡を受け取りました。窓口の担当者がご連絡します。",
        "We have noted it. Somebody of the centre will be in touch.",
    ),
    form=CorrectionForm,
    verb=actions.correct_reply,
    key="proposal",
    initial=_correctable,
)
OFFERS = (PROPOSE, ACCEPT, DECLINE, COUNTER, TAKE_BACK, CORRECT)
REPLIES = (ACCEPT, COUNTER, DECLINE, TAKE_BACK)

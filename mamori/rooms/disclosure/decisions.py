"""What people decide about a request, each declared once, and the letter in which that goes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.text import Text
from mamori.ground.market.facts import OrderFact
from mamori.ground.matters.decision import Decision
from mamori.ground.post import facts as post
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit, actor_of
from mamori.japan.calendar import spoken
from mamori.law.article5 import Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure import queries as disclosure
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.lifecycle import DECIDERS, REQUEST, DisclosureState
from mamori.rooms.disclosure.queries import InfoRequestShown, receipt_of
from mamori.rooms.disclosure.rules.asked import CameBy

# What who asks and the seller decide about a request, each declared once.


BUYER = (Role.BUYER,)
ASK = Decision[Sequence[OrderFact]](
    slug="asked",
    title=Text("出品者の情報の開示を請求する", "Ask for a seller's information"),
    button=Text("請求を送る", "Send the request"),
    done={
        "ask": Text(
            "請求を受け付けました。受付番号をお控えください。",
            "We have your request. Please keep its number.",
        )
    },
    verb=asking.ask_information,
    roles=BUYER,
)
COMPLETE = Decision[InfoRequestShown](
    slug="complete",
    title=Text("書き足す・足りないものを送る", "Add to it, or send what is missing"),
    button=Text("送る", "Send"),
    done={"complete": Text("受け取りました。続けて確かめます。", "We have it and go on.")},
    verb=asking.complete_request,
    roles=BUYER,
    is_there=lambda page: page.may_add,
)
WITHDRAW = Decision[InfoRequestShown](
    slug="withdraw",
    title=Text("開示請求を取り下げる", "Withdraw the request"),
    lead=Text("取り下げても、あとからもう一度請求できます。", "You can ask again later."),
    button=Text("取り下げる", "Withdraw"),
    done={"withdraw": Text("取り下げました。", "It was withdrawn.")},
    verb=asking.withdraw_request,
    roles=BUYER,
    is_there=lambda page: page.is_open,
)
OWN = {one.slug: one for one in (COMPLETE, WITHDRAW)}
CONFIRM = Decision[InfoRequestShown](
    slug="confirm",
    title=Text("登録のとおりで正しいと答える", "Say that it is right as it is registered"),
    lead=Text(
        "古いと書かれた項目のうち、確かめたら登録のとおりで正しかったものを選んでください。直すときは、通販サイトの登録を変えてください。",
        "Choose what you called outdated and found to be right as registered. To put something right, have your registration "
        "with the marketplace changed.",
    ),
    button=Text("正しいと答える", "It is right"),
    done={"confirm": Text("お答えを受け取りました。", "We have your answer.")},
    verb=deciding.confirm_items,
    roles=SELLERS,
    is_there=lambda page: bool(page.to_confirm),
)
VIEW = Decision[InfoRequestShown](
    slug="view",
    title=Text("開示請求への意見", "Your view on the disclosure"),
    lead=Text(
        "ご意見をふまえて、運営者が法律の要件に当たるかを決めます。反対があっても、要件を満たせば開示することがあります。",
        "We take your view into account and decide by the requirements of the Act. Where they are met, we may disclose even "
        "though you object.",
    ),
    button=Text("意見を送る", "Send my view"),
    done={"state_view": Text("ご意見を受け取りました。", "We have your view.")},
    verb=deciding.state_view,
    roles=SELLERS,
    is_there=lambda page: page.awaits_view,
)


# What staff decide about a request, each declared once: its words, when it is there, the verb that does it.


NOT_MET = Text(
    "満たすと言えない要件があります。証拠を確かめ、要件について判断してください。",
    "Not every element is met. Please look at the evidence and weigh what is open.",
)
NOTHING_AGAINST = Text("満たさない要件も、足りないものもありません。", "Nothing is missing or not met.")
NOT_HEARD = Text(
    "満たさない要件、または足りないものがあります。聴くのは開示を考えるときだけです。",
    "Something is not met or missing. The seller is heard only where a disclosure is thought of.",
)
NOT_TRIED = Text(
    "二つ以上の方法で連絡がつかなかった記録が要ります（一人の記録だけでは足りません）。",
    "Two ways have to have been tried in vain, and not by one person alone.",
)
AWAITED = Text(
    "出品者が古いと言った項目を、直すか確かめるのを待っています：{items}。",
    "The seller has still to put right or confirm what it calls outdated: {items}.",
)
LEAVE_OR_WEIGH = Text(
    "出品者のものか疑わしい項目があります：{items}。外す理由を選ぶか、先に「求める項目」を証拠とともに判断してください。",
    "Of these it is open whether they are the seller's: {items}. Choose why each is left out, or weigh the items first.",
)
ARGUED = Text(
    "お店が知らせた返金を受け取っていない、または「事業のため」は押し間違いと請求した人が言うときは、断る前に"
    "「要件に疑問を記録する」で法務の判断に回してください。",
    "Where who asks denies a refund that the shop told of, or ticked “for a business” by mistake, please mark that element "
    "doubtful first, so that counsel weighs it.",
)
WITHOUT = Text("{told}。外す項目：{left}", "{told}. Left out: {left}")
WHY_LEFT_OUT = Text("{item}（{why}）", "{item} ({why})")
UNLESS_LEFT_OUT = Text(
    "開示する項目：{items}（外すと選んだものを除く）", "To be disclosed, unless left out: {items}"
)
TO_DISCLOSE = Text("開示する項目：{items}", "To be disclosed: {items}")


def _in(*states: DisclosureState) -> Callable[[InfoRequestShown], bool]:
    return lambda page: page.state in states


def _allows(step: str) -> Callable[[InfoRequestShown], bool]:
    [one] = [each for each in REQUEST.steps if each.name == step]
    return lambda page: page.state in one.moves


def _unless(
    holds: Callable[[InfoRequestShown], bool], why: Text
) -> Callable[[InfoRequestShown], Text | None]:
    return lambda page: None if holds(page) else why


def _to_disclose(items: Collection[SellerItem]) -> Text | None:
    """Name what is disclosed, where anything is."""
    return TO_DISCLOSE.fill(items=Text.listed(one.text for one in items)) if items else None


def _why_not_yet(page: InfoRequestShown) -> Text | None:
    """Say why nothing can be proposed to be disclosed just now."""
    if page.awaited:
        return AWAITED.fill(items=Text.listed(one.text for one in page.awaited))
    return None if page.may_disclose else NOT_MET


def _before_proposing(page: InfoRequestShown) -> Text | None:
    """Name what is disclosed, and what is doubted of it."""
    doubted = page.doubted if page.findings[Element.ITEMS].verdict is not ElementVerdict.MET else ()
    if doubted:
        return LEAVE_OR_WEIGH.fill(items=Text.listed(one.text for one in doubted))
    return UNLESS_LEFT_OUT.fill(items=Text.listed(one.text for one in page.to_give)) if page.to_give else None


def _before_agreeing(page: InfoRequestShown) -> Text | None:
    """Name what is disclosed, and what is left out and why."""
    told = _to_disclose(page.items) if page.outcome == "disclose" else None
    if told is None or not page.left_out:
        return told
    left = [WHY_LEFT_OUT.fill(item=item.text, why=why.text) for item, why in page.left_out.items()]
    return WITHOUT.fill(told=told, left=Text.listed(left))


def _decision(
    slug: str, title: Text, done: Text, verb: Callable[..., object], act: str, **more: Any
) -> Decision[InfoRequestShown]:
    """Return what is there while the request can take the step that the act is named by, where no more is said."""
    more["is_there"] = more.get("is_there") or _allows(act)
    return Decision(slug=slug, title=title, done={act: done}, verb=verb, **more)


ENTER = Decision[None](
    slug="enter",
    title=Text("届いた開示請求を記録する", "Enter a request that came"),
    lead=Text(
        "郵送・メール・消費者庁の書式のどれでも、書かれていればそのまま有効です。書かれていないことは「書かれていない」のまま記録してください。",
        "By letter, mail or on the agency's form it is valid as it is. Leave unsaid what it does not say.",
    ),
    button=Text("記録する", "Enter it"),
    done={
        "enter": Text(
            "記録しました。一覧のいちばん上にあります。", "It was entered, and stands at the top of the list."
        )
    },
    verb=asking.enter_request,
    key="order",
)
BEGIN = _decision(
    "begin",
    Text("確かめ始める", "Begin to look at it"),
    Text("確かめ始めたと記録しました。", "It is being looked at."),
    deciding.begin_request,
    "begin",
)
ASK_MORE = _decision(
    "more",
    Text("足りないものをお願いする", "Ask for what is missing"),
    Text("足りないものをお願いしました。", "It was asked for."),
    deciding.ask_more,
    "ask_more",
)
NOTE = _decision(
    "seen",
    Text("確かめたことを記録する", "Note what was seen"),
    Text("記録しました。", "It was noted."),
    deciding.note_seen,
    "note",
    is_there=lambda page: page.is_open,
)
FLAG = _decision(
    "sign",
    Text("気づいたことを記録する（法務が見ます）", "Note a sign (counsel looks at it)"),
    Text("記録しました。目的は法務が判断します。", "It was noted. Counsel weighs the purpose."),
    deciding.flag_signal,
    "flag",
    is_there=lambda page: page.is_open,
)
WEIGH = _decision(
    "weigh",
    Text("要件について判断する", "Weigh an element"),
    Text("判断を記録しました。", "Your decision was recorded."),
    deciding.weigh,
    "weigh",
    roles=DECIDERS,
    lead=Text(
        "前の判断は、決定まで替えられます。どちらも記録に残ります。",
        "What was decided of an element can be replaced until the request is decided; both stay on record.",
    ),
)
DOUBT = _decision(
    "doubt",
    Text("要件に疑問を記録する", "Mark an element doubtful"),
    Text("疑問を記録しました。法務または責任者が判断します。", "It was noted. Counsel or a lead weighs it."),
    deciding.mark_doubtful,
    "doubt",
    lead=Text(
        "規則の答えや前の判断がおかしいと思うとき、言葉で書いてください。その要件は「法務が判断する」になります。",
        "Where you know better than the rules, or than what was weighed before, say so in words: the element needs counsel then.",
    ),
    is_there=lambda page: page.is_open,
)
ASK_VIEW = _decision(
    "hear",
    Text("出品者の意見を聴く", "Hear the seller"),
    Text("出品者に意見を求めました。", "The seller was asked for its view."),
    deciding.ask_view,
    "ask_view",
    roles=DECIDERS,
    lead=Text(
        "出品者には、注文・請求の内容・求められた項目だけを知らせます。請求した人の名前と連絡先は知らせません。",
        "The seller is told the order, the claim and the items asked for; not who asks.",
    ),
    closed=_unless(lambda page: not page.may_refuse, NOT_HEARD),
)
TRY = _decision(
    "try",
    Text("連絡を試みたことを記録する", "Note a try to reach the seller"),
    Text("記録しました。", "It was noted."),
    deciding.note_try,
    "try",
)
UNREACHABLE = _decision(
    "unreachable",
    Text("連絡がとれないと判断する", "Find that it cannot be reached"),
    Text("意見を待たずに進めます。", "It goes on without the seller's view."),
    deciding.find_unreachable,
    "find_unreachable",
    roles=DECIDERS,
    closed=_unless(lambda page: page.is_unreachable, NOT_TRIED),
)
PROPOSE = _decision(
    "disclose",
    Text("開示を提案する", "Propose to disclose"),
    Text("開示を提案しました。別の人の確認を待ちます。", "It was proposed. Another person has to agree."),
    deciding.propose_disclosure,
    "propose",
    roles=DECIDERS,
    closed=_why_not_yet,
    warns=_before_proposing,
)
REFUSE = Decision[InfoRequestShown](
    slug="refuse",
    title=Text("開示しないことを提案する", "Propose to refuse"),
    lead=Text(
        "理由は、満たさない要件の文と、判断の理由から作られ、請求した人に送られます。",
        "The reasons are made from the elements that are not met, and are sent to who asks.",
    ),
    done={
        "propose_refusal": Text(
            "開示しないことを提案しました。別の人の確認を待ちます。",
            "It was proposed. Another person has to agree.",
        ),
        "refuse": Text("開示しないと決め、知らせました。", "It was refused, and who asked was told."),
    },
    verb=deciding.propose_refusal,
    roles=DECIDERS,
    is_there=_allows("propose_refusal"),
    closed=_unless(lambda page: page.may_refuse, NOTHING_AGAINST),
    warns=lambda page: ARGUED if page.is_argued else None,
)
AGREE = Decision[InfoRequestShown](
    slug="agree",
    title=Text("提案に同意し、決定する", "Agree to the proposal"),
    lead=Text(
        "決定すると、請求した人と、意見を聴いた出品者に知らせます。開示は取り消せません。",
        "Who asks, and a seller that was heard, are told. A disclosure cannot be undone.",
    ),
    button=Text("同意して決定する", "Agree and decide"),
    done={
        "disclose": Text("開示し、知らせました。", "It was disclosed, and both were told."),
        "disclose_partly": Text("一部を開示し、知らせました。", "A part was disclosed, and both were told."),
        "refuse": Text("開示しないと決め、知らせました。", "It was refused, and who asked was told."),
    },
    verb=deciding.agree_request,
    roles=DECIDERS,
    is_there=_in(DisclosureState.PROPOSED),
    warns=_before_agreeing,
    step_up=True,
)
SEND_BACK = _decision(
    "back",
    Text("提案を戻す", "Send the proposal back"),
    Text("提案を戻しました。", "It was sent back."),
    deciding.send_back_request,
    "send_back",
    roles=DECIDERS,
    is_there=_in(DisclosureState.PROPOSED),
)
SENT = _decision(
    "sent",
    Text("決定を書面で送ったことを記録する", "Note that the decision was sent by letter"),
    Text("記録しました。", "It was noted."),
    deciding.note_sent,
    "send",
    is_there=lambda page: page.decided_at is not None and page.by_letter,
)
ENTER_COMPLETION = _decision(
    "complete",
    Text("届いたものを記録する", "Enter what has come"),
    Text("届いたものを記録しました。", "It was entered."),
    asking.complete_request,
    "complete",
    is_there=lambda page: page.may_add,
)
HEARD = _decision(
    "heard",
    Text("出品者から聞いた意見を記録する", "Enter the view that the seller gave"),
    Text("意見を記録しました。", "The view was entered."),
    deciding.state_view,
    "state_view",
    lead=Text(
        "電話や書面で聞いたとおりに書いてください。",
        "Please write it as you were told by telephone or letter.",
    ),
    is_there=_in(DisclosureState.HEARING),
)
NOTE_WITHDRAWN = _decision(
    "withdraw",
    Text("取り下げを記録する", "Note that it was withdrawn"),
    Text("取り下げを記録しました。", "It was withdrawn."),
    asking.note_withdrawn,
    "withdraw",
    is_there=lambda page: page.is_open and page.channel is not CameBy.PAGE,
)
DECISIONS = (
    BEGIN,
    NOTE,
    DOUBT,
    WEIGH,
    ASK_MORE,
    ASK_VIEW,
    HEARD,
    TRY,
    UNREACHABLE,
    PROPOSE,
    REFUSE,
    AGREE,
    SEND_BACK,
    ENTER_COMPLETION,
    FLAG,
    SENT,
    NOTE_WITHDRAWN,
)


# The decision as the letter says it: every value is data for the template.


TITLE = Text("販売業者等情報の開示請求についての決定", "Decision on your request for a seller's information")
DISCLOSED = Text("次のとおり開示します。", "The following is disclosed to you.")
REFUSED = Text(
    "開示しないと決めました。理由は次のとおりです。", "It was decided not to disclose. The reasons are these."
)
USE = Text(
    "誓約のとおり、請求した権利の行使だけにお使いください。出品者の信用を傷つけるなどの目的に使うことはできません。",
    "As you pledged, please use it for your claim alone, and not to harm the seller's credit or for another improper purpose.",
)
GONE = Text(
    "開示しましたが、出品者の情報が消去されたため、いまは内容をお見せできません。",
    "It was disclosed; the seller's information has been erased since and can no longer be shown.",
)
NOT_HELD = Text(
    "求められた項目のうち、運営者が持っていないもの：{items}",
    "Asked for, and not held by the marketplace: {items}",
)
LEFT_OUT = Text(
    "求められた項目のうち、開示しないもの：{item}（理由：{why}）",
    "Asked for, and not disclosed: {item} ({why})",
)
AGAIN = Text(
    "足りなかったものがそろえば、もう一度請求できます。ほかに次の方法があります。",
    "You may ask again once what was missing is there. There are other ways, too.",
)
CASE_NUMBER = Text("受付番号", "Number")
RECEIVED = Text("受け付けた日時", "Received")
DECIDED = Text("決定した日時", "Decided")
ORDERS = Text("注文", "Order")
RECEIPT = Text("記録の受領証", "Receipt of the record")
TO = Text("宛先", "To")


def paper_of(page: InfoRequestShown, given: Mapping[SellerItem, str], *, operator: str) -> dict[str, Any]:
    """Return the letter as JSON-ready values."""
    assert page.decided_at is not None
    head: list[tuple[Text, str | Text]] = [
        (TO, page.said.name or page.buyer_ref),
        (CASE_NUMBER, page.case),
        (ORDERS, ", ".join(page.orders)),
        (RECEIVED, spoken(page.received_at)),
        (DECIDED, spoken(page.decided_at)),
        (RECEIPT, receipt_of(page.number)),
    ]
    return {
        "title": _both(TITLE),
        "operator": operator,
        "head": [[_both(title), _both(said)] for title, said in head if said],
        "said": _both(_said(page, given)),
        "given": [[_both(item.text), _both(value)] for item, value in given.items()],
        "reasons": [[_both(element.text), _both(why)] for element, why in page.reasons],
        "notes": [_both(one) for one in _notes(page)],
        "roads": [] if page.is_given else [[_both(one.title), _both(one.text)] for one in page.roads],
    }


def _said(page: InfoRequestShown, given: Mapping[SellerItem, str]) -> Text:
    if not page.is_given:
        return REFUSED
    return DISCLOSED if given else GONE


def _notes(page: InfoRequestShown) -> list[Text]:
    if not page.is_given:
        return [AGAIN]
    left_out = [LEFT_OUT.fill(item=item.text, why=why.text) for item, why in page.left_out.items()]
    return [USE, *left_out, *([NOT_HELD.fill(items=page.not_given)] if page.not_given else [])]


def _both(said: str | Text) -> dict[str, str]:
    return {"ja": said.ja, "en": said.en} if isinstance(said, Text) else {"ja": said, "en": ""}


SOURCE = Path(__file__).parent / "templates" / "disclosure" / "letter.typ"
STANDARDS = ("a-3a", "ua-1")


def letter_of(request: Visit, number: int) -> HttpResponse:
    """Return the letter of a request that was decided; where something was disclosed that is recorded, so it is a POST."""
    actor, at = actor_of(request), request.received_at
    page = disclosure.request_of(actor, number)
    if page.decided_at is None:
        raise disclosure.NoSuchInfoRequest
    given = deciding.receive(actor, request=number, how="paper") if page.is_given else {}
    made = post.typeset(
        SOURCE,
        {"paper": paper_of(page, given, operator=operator(at).name)},
        at=at,
        standards=STANDARDS,
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="decision-{page.case}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer

"""How a contact is proved: what a seller and staff do, as data, and their pages; who lacks a display."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, Done, just_did, just_done
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart, Section, offers, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide, show_matter
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.display import facts
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.lists import LACKING
from mamori.rooms.display.proofs import actions
from mamori.rooms.display.proofs.queries import ProofShown, calls_owed, proof_shown, proofs_shown
from mamori.rooms.display.proofs.rules import ProofChannel
from mamori.rooms.display.queries.goods import beside
from mamori.rooms.display.queries.versions import told_of

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
    roles=SELLERS,
    is_there=lambda page: page.is_mail and page.is_provable,
    closed=lambda page: page.too_soon,
)
ENTER: Decision[ProofShown] = Decision(
    slug="enter",
    title=Text("届いた確認コードを入れる", "Enter the code"),
    button=Text("確かめる", "Prove it"),
    done={"prove": PROVED, "mistake_code": MISTAKEN},
    verb=actions.enter_code,
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
    is_there=lambda page: page.is_provable and not page.is_asked and not page.is_call_owed,
)


# What staff see of displays: those with which something is wrong, and one seller's with its versions side by side.


DESK = (ASK, CALL, TRY_FORM)


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the displays with which something is wrong, the oldest first."""
    return show(request, LACKING, case_page=case_page, template="display/staff/displays.html")


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show one seller's display, how it stands, and an earlier version beside it."""
    del case_page
    known = market.seller(ref)
    if known is None:
        raise NoSuchShop
    actor, of = actor_of(request), request.GET.get("of", "")
    proofs = proofs_shown(ref, at=actor.at)
    page = MatterPage(
        sections=sections_of(ref, proofs, earlier=request.GET.get("beside", "")),
        offers=tuple(one for proof in proofs for one in _offers(actor, proof)),
        done=just_done(actor, f"display.proof:{of}:{ref}", ASK.done if of else None),
    )
    frame = MatterFrame(
        title=Text("特定商取引法に基づく表示", "Display required by law"),
        named=known.name or ref,
        ref=ref,
        back=reverse("display_staff:listed"),
        back_text=Text("表示の一覧に戻る", "Back to the displays"),
    )
    return show_matter(request, page, frame)


def sections_of(ref: str, proofs: tuple[ProofShown, ...], *, earlier: str = "") -> tuple[Section, ...]:
    """Return what is shown of a seller's display, on its page and beside a decision; `earlier` numbers a version to compare."""
    now = facts.public(ref)
    before = facts.numbered(ref, int(earlier)) if earlier.isdecimal() and len(earlier) < 9 else None
    given = {
        "proofs": proofs,
        "stands": facts.display(ref),
        "now": now,
        "earlier": before,
        "pairs": beside(before.told, now.told) if before and now and before.told and now.told else (),
        "versions": told_of(ref),
    }
    parts = (PagePart.WORK, PagePart.FACTS, *((PagePart.HISTORY,) if now else ()))
    return sections("display/staff/seller", parts, given)


def _offers(actor: Actor, proof: ProofShown) -> tuple[OpenDecision, ...]:
    """Return what can be done about the proof of a contact; only what asks for one is asked on the seller's page.

    A call and a try of a form have a page with the number or the code.
    """
    return offers(
        DESK,
        proof,
        actor.role,
        lambda slug: reverse("display_staff:proof", args=(proof.seller_ref, proof.channel, slug)),
        of=proof.channel.text,
        form=lambda one: by_verb(one) if one is ASK else None,
    )


@open_to(*STAFF)
def calls(request: Visit, case_page: str) -> HttpResponse:
    """List the calls that are to prove a number, the longest owed first."""
    del case_page
    about = f"display.proof:{request.GET.get('of', '')}:{request.GET.get('seller', '')}"
    done = _done(request, (CALL, TRY_FORM))
    page = {"calls": calls_owed(), "done": just_done(actor_of(request), about, done)}
    return render(request, "display/staff/calls.html", page)


@open_to(*STAFF)
def duty(request: Visit, ref: str, channel: str, slug: str, case_page: str) -> HttpResponse:
    """Ask a seller to prove a contact, or show the number to be called or the form to be tried, and ask how it went."""
    del case_page
    decision, kind = _named(DESK, slug, channel)
    is_asked = decision is ASK
    return _decide(
        request,
        decision,
        (kind, ref),
        back=reverse("display_staff:seller", args=(ref,)) if is_asked else reverse("display_staff:calls"),
        template=f"display/staff/{slug.replace('-', '_')}.html",
        beside=(lambda shown: sections_of(ref, (shown,))) if is_asked else None,
    )


# A seller's page of its contacts, where it proves that they reach it.


@open_to(*SELLERS)
def own_contacts(request: Visit) -> HttpResponse:
    """Show the contacts that the seller shows, how the proof of each stands, and what to do."""
    actor = actor_of(request)
    shown = proofs_shown(actor.ref, at=actor.at)
    did = just_did(actor, f"display.proof:{request.GET.get('of', '')}:{actor.ref}", _done(request, OWN))
    page = {
        "proofs": [(one, [each for each in OWN if each.is_open_to(actor.role, one)]) for one in shown],
        "did": did,
        "is_wrong": did is not None and did.text is MISTAKEN,
    }
    return render(request, "display/seller/contacts.html", page)


@open_to(*SELLERS)
def act(request: Visit, channel: str, slug: str) -> HttpResponse:
    """Ask for what a step of the proof needs, and take it; who shows no such contact is led back."""
    back = reverse("display_seller:contacts")
    decision, kind = _named(OWN, slug, channel)
    of = kind, actor_of(request).ref
    try:
        return _decide(request, decision, of, back=back, template="display/seller/proof.html")
    except NoSuchShop:
        return HttpResponseRedirect(back)


def _done(request: Visit, known: Iterable[Decision[ProofShown]]) -> Done | None:
    return next((one.done for one in known if one.slug == request.GET.get("done")), None)


def _named(
    known: Iterable[Decision[ProofShown]], slug: str, channel: str
) -> tuple[Decision[ProofShown], ProofChannel]:
    decision = next((one for one in known if one.slug == slug), None)
    if decision is None or channel not in list(ProofChannel):
        raise NoSuchShop
    return decision, ProofChannel(channel)


def _decide(
    request: Visit,
    decision: Decision[ProofShown],
    of: tuple[ProofChannel, str],
    *,
    back: str,
    template: str,
    beside: Callable[[ProofShown], tuple[Section, ...]] | None = None,
) -> HttpResponse:
    """Take a decision on the proof of a channel of a seller; the page that it leads to is told of which."""
    channel, ref = of

    def show() -> ProofShown:
        found = proof_shown(channel, ref, at=actor_of(request).at)
        if found is None:
            raise NoSuchShop
        return found

    shown = show()
    return decide(
        request,
        decision,
        shown,
        again=show,
        key=shown.name,
        back=f"{back}?{urlencode({'of': channel, 'seller': ref})}",
        template=template,
        beside=beside,
        refused=(NoSuchShop,),
    )

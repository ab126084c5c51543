"""A buyer reports a trouble, or asks before buying: one question a page, then the number and what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.grammar.businesstime import EveryHours, Hours
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.once import once
from mamori.ground.web.sessions import NEW
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.steps import NO, Answers, Question, Steps, plain
from mamori.ground.web.wording import Row, localized as told_words
from mamori.law.complaints import STOP_USING
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, RESOLUTION
from mamori.rooms.contact import actions, facts, forms
from mamori.rooms.contact.finding import buyer_of
from mamori.rooms.contact.phrases import STARTS
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.goods import heading, listing_name, order_name, registered
from mamori.rooms.contact.queries.matter import spoken_due
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.standing.told import ANSWER_BY, SOLVED_BY
from mamori.rooms.contact.topics import HARMS, SUBJECTS
from mamori.rooms.contact.views import before, visiting
from mamori.rooms.contact.views.before import order_form, order_rows

ORDER_TITLE = Text("どの注文で困っていますか", "Which order is it about?")
TOPIC_TITLE = Text("何に困っていますか", "What is the trouble?")
HARM_TITLE = Text("どのくらい困っていますか", "How serious is it?")
WORDS_TITLE = Text("何が起きましたか", "What happened?")
FILES = Text("写真や書類", "Photos or papers")
CONSENT_TITLE = Text("相談窓口が読んでもよいですか", "May the centre read it?")
LISTING_TITLE = Text("どの商品についてですか", "Which goods is it about?")
ASK_TOPIC_TITLE = Text("何についての質問ですか", "What is the question about?")
ASK_TITLE = Text("何を知りたいですか", "What would you like to know?")


def _already(request: Visit, form: BaseForm, answers: Answers, back: str) -> HttpResponse | None:
    """Lead to the trouble that is open about the order already, before anything more is asked."""
    return _led_on(request, form.cleaned_data["ref"], back)


def _led_on(request: Visit, order_ref: str, back: str) -> HttpResponse | None:
    number = threads.open_about(actor_of(request), order_ref)
    if number is None:
        return None
    shown = {
        "number": number,
        "goods": order_name(market.order(order_ref)),
        "order_ref": order_ref,
        "back": back,
    }
    return render(request, "contact/buyer/already.html", shown)


def _consent_rows(form: BaseForm) -> Iterator[Row]:
    may = form.cleaned_data["may_read"]
    answer = Text("読んでもよい", "It may") if may else Text("読まないでほしい", "Please do not read it")
    yield Row(
        label=Text("窓口が間に入ったときに読むこと", "The centre reading it when it has to help"),
        value=answer,
    )


def _listing_form(data: object, request: Visit, answers: Answers) -> BaseForm:
    return forms.ListingForm(data, initial={"listing": request.GET.get("listing", "")[:64]})


def _harm_form(data: object, request: Visit, answers: Answers) -> BaseForm:
    """Choose what the topic usually means, so that only who sees it otherwise has to choose."""
    return forms.HarmForm(data, initial={"harm": SUBJECTS[answers["topic"]["topic"]].harm.value})


def _harm_rows(form: BaseForm) -> Iterator[Row]:
    """Say how grave it is, and what was answered of injury and fire, which is no where nothing was ticked."""
    asked, hurt = form.fields["hurt"], form.cleaned_data["hurt"]
    yield Row(label=HARM_TITLE, value=heading(HARMS[form.cleaned_data["harm"]]))
    yield Row(label=f"{asked.label}", value=Text.listed([one.text for one in hurt]) if hurt else NO)


def _start(request: Visit, answers: Answers) -> dict[str, str]:
    """Begin with the usual words of the topic where the address asks for them; what was typed stays."""
    return {"said": told_words(STARTS[answers["topic"]["topic"]]) if "start" in request.GET else ""}


def _happened_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    """Take files only with what was posted just now: what was kept carries them already."""
    files = request.FILES if data is request.POST else None
    return forms.HappenedForm(data, files, actor=actor_of(request), initial=_start(request, answers))


def _asked_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.AskedForm(data, initial=_start(request, answers))


def _words_rows(form: BaseForm) -> Iterator[Row]:
    yield Row(label=WORDS_TITLE, value=form.cleaned_data["said"])
    if names := [one.name for one in form.cleaned_data["files"].files]:
        yield Row(label=FILES, value="\n".join(names))


def _given(step: str, field: str, request: Visit) -> dict[str, dict[str, list[str]]]:
    """Take from the address which order or goods it is about."""
    wanted = request.GET.get(step, "")[:64]
    return {step: {field: [wanted]}} if wanted else {}


def _beside(request: Visit, step: str, answers: Answers) -> str:
    """Show whom one writes to, before anything is sent."""
    order = answers.get("order", {}).get("order_fact")
    listing = market.listing(answers["listing"]["listing"]) if "listing" in answers else None
    about = order or listing
    if about is None:
        return ""
    goods = order_name(order) if order else listing_name(listing)
    shown = {
        "seller": registered(about.seller_ref),
        "goods": goods,
        "already": threads.open_about(actor_of(request), order.ref) if order else None,
        "asks_about": order.items[0].listing if order and order.items else "",
        "is_topic": step == "topic",
        "is_words": step == "words",
        "begin": f"?{_with_start(request)}" if step == "words" and "start" not in request.GET else "",
    }
    return render_to_string("contact/beside.html", shown, request)


def _with_start(request: Visit) -> str:
    """Return what the address says, and that the words begin with the usual ones."""
    query = request.GET.copy()
    query["start"] = "1"
    return query.urlencode()


def _read(request: Visit, answers: Answers) -> QueryDict:
    return before.given(request)


def _between(request: Visit, form: BaseForm, answers: Answers, back: str) -> HttpResponse | None:
    """Show the writer what a machine noticed, before the words are kept for sending."""
    listing = market.listing(answers["listing"]["listing"]) if "listing" in answers else None
    about = listing or answers["order"]["order_fact"]
    writing = before.Writing(
        title=REPORT.title if "order" in answers else ASK.title,
        buyer_ref=buyer_of(actor_of(request)),
        seller_ref=str(about.seller_ref),
        back=back,
        order_ref=answers["order"]["ref"] if "order" in answers else "",
        goes_on=True,
    )
    carried = form.data.get("carried", "")
    return before.stop(request, form.cleaned_data["said"], writing, carried=carried)


def _report(request: Visit, answers: Answers, token: str) -> str:
    actor = actor_of(request)

    def do() -> str:
        trouble = actions.open_trouble(
            actor,
            order_ref=answers["order"]["ref"],
            topic=answers["topic"]["topic"],
            harm=answers["harm"]["harm"],
            said=answers["words"]["said"],
            centre_may_read=answers["reading"]["may_read"],
        )
        known = facts.trouble(trouble)
        assert known is not None
        actions.attach(actor, thread=known.thread, ready=answers["words"]["files"])
        return reverse("contact_buyer:sent", args=(known.case,))

    return once(actor, token, do)


def _ask(request: Visit, answers: Answers, token: str) -> str:
    actor = actor_of(request)

    def do() -> str:
        thread = actions.ask_question(
            actor,
            listing_ref=answers["listing"]["listing"],
            topic=answers["topic"]["topic"],
            said=answers["words"]["said"],
        )
        known = facts.thread(thread)
        assert known is not None
        return reverse("contact_buyer:sent", args=(known.case,))

    return once(actor, token, do)


def _of_order(request: Visit) -> dict[str, dict[str, list[str]]]:
    """Take from the address which order it is about and, where a warning led here, what the trouble is."""
    return _given("order", "other", request) | _given("topic", "topic", request)


REPORT = Steps(
    name="report",
    title=Text("注文の困りごとを伝える", "Report a trouble with an order"),
    questions=(
        Question(name="order", title=ORDER_TITLE, form=order_form, rows=order_rows, between=_already),
        Question(
            name="topic",
            title=TOPIC_TITLE,
            form=plain(forms.topic_form(TOPIC_TITLE, forms.OF_A_TROUBLE)),
        ),
        Question(name="harm", title=HARM_TITLE, form=_harm_form, rows=_harm_rows),
        Question(
            name="words",
            title=WORDS_TITLE,
            form=_happened_form,
            rows=_words_rows,
            read=_read,
            between=_between,
        ),
        Question(name="reading", title=CONSENT_TITLE, form=plain(forms.ConsentForm), rows=_consent_rows),
    ),
    send=_report,
    given=_of_order,
    beside=_beside,
    send_text=Text("この内容で伝える", "Send this report"),
    check_lead=Text(
        "送ると、出品者と相談窓口に届き、回答と解決の期限が始まります。",
        "Once sent, it reaches the seller and the centre, and the time for an answer and a solution begins.",
    ),
)
ASK = Steps(
    name="ask",
    title=Text("商品や配送について質問する", "Ask about goods or shipping"),
    questions=(
        Question(name="listing", title=LISTING_TITLE, form=_listing_form),
        Question(
            name="topic",
            title=ASK_TOPIC_TITLE,
            form=plain(forms.topic_form(ASK_TOPIC_TITLE, forms.OF_A_QUESTION)),
        ),
        Question(
            name="words",
            title=ASK_TITLE,
            form=_asked_form,
            read=_read,
            between=_between,
        ),
    ),
    send=_ask,
    given=partial(_given, "listing", "listing"),
    beside=_beside,
    send_text=Text("この内容で質問する", "Send this question"),
)


@open_to(Role.BUYER)
def report(request: Visit, step: str = "") -> HttpResponse:
    """Ask what is wrong with an order, page by page; an order that the address names is not asked for.

    An order whose trouble is open already leads to its conversation instead.
    """
    base, named = reverse("contact_buyer:report"), request.GET.get("order", "")[:64]
    led_on = (
        _led_on(request, named, f"{base}order/?draft={NEW}") if named and request.method != "POST" else None
    )
    return led_on or REPORT.page(request, step, base=base)


@open_to(*EVERYONE)
def ask(request: Visit) -> HttpResponse:
    """Ask what somebody would like to know before buying; who is no buyer here asks by a mail address.

    Goods that the address names are not asked for.
    """
    return ask_step(request) if request.presence.role is Role.BUYER else visiting.ask(request)


@open_to(Role.BUYER)
def ask_step(request: Visit, step: str = "") -> HttpResponse:
    """Ask it page by page."""
    return ASK.page(request, step, base=reverse("contact_buyer:ask"))


REPORT_SENT = Text("困りごとを受け付けました", "We have received your report")
ASK_SENT = Text("質問を送りました", "Your question was sent")


@open_to(Role.BUYER)
def sent(request: Visit, number: str) -> HttpResponse:
    """Show the number of a trouble or question that was just sent, and what happens next and when."""
    page = threads.page_of(actor_of(request), number)
    after = _after_report if page.trouble else _after_question
    shown = {
        "page": page,
        "title": REPORT_SENT if page.trouble else ASK_SENT,
        "steps": after(request, page) if page.clocks else (),
        "seller": registered(page.seller_ref),
        "stop": STOP_USING,
    }
    return render(request, "contact/buyer/sent.html", shown)


def _span(request: Visit, deadline: Deadline) -> Text:
    """Say a deadline as the operator has set it."""
    duration = terms.duration(deadline, at=request.received_at)
    if isinstance(duration, Hours):
        return Text(f"休業日を除く{duration.count}時間", f"{duration.count} hours, closed days not counted")
    if isinstance(duration, EveryHours):
        return Text(f"{duration.count}時間", f"{duration.count} hours")
    return Text(f"{duration.count}日", f"{duration.count} days")


def _due(page: ThreadPage, name: Text) -> Text:
    return next((spoken_due(clock.due_at) for clock in page.clocks if clock.name == name), Text("—", "—"))


def _after_report(request: Visit, page: ThreadPage) -> tuple[Text, ...]:
    return (
        Text(
            "出品者の回答：{due}まで（{span}）。届いたらお知らせします。",
            "The seller answers by {due} ({span}). We will tell you when the answer is here.",
        ).fill(due=_due(page, ANSWER_BY), span=_span(request, ANSWER)),
        Text(
            "回答がないときは、相談窓口が自動で間に入ります。費用はかかりません。",
            "If no answer comes, the centre steps in by itself. It costs you nothing.",
        ),
        Text(
            "解決の期限：{due}（{span}）。過ぎたときは、出品者に代わる返金を窓口が検討します。",
            "A solution is due by {due} ({span}). After that the centre considers a refund in the seller's place.",
        ).fill(due=_due(page, SOLVED_BY), span=_span(request, RESOLUTION)),
    )


def _after_question(request: Visit, page: ThreadPage) -> tuple[Text, ...]:
    return (
        Text(
            "出品者の回答：{due}まで（{span}）。届いたらお知らせします。",
            "The seller answers by {due} ({span}). We will tell you when the answer is here.",
        ).fill(due=_due(page, ANSWER_BY), span=_span(request, QUESTION_ANSWER)),
        Text(
            "回答を読んだら、終えることも、さらに質問することもできます。",
            "When you have read the answer, you can close this or ask further.",
        ),
    )

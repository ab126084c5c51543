"""One question a page: asked as data, back, change, check the answers, send once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from mamori.grammar.businesstime import day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.once import KEPT
from mamori.ground.web.sessions import (
    NEW,
    SEALED,
    Draft,
    DraftChanged,
    Drafts,
    draft_as_field,
    draft_changed,
    draft_mark,
    draft_named,
    seal,
    unseal,
)
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import Row, localized

YES, NO = Text("はい", "Yes"), Text("いいえ", "No")
LEFT = "left"
"""The button that goes back; kept with what was typed until then, it says that this is no answer yet."""


def posted(form: forms.BaseForm) -> dict[str, list[str]]:
    """Return what was posted for the form's fields, and nothing else of the request."""
    found: dict[str, list[str]] = {}
    data: Any = form.data
    for bound in form:
        prefix = bound.html_name
        for name in data:
            if name == prefix or name.startswith(f"{prefix}_"):
                found[name] = data.getlist(name)
    return found


def as_data(kept: Mapping[str, list[str]]) -> QueryDict:
    """Return what was kept as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values)
    return data


def rows_of(form: forms.BaseForm) -> Iterator[Row]:
    """Say each answer of a valid form as a line: the choice's words, not its code."""
    for bound in form.visible_fields():
        yield Row(label=str(bound.label), value=_worded(bound.field, form.cleaned_data.get(bound.name)))


def _worded(asked: forms.Field, value: Any) -> Text | str:
    if isinstance(asked, forms.BooleanField):
        return YES if value else NO
    if isinstance(asked, forms.ChoiceField):
        words = {str(code): str(label) for code, label in _flat(asked.choices)}
        many = value if isinstance(value, list) else [value] if value else []
        return "\n".join(words.get(str(code), str(code)) for code in many)
    if isinstance(value, date):
        return day_text(value)
    return "" if value is None else str(value)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


type Answers = dict[str, dict[str, Any]]
type Make = Callable[[QueryDict | None, Visit, Answers], BaseForm]


def plain(form: type[BaseForm]) -> Make:
    """Make a form that depends on nothing."""
    return lambda data, request, answers: form(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One page: its name in the address, the question as its heading, the form, and when it is asked at all.

    `above` returns what the page shows between its heading and the form.
    """

    name: str
    title: Text
    form: Make
    lead: Text | None = None
    above: Callable[[Visit, Answers], str] = lambda request, answers: ""
    asked: Callable[[Answers], bool] = lambda answers: True
    rows: Callable[[BaseForm], Iterable[Row]] = rows_of
    read: Callable[[Visit, Answers], QueryDict] = lambda request, answers: request.POST
    between: Callable[[Visit, BaseForm, Answers, str], HttpResponse | None] = lambda *given: None


@dataclass(frozen=True, slots=True)
class Page:
    """A question that is asked of this person, and its form as far as it is filled."""

    question: Question
    form: BaseForm


def walk(
    questions: Iterable[Question], request: Visit, data: dict[str, dict[str, list[str]]]
) -> tuple[list[Page], Answers, bool]:
    """Go through the questions as far as they are answered; say whether the last one reached is still open."""
    pages: list[Page] = []
    answers: Answers = {}
    for question in questions:
        if not question.asked(answers):
            continue
        given = data.get(question.name)
        form = question.form(None if given is None else as_data(given), request, answers)
        pages.append(Page(question, form))
        if not form.is_valid() or LEFT in (given or ()):
            return pages, answers, True
        answers[question.name] = form.cleaned_data
    return pages, answers, False


# One question a page: back, change, check the answers, send once.  The questions are data.


CHECK = "check"
ABOVE = "above"
SEND = Text("この内容で送る", "Send")
SHOWN_BELOW = Text("下に示す文章", "the text shown below")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One request: which draft it is about, how far that is answered, and whether the last question is still open."""

    request: Visit
    base: str
    drafts: Drafts
    draft: Draft
    pages: list[Page]
    answers: Answers
    is_open: bool

    @property
    def is_begun(self) -> bool:
        """Say whether any of it is kept."""
        return self.drafts.find(self.draft.token) is not None

    @property
    def goes_on(self) -> bool:
        """Say whether the address has led to something begun earlier without naming it."""
        return self.is_begun and self.draft.token != _name(self.request)

    def to(self, step: str) -> str:
        """Return the address of a page of this draft; of one that is not kept yet, with what the address says."""
        path = f"{self.base}{step}/"
        return f"{path}?draft={self.draft.token}" if self.is_begun else self.on(step)

    def on(self, step: str) -> str:
        """Return the address of a page with what the address says now: a GET writes nothing."""
        query = self.request.META.get("QUERY_STRING", "")
        return f"{self.base}{step}/?{query}" if query else f"{self.base}{step}/"

    def first(self) -> str:
        """Return the page that is next: the open question, or the one where all is checked."""
        return self.pages[-1].question.name if self.is_open else CHECK


def _name(request: Visit) -> str:
    """Return the name of the draft that a form or an address carries."""
    return request.POST.get("token") or request.GET.get("draft", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The questions in their order, and what sends the answers.

    `carries` where each page carries the answers before it, so that they
    outlive the stay: `send` has to know by its token what was sent.  `paper` makes of the answers something to take away.
    """

    name: str
    title: Text
    questions: tuple[Question, ...]
    send: Callable[[Visit, Answers, str], str]
    send_text: Text = SEND
    check_lead: Text | None = None
    leave: str = "/"
    wide: bool = False
    carries: bool = False
    given: Callable[[Visit], dict[str, dict[str, list[str]]]] = lambda request: {}
    beside: Callable[[Visit, str, Answers], str] = lambda request, step, answers: ""
    above: Callable[[Visit, Answers], str] = lambda request, answers: ""
    paper: Callable[[Visit, Iterable[Row]], HttpResponse] | None = None

    def page(self, request: Visit, step: str, *, base: str) -> HttpResponse:
        """Show or take the page `step` of the questions, which stand below the address `base`."""
        drafts = Drafts(request, self._place(base))
        sent = drafts.find(_name(request))
        if step == CHECK and request.method == "POST" and sent and sent.led_to:
            return HttpResponseRedirect(sent.led_to)
        turn = self._turn(request, base, drafts, self._draft(request, drafts, base))
        if step == CHECK and not turn.is_open:
            return self._check(turn)
        if step not in [page.question.name for page in turn.pages]:
            return self._early(turn, step)
        return self._question(turn, step)

    def _place(self, base: str) -> str:
        return f"steps:{self.name}:{base}"

    def _draft(self, request: Visit, drafts: Drafts, base: str) -> Draft:
        """Return the draft that is named, else the newest one that says what the address gives, else an empty one.

        Of one that ended with its stay, the page that is sent brings along what was answered before.
        """
        name, given = _name(request), self.given(request)
        known = drafts.find(name)
        if known and not known.led_to:
            return known
        if not name:
            for draft in drafts.unsent:
                if self._says(request, draft, given):
                    return draft
        carried = None if known else self._carried(request, base)
        return Draft(token=draft_named("" if known else name), data=carried or given)

    def _carried(self, request: Visit, base: str) -> dict[str, dict[str, list[str]]] | None:
        """Return what a page carries, while it is known still whether that was sent."""
        text = request.POST.get(SEALED, "") if self.carries else ""
        carried = unseal(text, about=self._about(request, base, _name(request)))
        is_new = carried and datetime.fromisoformat(carried["at"]) > request.received_at - KEPT
        return carried["data"] if is_new else None

    def _about(self, request: Visit, base: str, token: str) -> str:
        """Return what a page's sealed answers are about: they open for the same person and draft alone."""
        return f"{self._place(base)} {actor_of(request).by} {token}"

    def _sealed(self, turn: Turn) -> str:
        """Return the answers as a page carries them, "" where there are none."""
        if not self.carries or not turn.draft.data:
            return ""
        carried = {"at": turn.request.received_at.isoformat(), "data": turn.draft.data}
        return seal(carried, about=self._about(turn.request, turn.base, turn.draft.token))

    def _says(self, request: Visit, draft: Draft, given: dict[str, dict[str, list[str]]]) -> bool:
        """Say whether a draft's answers are what the address gives: by what they mean, not by the field they came in."""

        def meant(data: dict[str, dict[str, list[str]]]) -> list[object]:
            answers: Answers = {}
            found: list[object] = []
            for question in asked:
                form = question.form(as_data(data.get(question.name, {})), request, answers)
                found.append(form.cleaned_data if form.is_valid() else None)
                if found[-1] is None:
                    break  # a later question may depend on this one
                answers[question.name] = form.cleaned_data
            return found

        asked = [question for question in self.questions if question.name in given]
        wanted = meant(given)
        return None not in wanted and wanted == meant(draft.data)

    def _turn(self, request: Visit, base: str, drafts: Drafts, draft: Draft) -> Turn:
        pages, answers, is_open = walk(self.questions, request, draft.data)
        return Turn(
            request=request,
            base=base,
            drafts=drafts,
            draft=draft,
            pages=pages,
            answers=answers,
            is_open=is_open,
        )

    def _question(self, turn: Turn, step: str) -> HttpResponse:
        """Ask one question, or keep its answer and lead to the next."""
        request, answers = turn.request, turn.answers
        place = [page.question.name for page in turn.pages].index(step)
        asked = turn.pages[place].question
        if request.method != "POST":
            form = turn.pages[place].form
            if LEFT in turn.draft.data.get(step, ()):
                form.errors.clear()  # nobody said yet that it is finished
            return self._ask(turn, asked, form)
        form = asked.form(asked.read(request, answers), request, answers)
        is_answer = form.is_valid()
        if LEFT in request.POST and place:
            turn = self._kept(turn, step, form, left=True)
            return HttpResponseRedirect(turn.to(turn.pages[place - 1].question.name))
        if not is_answer:
            return self._ask(turn, asked, form)
        if stop := asked.between(request, form, answers, turn.to(step)):
            return stop
        turn = self._kept(turn, step, form)
        return HttpResponseRedirect(turn.to(turn.first()))

    def _kept(self, turn: Turn, step: str, form: BaseForm, *, left: bool = False) -> Turn:
        draft = turn.draft.answered(step, posted(form) | ({LEFT: [""]} if left else {}))
        turn.drafts.put(draft)
        return self._turn(turn.request, turn.base, turn.drafts, draft)

    def _early(self, turn: Turn, step: str) -> HttpResponse:
        """Lead to the question whose turn it is, and keep an answer that came early.

        It is of somebody who had to sign in again and begins once more.
        """
        asked = next((question for question in self.questions if question.name == step), None)
        if turn.request.method != "POST" or asked is None:
            return HttpResponseRedirect(turn.on(turn.first()))
        try:
            form = asked.form(turn.request.POST, turn.request, turn.answers)
        except LookupError:  # it is made of answers that are not there yet
            return HttpResponseRedirect(turn.to(turn.first()))
        if form.is_valid():
            turn = self._kept(turn, step, form)
        return HttpResponseRedirect(turn.to(turn.first()))

    def _ask(self, turn: Turn, question: Question, form: BaseForm) -> HttpResponse:
        fields = form.visible_fields()
        above = question.above(turn.request, turn.answers)
        only = fields[0] if len(fields) == 1 and not above else None
        if only:
            only.label = localized(question.title)
        shown = self._page(turn, question.name) | {
            "question": question,
            "form": form,
            "only": only,
            "above": above,
            "back": self.leave if question is turn.pages[0].question else "",
            "others": () if turn.is_begun else [self._other(turn, other) for other in turn.drafts.unsent],
        }
        return render(turn.request, "web/steps/question.html", shown, status=422 if form.errors else 200)

    def _progress(self, turn: Turn, step: str) -> tuple[int, int]:
        """Return which page it is of how many, as far as the answers tell; the check is the last."""
        names = [page.question.name for page in turn.pages]
        last = [question.name for question in self.questions].index(names[-1])
        names += [later.name for later in self.questions[last + 1 :] if _may_come(later, turn.answers)]
        names.append(CHECK)
        return names.index(step) + 1, len(names)

    def _page(self, turn: Turn, step: str) -> dict[str, Any]:
        place, all_ = self._progress(turn, step)
        return {
            "steps": self,
            "place": place,
            "all": all_,
            "sealed": self._sealed(turn),
            "width": "" if self.wide else "narrow",
            "token": turn.draft.token,
            "goes_on": turn.goes_on,
            "anew": f"{turn.base}?draft={NEW}",
            "beside": self.beside(turn.request, step, turn.answers),
        }

    def _other(self, turn: Turn, draft: Draft) -> tuple[str, str]:
        """Return where one goes on with another draft, and what its first answers say."""
        first = {question.name for question in self.questions[:2]}
        data = {name: values for name, values in draft.data.items() if name in first}
        pages, answers, _ = walk(self.questions, turn.request, data)
        rows = [
            row for page in pages if page.question.name in answers for row in page.question.rows(page.form)
        ]
        return f"{turn.base}?draft={draft.token}", " / ".join(
            localized(row.value) for row in rows if row.value
        )

    def _check(self, turn: Turn) -> HttpResponse:
        """Show the answers, and send them when what was shown is what would be sent."""
        request, draft = turn.request, turn.draft
        if self.paper and "paper" in request.POST:
            return self.paper(request, [row for _, row in _rows(turn)])
        above = self.above(request, turn.answers)
        marks = {page.question.name: draft_mark(draft.data[page.question.name]) for page in turn.pages}
        marks[ABOVE] = draft_mark(above)
        refusal: Refusal | None = None
        if request.method == "POST":
            try:
                _see_that_it_was_shown(turn, draft_changed(marks, request.POST.get("shown", "")))
                led_to = self.send(request, turn.answers, draft.token)
            except Refusal as refused:
                refusal = refused
            else:
                turn.drafts.put(replace(draft, data={}, led_to=led_to))
                return HttpResponseRedirect(led_to)
        shown = self._page(turn, CHECK) | {
            "refusal": refusal,
            "is_paper": self.paper is not None,  # a template would call it
            "shown": draft_as_field(marks),
            "rows": [replace(row, change=turn.to(page.question.name)) for page, row in _rows(turn)],
            "back": turn.to(turn.pages[-1].question.name),
            "above": above,
        }
        return render(request, "web/steps/check.html", shown, status=refusal.status if refusal else 200)


def _may_come(question: Question, answers: Answers) -> bool:
    """Say whether a later question is asked; one that rests on answers still to come counts."""
    try:
        return question.asked(answers)
    except LookupError:
        return True


def _rows(turn: Turn) -> list[tuple[Page, Row]]:
    """Return all answers as lines, with the page where each can be changed."""
    return [(page, row) for page in turn.pages for row in page.question.rows(page.form)]


def _see_that_it_was_shown(turn: Turn, others: list[str]) -> None:
    """Let through what the page showed."""
    if not others:
        return
    labels = [row.label for page, row in _rows(turn) if page.question.name in others]
    labels += [SHOWN_BELOW] if others == [ABOVE] else []
    both = [label if isinstance(label, Text) else Text(str(label), str(label)) for label in labels]
    raise DraftChanged(what=Text.listed(both))

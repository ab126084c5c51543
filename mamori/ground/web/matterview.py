"""All that is met of one kind of matter, declared once: its list, its page, its decisions, and their addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from django.http import HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart, Section, offers, others, sections
from mamori.ground.matters.readinglist import ReadingList
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, Prepare, as_given, by_verb, decide, deciding, show_matter
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of

type Form = Callable[..., HouseForm]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a matter is shown: to whom, how the page of a case is reached, and whether it is that, its own page, or beside a
    decision; what the address asked, and what was sent to it."""

    actor: Actor
    case_page: str = ""
    in_case: bool = False
    is_page: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)
    sent: QueryDict = field(default_factory=QueryDict)


class MatterView[Shown]:
    """The views of one kind of matter: a room says what it has, and overrides what is otherwise; `urls()` are its addresses.

    Its addresses begin `at` (at `one_at` where that is no number; one that needs several parts is known by all of them, and
    its case by the first), and are named by `name`: "inquiry" has inquiry, inquiry-duty, and inquiry-enter for what it `makes`,
    by the decision's slug.  `home` names the address of its list, or of
    the page on which it is listed.  `parts` are the sections of its page, drawn by `template` ("disclosure/staff/inquiry" has
    …_facts.html); without them it has no page, and what is decided leads home.  With `is_panel` the page of its case shows
    it.
    """

    app: ClassVar[str]
    name: ClassVar[str]
    at: ClassVar[str]
    one_at: ClassVar[str] = ""
    home: ClassVar[str]
    back_text: ClassVar[Text]
    roles: ClassVar[Collection[Role]]
    absent: ClassVar[type[Refusal]]
    template: ClassVar[str]
    parts: ClassVar[Collection[PagePart]] = ()
    page_template: ClassVar[str] = "web/matter.html"
    is_panel: ClassVar[bool] = False
    listed: ClassVar[ReadingList[Any] | None] = None
    list_template: ClassVar[str] = "web/readinglist.html"
    makes: ClassVar[Sequence[Decision[None]]] = ()
    make_template: ClassVar[str] = "web/decision.html"
    decisions: ClassVar[Sequence[Decision[Any]]] = ()
    decide_template: ClassVar[str] = "web/decision.html"
    deciders: ClassVar[Collection[Role]] = ()
    """Who may open a decision beside those who make one."""
    apart: ClassVar[Collection[str]] = ()
    """Decisions that need more room than the page of the matter has: they are asked on a page of their own alone."""
    told_at: ClassVar[str] = ""
    """What the address of `home` is given of one that was decided ("?of={number}"), where that page itself says what was."""

    def read(self, place: Where, number: Any) -> Shown:
        """Return one as it is read there, or refuse it as `absent`."""
        raise NotImplementedError

    def key(self, shown: Shown, number: Any) -> Any:
        """Return how the verbs know it: as its address does, where no more is said."""
        return number

    def key_in(self, case: CaseFact) -> Any:
        """Return how its address knows the matter of a case: by its own number, or with `one_at` by the case's."""
        return case.number if self.one_at else int(case.about.rpartition(":")[2])

    def about(self, key: Any) -> str:
        """Return the name under which acts know it."""
        raise NotImplementedError

    def frame(self, shown: Shown) -> MatterFrame:
        """Return what stands around its page: `framed` makes one."""
        raise NotImplementedError

    def given(self, shown: Shown, place: Where) -> Mapping[str, Any]:
        """Return what its sections are drawn with."""
        return {"page": shown}

    def sections(self, shown: Shown, place: Where) -> tuple[Section, ...]:
        """Return what is shown of it, on its page and beside each decision."""
        return sections(self.template, self.parts, self.given(shown, place))

    def form(self, decision: Decision[Any], shown: Shown | None, actor: Actor) -> Form:
        """Return what a decision asks: what its verb asks, where no more is said."""
        return by_verb(decision)

    def initial(self, shown: Shown) -> Mapping[str, Any]:
        """Return what stands in a form when it is opened."""
        return {}

    def begun(self, decision: Decision[None], place: Where) -> Mapping[str, Any]:
        """Return what stands in the form of what is made, when it is opened."""
        return {}

    def prepare(self, decision: Decision[Any], shown: Any) -> Prepare:
        """Return what makes ready what was filled in, such as files, before the transaction begins; nothing is `shown` yet of
        what is made."""
        return as_given

    def done(self, actor: Actor, shown: Shown, number: Any, decision: Decision[Shown]) -> Text | None:
        """Say what this actor did last."""
        return just_done(actor, self.about(self.key(shown, number)), decision.done)

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Return what stands around the list."""
        return {}

    def framed(self, title: Text, named: str = "", ref: str = "") -> MatterFrame:
        """Return a frame whose way back is its list."""
        return MatterFrame(title=title, named=named, ref=ref, back=self._home, back_text=self.back_text)

    def urls(self) -> list[URLPattern]:
        """Return its addresses, each with who may enter; what asks for a fresh proof has one of its own."""
        one_at = self.one_at or f"{self.at}<int:number>/"
        found = [self._path(self.at, self.show_list, self.roles, name=self.home)] if self.listed else []
        found += [
            self._path(f"{self.at}{one.slug}/", partial(self._make, one), one.roles, one.slug, decides=(one,))
            for one in self.makes
        ]
        if self.parts and not self.is_panel:
            found.append(self._path(one_at, self.show_page, self.roles))
        for one in (one for one in self.decisions if one.step_up):
            view = partial(self.duty, slug=one.slug)
            found.append(
                self._path(f"{one_at}{one.slug}/", view, one.roles, one.slug, step_up=True, decides=(one,))
            )
        unproven = [one for one in self.decisions if not one.step_up]
        made_by = {role for one in unproven for role in one.roles}
        if deciders := made_by and made_by.union(self.deciders):
            found.append(
                self._path(f"{one_at}<slug:slug>/", self._unproven, deciders, "duty", decides=unproven)
            )
        return found

    def panel(self, request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
        """Return its part of the page of its case."""
        number = self.key_in(case)
        place = self._place(request, case_page, in_case=True)
        return self.shown_at(request, self.read(place, number), number, place)

    def show_list(self, request: Visit, case_page: str = "") -> HttpResponse:
        """Show its list."""
        assert self.listed
        more = self.list_more(request)
        return show(request, self.listed, case_page=case_page, template=self.list_template, more=more)

    def show_page(self, request: Visit, number: Any, case_page: str = "") -> HttpResponse:
        """Show one on its own page."""
        place = self._place(request, case_page, is_page=True)
        shown = self.read(place, number)
        page = self.shown_at(request, shown, number, place)
        return show_matter(request, page, self.frame(shown), template=self.page_template)

    def shown_at(self, request: Visit, shown: Shown, number: Any, place: Where) -> MatterPage:
        """Return its sections, what is offered there, and what was just done."""
        actor = place.actor
        asked = self._decision(place.asked.get("done"), shown)
        return MatterPage(
            sections=self.sections(shown, place),
            offers=self.offered(shown, number, actor),
            others=others(self.decisions, shown, actor.role),
            done=self.done(actor, shown, number, asked) if asked else None,
        )

    def offered(
        self, shown: Shown, number: Any, actor: Actor, *, of: Text | None = None
    ) -> tuple[OpenDecision, ...]:
        """Return what this actor can decide on one, or on the part `of` its page that it is."""
        return offers(
            self.decisions,
            shown,
            actor.role,
            partial(self.address, number),
            of=of,
            form=lambda one: None if one.slug in self.apart else self.form(one, shown, actor),
            initial=self.initial(shown),
        )

    def duty(self, request: Visit, number: Any, slug: str, case_page: str = "") -> HttpResponse:
        """Show or make a decision on one."""
        place = self._place(request, case_page, in_case=self.is_panel)
        shown = self.read(place, number)
        decision = self._decision(slug, shown)
        if decision is None:
            raise self.absent
        return decide(
            request,
            decision,
            shown,
            again=lambda: self.read(place, number),
            key=self.key(shown, number),
            back=self._back(number, case_page),
            back_text=None if self.is_panel else self.back_text,
            template=self.decide_template,
            beside=partial(self.sections, place=place) if self.parts else None,
            form=self.form(decision, shown, place.actor),
            initial=self.initial,
            prepare=self.prepare(decision, shown),
            refused=(self.absent,),
            flash=not (self.parts or self.told_at),
        )

    def address(self, number: Any, slug: str) -> str:
        """Return the address of a decision on one."""
        if self._is_proven(slug):
            return reverse(f"{self.app}:{self._named(slug)}", args=_parts(number))
        return reverse(f"{self.app}:{self._named('duty')}", args=(*_parts(number), slug))

    def _decision(self, slug: str | None, shown: Shown) -> Decision[Any] | None:
        """Return the decision of that name, of those that share it the one that is there."""
        named = [one for one in self.decisions if one.slug == slug]
        return next((one for one in named if one.is_there(shown)), named[0] if named else None)

    def _is_proven(self, slug: str) -> bool:
        return any(one.step_up for one in self.decisions if one.slug == slug)

    def _place(self, request: Visit, case_page: str, **where: bool) -> Where:
        return Where(actor_of(request), case_page, asked=request.GET.dict(), sent=request.POST, **where)

    def _path(
        self,
        route: str,
        view: Callable[..., HttpResponse],
        roles: Collection[Role],
        slug: str = "",
        *,
        name: str = "",
        step_up: bool = False,
        decides: Iterable[Decision[Any]] = (),
    ) -> URLPattern:

        def carries(request: Visit, *, case_page: str = "", **named: Any) -> HttpResponse:
            """Call the view: a method cannot carry who may enter; what its address names of one is its number."""
            slug = {"slug": named.pop("slug")} if "slug" in named else {}
            parts = tuple(named.values())
            return view(request, *(parts if len(parts) < 2 else (parts,)), case_page=case_page, **slug)

        return path(
            route,
            open_to(*roles, step_up=step_up)(deciding(decides)(carries)),
            name=name or self._named(slug),
        )

    def _named(self, slug: str) -> str:
        return "-".join(word for word in (self.name, slug) if word) or "one"

    @property
    def _home(self) -> str:
        return reverse(f"{self.app}:{self.home}")

    def _back(self, number: Any, case_page: str) -> str:
        if self.is_panel:
            return case_page.format(number=_parts(number)[0])
        if self.parts:
            return reverse(f"{self.app}:{self._named('')}", args=_parts(number))
        return self._home + self.told_at.format(number=number)

    def _make(self, decision: Decision[None], request: Visit, case_page: str = "") -> HttpResponse:
        return decide(
            request,
            decision,
            None,
            again=lambda: None,
            key="",
            back=self._home,
            back_text=self.back_text,
            template=self.make_template,
            form=self.form(decision, None, actor_of(request)),
            initial=lambda shown: self.begun(decision, self._place(request, case_page)),
            prepare=self.prepare(decision, None),
            flash=True,
        )

    def _unproven(self, request: Visit, number: Any, slug: str, case_page: str = "") -> HttpResponse:
        if self._is_proven(slug):
            raise self.absent
        return self.duty(request, number, slug, case_page)


def _parts(number: Any) -> tuple[Any, ...]:
    return number if isinstance(number, tuple) else (number,)

"""This room's part of the desk's case page: the matter's facts, what staff can do, calls, looks that wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse

from mamori.grammar.actor import HEADS, Role
from mamori.grammar.declaration import Ground
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.market.facts import Contact
from mamori.ground.matters.decision import Decision, Done, just_done
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart, Section, offers
from mamori.ground.people.facts import BEGUN
from mamori.ground.web.decisions import by_verb, form_of
from mamori.ground.web.forms import MOMENT, HouseForm
from mamori.ground.web.once import new_token
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.japan.calendar import spoken
from mamori.law.deadlines import DANGER_CALL
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, PARTY_SHARE
from mamori.rooms.contact import actions, calling, staffforms
from mamori.rooms.contact.actions.reading import HOLDS, ReadMessage, WordsNotShared
from mamori.rooms.contact.centre import views as centre
from mamori.rooms.contact.centre.views import CentreForm
from mamori.rooms.contact.decisions.looks import SECOND_READER
from mamori.rooms.contact.decisions.matters import BY_SLUG, CALLERS, CALLS, DECISIONS
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.formal.views.staff import formal_panel
from mamori.rooms.contact.lifecycle import RecoveryState
from mamori.rooms.contact.offerforms import CentresProposalForm, TakeBackForm
from mamori.rooms.contact.queries.history import bought, history_of
from mamori.rooms.contact.queries.offers import proposable_about
from mamori.rooms.contact.queries.staff import StaffMatter, matter_of_case
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.duties import Duty
from mamori.rooms.contact.rules.nextact import next_act
from mamori.rooms.contact.rules.reading import REASONED, may_read
from mamori.rooms.contact.staffforms import BuyerCallForm, ReachedForm, ReasonForm
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.cases import Back

FORMS: dict[str, type[HouseForm]] = {
    Duty.TAKE_BACK: TakeBackForm,
    Duty.REACH: ReachedForm,
    Duty.NO_DANGER: staffforms.NoDangerForm,
    Duty.LOWER: staffforms.LowerForm,
    Duty.GRANT: staffforms.GrantForm,
    Duty.ARRANGE: staffforms.GrantForm,
    Duty.SENT: staffforms.ParcelForm,
}


def form_for_decision(matter: StaffMatter, decision: Decision[StaffMatter]) -> Callable[..., HouseForm]:
    """Return what makes the form of a decision; it asks of the kinds that can be agreed on, and of what would be lost."""
    if decision.slug == Duty.PROPOSE:
        return partial(CentresProposalForm, kinds=proposable_about(matter.order))
    if decision.slug == Duty.SOLVE:
        return partial(staffforms.SolvedForm, waits=matter.waiting_offer)
    return FORMS.get(decision.slug) or form_of(decision.verb)


def call_form(matter: StaffMatter, whom: Whom) -> Callable[..., HouseForm]:
    """Return what makes the form of a call, with the numbers under which the seller's can be made.

    The keys of the outcomes are the buyer's while both wait.
    """
    if whom is Whom.BUYER:
        return BuyerCallForm
    lines = matter.call.lines if matter.call else calling.lines(matter.thread.seller_ref)
    return partial(staffforms.CallForm, lines=lines, by_keys=matter.reach is None)


def initial(matter: StaffMatter) -> dict[str, Any]:
    """Return what is filled in beforehand: the most that can be given or recovered, the proposal seen, and the danger so far."""
    if matter.recovery is not None:
        return {"amount": matter.recovery.most}
    most = {"amount": matter.outlook.most} if matter.outlook and matter.outlook.most else {}
    seen = next((offer.id for offer in matter.offers if offer.is_open), None)
    told = {"seen_until": matter.danger_told_at.strftime(MOMENT)} if matter.danger_told_at else {}
    return most | ({"proposal": seen} if seen else {}) | told


WHOSE = {"buyer": Role.BUYER, "seller": Role.SELLER}
CALLING = Text("架電のため", "To call them")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsAsked:
    """Contact details as they are offered, or `whose` are asked for in the `form`; `details` once they were seen just now."""

    whose: Role | None = None
    form: ReasonForm | None = None
    details: Contact | None = None
    status: int = 200


OFFERED = DetailsAsked()


def details_of(request: Visit, matter: StaffMatter, whose: str) -> DetailsAsked:
    """Return the details as they are asked for; after a POST with a reason record the look and return them."""
    role = WHOSE.get(whose)
    if role is None or (role is Role.BUYER and matter.recovery is not None):
        raise NothingHere()
    if request.method != "POST":
        form = ReasonForm(initial={"reason": localized(CALLING)}, auto_id="contact_%s")
        return DetailsAsked(whose=role, form=form)
    form = ReasonForm(request.POST, auto_id="contact_%s")
    if not form.is_valid():
        return DetailsAsked(whose=role, form=form, status=422)
    actor, reason = actor_of(request), form.cleaned_data["reason"]
    try:
        details = actions.see_contact(actor, thread=matter.thread.pk, whose=role, reason=reason)
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, localized(refusal.sentence))
        return DetailsAsked(whose=role, form=form, status=refusal.status)
    return DetailsAsked(whose=role, details=details)


def details_section(matter: StaffMatter, asked: DetailsAsked) -> Section:
    """Return the part of the page in which contact details stand."""
    shown = {"asked": asked, "number": matter.case.number, "has_buyer": matter.recovery is None}
    return Section(part=PagePart.FACTS, template="contact/staff/details.html", shown=shown)


# The words of a matter on its own page: every look is a POST that names its ground, and is recorded first.


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsRead:
    """The words as they are shown or asked for: `said` once they were read just now, on the ground `read_on`."""

    grounds: tuple[Ground, ...]
    form: staffforms.WhyReadForm
    refusal: Refusal | None = None
    read_on: Ground | None = None
    said: tuple[ReadMessage, ...] | None = None
    until: datetime | None = None
    is_apart: bool = False
    is_held: bool = False
    status: int = 200

    @property
    def allowed(self) -> Ground | None:
        """Return the ground that a party has given, on which one press reads."""
        return next((ground for ground in self.grounds if ground not in REASONED), None)

    @property
    def reasoned(self) -> Ground | None:
        """Return the ground that holds only with a written reason."""
        return next((ground for ground in self.grounds if ground in REASONED), None)


def not_read(
    request: Visit, matter: StaffMatter, grounds: tuple[Ground, ...] = (BUYER_CONSENT, PARTY_SHARE, EMERGENCY)
) -> WordsRead:
    """Return the words as they are asked for, on those of the `grounds` that hold, or would with a reason."""
    holding = tuple(
        ground
        for ground in grounds
        if may_read(
            ground,
            request.presence.role,
            consented=matter.thread.centre_may_read,
            shared=matter.thread.shared_at is not None,
            mediated=matter.matter.mediation is not None,
            reason=ground.code,
        )
    )
    return WordsRead(grounds=holding, form=staffforms.WhyReadForm())


def as_held(request: Visit, matter: StaffMatter) -> WordsRead:
    """Return the words where a ground holds on which this person read a while ago, else as they are asked for."""
    asked = not_read(request, matter)
    since = request.session.get(BEGUN)
    if matter.recovery is not None or since is None:
        return asked
    actor = actor_of(request)
    held = actions.read_on(actor, thread=matter.thread.pk, since=datetime.fromisoformat(since))
    if held is None:
        return asked
    return replace(asked, said=held.said, read_on=held.ground, until=held.until, is_held=True)


def read(request: Visit, matter: StaffMatter, asked: WordsRead) -> WordsRead:
    """Read the words on the ground that the POST names, and record the look."""
    named = next((one for one in asked.grounds if one.code == request.POST.get("ground")), None)
    form = staffforms.WhyReadForm(request.POST if named in REASONED else None)
    if form.is_bound and not form.is_valid():
        return replace(asked, form=form, status=422)
    reason = form.cleaned_data["reason"] if form.is_bound else ""
    try:
        said = actions.look(actor_of(request), thread=matter.thread.pk, ground=named, reason=reason)
    except WordsNotShared as refusal:
        return replace(
            asked, form=form, refusal=refusal, status=refusal.status if request.POST.get("ground") else 422
        )
    return replace(asked, said=said, read_on=named, until=actor_of(request).at + HOLDS)


def words_section(request: Visit, matter: StaffMatter, reading: WordsRead) -> Section:
    """Return the part of the page in which the words stand."""
    shown = {
        "reading": reading,
        "number": matter.case.number,
        "may_warrant": request.presence.role in HEADS,
    }
    return Section(part=PagePart.FILE, template="contact/staff/words.html", shown=shown)


DONE = {
    "reply": Text(
        "伺ったとおりに記録し、ご本人に書面で知らせます。",
        "It was recorded as you were told; the party is told so in writing.",
    ),
    "helper": Text(
        "伺ったとおりに記録し、ご本人に知らせました。",
        "It was recorded as you were told, and the buyer was told so.",
    ),
}
ON_THE_PAGE = frozenset({Duty.MEDIATE, Duty.PROPOSE})
"""What is decided on the case's own page: what is done every day; all else has a page of its own, with the case beside."""
DONE_BY: dict[str, Done] = {
    one.slug: one.done for some in (DECISIONS, CALLS.values(), SECOND_READER) for one in some
}


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page."""
    if (notice := formals.behind(case)) is not None:
        return formal_panel(request, case, notice)
    matter = matter_of_case(actor_of(request), case)
    return page_of(request, matter, as_held(request, matter), case_page=case_page)


def page_of(
    request: Visit,
    matter: StaffMatter,
    reading: WordsRead,
    *,
    case_page: str,
    details: DetailsAsked = OFFERED,
    writing: CentreForm | None = None,
) -> MatterPage:
    """Return the page of a matter, words and contact details as they were seen or are asked for, every decision beside them."""
    actor, slug = actor_of(request), request.GET.get("done", "")
    done = DONE_BY.get(slug)
    return MatterPage(
        sections=sections_of(request, matter, reading, case_page=case_page, details=details, writing=writing),
        offers=_offered(matter, actor.role),
        comes_first=bool(matter.reach or (matter.call and matter.call.is_due)),
        done=just_done(actor, matter.case.about, done) if done else DONE.get(slug),
        clocks=_call_clocks(matter),
    )


def _call_clocks(matter: StaffMatter) -> dict[tuple[str, str], Text]:
    """Name the clocks of the calls that wait in danger, which are of one kind, by who is to be called."""
    calls = ((matter.call, CALLS[Whom.SELLER]), (matter.reach, CALLS[Whom.BUYER]))
    return {(DANGER_CALL.code, str(call.id)): decision.title for call, decision in calls if call is not None}


def sections_of(
    request: Visit,
    matter: StaffMatter,
    reading: WordsRead,
    *,
    case_page: str,
    calls: bool = True,
    details: DetailsAsked = OFFERED,
    writing: CentreForm | None = None,
) -> tuple[Section, ...]:
    """Return what is shown of a matter, on its page and, without the forms of calls, beside each decision on it."""
    case = matter.case
    trouble = matter.trouble if matter.recovery is None else None
    kind = case_kind(case.kind)
    may_call = request.presence.role in CALLERS
    calls = calls and may_call
    shown = {
        "matter": matter,
        "bought": bought(matter.order, matter.thread.listing_ref),
        "act": next_act(
            case.attention or "",
            kind.attention(case.attention) if case.attention else None,
            matter.matter,
            recovery=RecoveryState(matter.recovery.state) if matter.recovery else None,
        ),
        "form": call_form(matter, Whom.SELLER)() if calls and matter.call and matter.call.is_due else None,
        "may_call": may_call,
        "token": new_token(),
        "reach_form": call_form(matter, Whom.BUYER)() if calls and matter.reach else None,
        "reach_token": new_token(),
        "call_seller": CALLS[Whom.SELLER],
        "call_buyer": CALLS[Whom.BUYER],
        "history": history_of(trouble) if trouble else (),
        "back": Back(case_page),
        "formals": formals.of_order(matter.thread.order_ref),
        "takes": request.presence.role in TAKERS and not case.closed_at,
    }
    drawn = [PagePart.WORK, PagePart.FACTS, *((PagePart.HISTORY,) if trouble else ())]
    words = () if matter.recovery else (words_section(request, matter, reading),)
    with_centre = (centre.section(request, matter, writing),) if trouble else ()
    return (
        *words,
        *with_centre,
        *(Section(part=part, template=f"contact/staff/{part.value}.html", shown=shown) for part in drawn),
        details_section(matter, details),
    )


def beside(request: Visit, matter: StaffMatter, *, case_page: str) -> tuple[Section, ...]:
    """Return what stands beside a decision on the matter."""
    return sections_of(request, matter, as_held(request, matter), case_page=case_page, calls=False)


def _offered(matter: StaffMatter, role: Role) -> tuple[OpenDecision, ...]:
    """Return what can be decided on the matter: first on the looks that wait for this reader, last what is another's."""
    number = matter.case.number
    decisions = [BY_SLUG[duty.value] for duty in matter.duties]
    waiting = [
        one
        for look in matter.looks
        for one in offers(
            SECOND_READER,
            look,
            role,
            partial(_address, "look", number, look.key),
            of=spoken(look.at),
            form=by_verb,
            initial={"version": look.version},
        )
    ]
    return (
        *(one for one in waiting if not one.closed),
        *offers(
            decisions,
            matter,
            role,
            partial(_address, "duty", number),
            form=lambda one: form_for_decision(matter, one) if one.slug in ON_THE_PAGE else None,
            initial=initial(matter),
        ),
        *(one for one in waiting if one.closed),
    )


def _address(route: str, *place: str) -> str:
    return reverse(f"contact_staff:{route}", args=place)

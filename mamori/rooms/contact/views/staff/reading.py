"""The words of a matter on its own page: the ground is given once for a sitting, and every look is a recorded POST."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import HEADS, Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.matters.page import PagePart, Section
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, PARTY_SHARE, WARRANT
from mamori.rooms.contact import actions, staffforms
from mamori.rooms.contact.actions.reading import GivenGround, Said, WordsNotShared
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.looking import may_use, needs_reason
from mamori.rooms.contact.rules.reading import may_read


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsRead:
    """The words as they are shown or asked for: `said` once they were read just now, `given` the ground of the sitting."""

    grounds: tuple[Ground, ...]
    form: staffforms.WhyReadForm
    refusal: Refusal | None = None
    given: GivenGround | None = None
    read_on: Ground | None = None
    said: tuple[Said, ...] | None = None
    status: int = 200

    @property
    def allowed(self) -> Ground | None:
        """Return the ground that a party has given, on which one press reads."""
        return next((ground for ground in self.grounds if not needs_reason(ground)), None)

    @property
    def reasoned(self) -> Ground | None:
        """Return the ground that holds only with a written reason."""
        return next((ground for ground in self.grounds if needs_reason(ground)), None)


def grounds_of(matter: StaffMatter) -> tuple[Ground, ...]:
    """Return on which grounds the words can be read just now: what a party gave, and an emergency always."""
    given = partial(
        may_read,
        consented=matter.thread.centre_may_read,
        shared=matter.thread.shared_at is not None,
        mediated=matter.matter.mediation is not None,
        reason="",
    )
    return (*(ground for ground in (BUYER_CONSENT, PARTY_SHARE) if given(ground)), EMERGENCY)


def not_read(request: Visit, matter: StaffMatter) -> WordsRead:
    """Return the words as they are asked for."""
    return WordsRead(grounds=grounds_of(matter), form=staffforms.WhyReadForm(), given=_given(request, matter))


def read(request: Visit, matter: StaffMatter, grounds: tuple[Ground, ...]) -> WordsRead:
    """Read the words on the ground that the POST names, or once more on that of the sitting, and record the look."""
    given = _given(request, matter)
    code = request.POST.get("ground", "")
    named = next((one for one in grounds if one.code == code), None)
    form = staffforms.WhyReadForm(request.POST if named and needs_reason(named) else None)
    asked: dict[str, Any] = {"grounds": grounds, "form": form, "given": given}
    if form.is_bound and not form.is_valid():
        return WordsRead(**asked, status=422)
    try:
        if code and named is None:
            raise WordsNotShared(ground=code[:40])
        said = _look(hand_of(request), matter.thread.pk, named, form)
    except NothingHere:
        raise
    except Refusal as refusal:
        return WordsRead(**asked, refusal=refusal, status=refusal.status)
    return WordsRead(**asked, said=said, read_on=named or (given.ground if given else None))


def read_beside(request: Visit, matter: StaffMatter) -> WordsRead:
    """Return the words beside a decision: shown once more where it was sent while a sitting is on, else asked for."""
    reading = not_read(request, matter)
    if request.method == "POST" and reading.given is not None:
        with suppress(Refusal):
            said = actions.look_again(hand_of(request), thread=matter.thread.pk)
            return replace(reading, said=said, read_on=reading.given.ground)
    return reading


def _look(hand: Hand, thread: int, ground: Ground | None, form: staffforms.WhyReadForm) -> tuple[Said, ...]:
    if ground is None:
        return actions.look_again(hand, thread=thread)
    reason = form.cleaned_data["reason"] if form.is_bound else ""
    return actions.look(hand, thread=thread, ground=ground, reason=reason)


def _given(request: Visit, matter: StaffMatter) -> GivenGround | None:
    """Return the ground of the sitting as long as it would hold if it were given now."""
    given = actions.ground_given(hand_of(request), matter.case.about)
    holds = given is not None and given.ground in (*grounds_of(matter), WARRANT)
    return given if given is not None and holds and may_use(given.ground, request.presence.role) else None


def words_section(request: Visit, matter: StaffMatter, reading: WordsRead) -> Section:
    """Return the part of the page in which the words stand."""
    shown = {
        "reading": reading,
        "number": matter.case.number,
        "may_warrant": request.presence.role in HEADS,
    }
    return Section(part=PagePart.FILE, template="contact/staff/words.html", shown=shown)

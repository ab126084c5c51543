"""The words of a matter on its own page: every look is a POST that names its ground, and is recorded first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import HEADS
from mamori.grammar.refusal import Refusal
from mamori.ground.matters.page import PagePart, Section
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, PARTY_SHARE
from mamori.rooms.contact import actions, staffforms
from mamori.rooms.contact.actions.reading import Said, WordsNotShared
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.reading import REASONED, may_read


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsRead:
    """The words as they are shown or asked for: `said` once they were read just now, on the ground `read_on`."""

    grounds: tuple[Ground, ...]
    form: staffforms.WhyReadForm
    refusal: Refusal | None = None
    read_on: Ground | None = None
    said: tuple[Said, ...] | None = None
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


def read(request: Visit, matter: StaffMatter, asked: WordsRead) -> WordsRead:
    """Read the words on the ground that the POST names, and record the look."""
    named = next((one for one in asked.grounds if one.code == request.POST.get("ground")), None)
    form = staffforms.WhyReadForm(request.POST if named in REASONED else None)
    if form.is_bound and not form.is_valid():
        return replace(asked, form=form, status=422)
    reason = form.cleaned_data["reason"] if form.is_bound else ""
    try:
        said = actions.look(hand_of(request), thread=matter.thread.pk, ground=named, reason=reason)
    except WordsNotShared as refusal:
        return replace(
            asked, form=form, refusal=refusal, status=refusal.status if request.POST.get("ground") else 422
        )
    return replace(asked, said=said, read_on=named)


def words_section(request: Visit, matter: StaffMatter, reading: WordsRead) -> Section:
    """Return the part of the page in which the words stand."""
    shown = {
        "reading": reading,
        "number": matter.case.number,
        "may_warrant": request.presence.role in HEADS,
    }
    return Section(part=PagePart.FILE, template="contact/staff/words.html", shown=shown)

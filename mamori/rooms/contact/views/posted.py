"""A page with one form and perhaps a few buttons: what was posted is done, or given back with what is to be put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import form_key, once
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import told
from mamori.rooms.contact.finding import NothingHere


def posted[F: HouseForm](
    request: Visit,
    form_of: Callable[[QueryDict | None], F],
    do: Callable[[F], str],
    *,
    by: Hand | None = None,
    buttons: Mapping[str, Callable[[str], str]] | None = None,
    lets: tuple[type[Refusal], ...] = (NothingHere,),
) -> tuple[F, int, HttpResponse | None]:
    """Return the form to be shown, the status, and where it leads once it was done.

    `buttons` need no field and are given their value.  With `by` what this hand sends twice is done once, and where it led is
    kept for a day: not of a page whose address is a secret.  `lets` are refusals that are no matter of the form.
    """
    if request.method != "POST":
        return form_of(None), 200, None
    pressed = next((name for name in buttons or {} if name in request.POST), "")
    value = request.POST.get(pressed, "")
    form = form_of(None if pressed else request.POST)

    def done() -> str:
        return buttons[pressed](value) if buttons and pressed else do(form)

    try:
        if not pressed and not form.is_valid():
            return form, 422, None
        return form, 200, HttpResponseRedirect(once(by, form_key(request), done) if by else done())
    except lets:
        raise
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return form, refusal.status, None
